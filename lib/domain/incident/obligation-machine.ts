import type { EpochMs } from '@/lib/domain/deadline/instant';
import { INCIDENT_INSTANTS } from './anchors';
import {
  awaitsAnswer,
  awaitsCompletion,
  completeFiling,
  type CompletionRefusal,
  type Filing,
  type FilingCompletion,
} from './filing';
import { type Machine, nextState } from './machine';
import { canCarry, type Decision, isLate, type Obligation, type ObligationState } from './obligation';
import { done, refused, type Result } from './result';

/** What a person can do with an obligation. */
export type ObligationAction =
  | { readonly type: 'decide_required'; readonly by: string; readonly reason: string }
  | { readonly type: 'decide_not_required'; readonly by: string; readonly confirmedBy: string; readonly reason: string }
  | { readonly type: 'reopen'; readonly by: string; readonly reason: string }
  | { readonly type: 'start_draft' | 'submit_for_approval' | 'return_to_draft' }
  | { readonly type: 'file'; readonly filing: NewFiling }
  | { readonly type: 'complete_filing'; readonly filingId: string; readonly completion: FilingCompletion }
  | { readonly type: 'satisfy'; readonly by: string; readonly reason: string }
  | {
      readonly type: 'supersede';
      readonly by: string;
      readonly confirmedBy: string;
      readonly reason: string;
      /** Key of the obligation that carries the duty from now on. */
      readonly replacement: string;
    };

/** A filing as it comes in: what the authority answers follows later. */
export type NewFiling = Omit<Filing, 'acknowledgedAt' | 'authorityReference' | 'outcome' | 'outcomeAt'>;

export type ObligationRefusal =
  | 'not_possible_now'
  | 'reason_missing'
  | 'second_person_missing'
  | 'carries_another_obligation'
  | 'replacement_missing'
  | 'replacement_not_owed'
  | 'replacement_of_another_stage'
  | 'late_reason_missing'
  | 'filed_in_the_future'
  | 'filing_repeated'
  | 'filing_unknown'
  | 'authority_waits'
  | 'report_incomplete'
  | CompletionRefusal;

type ObligationEvent = Exclude<ObligationAction['type'], 'complete_filing'> | 'acknowledge';

/** The machine of incidents.md §3. Filing is possible from every state in which something is owed, in one step. */
export const OBLIGATION_MACHINE: Machine<ObligationState, ObligationEvent> = {
  initial: 'to_decide',
  final: ['satisfied'],
  transitions: [
    { from: 'to_decide', event: 'decide_required', to: 'required' },
    { from: 'not_required', event: 'reopen', to: 'to_decide' },
    { from: 'superseded', event: 'reopen', to: 'to_decide' },
    { from: 'required', event: 'start_draft', to: 'drafting' },
    { from: 'drafting', event: 'submit_for_approval', to: 'in_approval' },
    { from: 'in_approval', event: 'return_to_draft', to: 'drafting' },
    ...(['to_decide', 'required', 'drafting', 'in_approval'] as const).flatMap((from) => [
      // A question answered, or an incident reassessed as not significant; see `isAwaited` for what that cannot undo.
      { from, event: 'decide_not_required', to: 'not_required' } as const,
      { from, event: 'file', to: 'filed' } as const,
      { from, event: 'supersede', to: 'superseded' } as const,
    ]),
    // Corrections can be added at any time; they do not undo what the authority has confirmed.
    { from: 'filed', event: 'file', to: 'filed' },
    { from: 'acknowledged', event: 'file', to: 'acknowledged' },
    { from: 'satisfied', event: 'file', to: 'satisfied' },
    { from: 'filed', event: 'acknowledge', to: 'acknowledged' },
    { from: 'acknowledged', event: 'satisfy', to: 'satisfied' },
    // Notices to service recipients and the public get no receipt.
    { from: 'filed', event: 'satisfy', to: 'satisfied' },
  ],
};

/**
 * Applies one action. `others` are the obligations it may refer to or be referred to by, across incidents; `now` is the
 * clock's time. Returns the changed obligation or the reason why not; never throws and never changes its input.
 */
export function applyToObligation(
  obligation: Obligation,
  action: ObligationAction,
  others: readonly Obligation[],
  now: EpochMs,
): Result<Obligation, ObligationRefusal> {
  if (action.type === 'complete_filing') return complete(obligation, action.filingId, action.completion, now);
  const state = nextState(OBLIGATION_MACHINE, obligation.state, action.type);
  if (state === null) return refused('not_possible_now');
  if ('reason' in action && action.reason.trim() === '') return refused('reason_missing');
  const needsTwo = action.type === 'decide_not_required' || action.type === 'supersede';
  if (needsTwo && !isConfirmed(action)) return refused('second_person_missing');
  switch (action.type) {
    case 'decide_required':
      return done({ ...obligation, state, decision: decisionOf('required', action, now) });
    case 'decide_not_required':
      return decideNotRequired(obligation, action, others, now);
    case 'supersede':
      return supersede(obligation, action, others, now);
    case 'file':
      return file(obligation, action.filing, state, now);
    case 'reopen':
      return done({ ...obligation, state, decision: null, supersededBy: null });
    case 'satisfy':
      if (awaitsAnswer(obligation.filings)) return refused('authority_waits');
      if (awaitsCompletion(obligation.filings)) return refused('report_incomplete');
      return done({ ...obligation, state });
    default:
      return done({ ...obligation, state });
  }
}

function isConfirmed({ by, confirmedBy }: { readonly by: string; readonly confirmedBy?: string }): boolean {
  return Boolean(confirmedBy?.trim()) && confirmedBy !== by;
}

type ActionOf<Type extends ObligationAction['type']> = Extract<ObligationAction, { readonly type: Type }>;

function decideNotRequired(
  obligation: Obligation,
  action: ActionOf<'decide_not_required'>,
  others: readonly Obligation[],
  now: EpochMs,
): Result<Obligation, ObligationRefusal> {
  if (obligation.state !== 'to_decide' && isAwaited(obligation)) return refused('authority_waits');
  // What was merged into this one would be owed by nobody.
  if (others.some((each) => each.supersededBy === obligation.key)) return refused('carries_another_obligation');
  return done({ ...obligation, state: 'not_required', decision: decisionOf('not_required', action, now) });
}

/**
 * Whether the authority waits for it: because it asked, or because a report it has is to be followed by this one. The
 * catalogue's way from a significant incident back to one that is not ends with the early warning; after the
 * notification the final report is where the reassessment is told (Article 23(4)(d)).
 */
function isAwaited({ terms, deadline }: Obligation): boolean {
  const isOfIncident = INCIDENT_INSTANTS.some((instant) => instant === terms.deadline.anchor);
  return !isOfIncident && deadline.status !== 'pending';
}

function supersede(
  obligation: Obligation,
  action: ActionOf<'supersede'>,
  others: readonly Obligation[],
  now: EpochMs,
): Result<Obligation, ObligationRefusal> {
  const replacement = others.find((each) => each.key === action.replacement);
  if (!replacement || replacement.key === obligation.key) return refused('replacement_missing');
  if (replacement.state === 'superseded' || replacement.state === 'not_required')
    return refused('replacement_not_owed');
  if (!canCarry(replacement, obligation)) return refused('replacement_of_another_stage');
  const decision = decisionOf('superseded', action, now);
  return done({ ...obligation, state: 'superseded', supersededBy: replacement.key, decision });
}

function file(
  obligation: Obligation,
  filing: NewFiling,
  state: ObligationState,
  now: EpochMs,
): Result<Obligation, ObligationRefusal> {
  if (filing.filedAt > now) return refused('filed_in_the_future');
  if (obligation.filings.some((each) => each.id === filing.id)) return refused('filing_repeated');
  const isFirst = obligation.filings.length === 0;
  if (isFirst && isLate(obligation.deadline, filing.filedAt) && !filing.lateReason?.trim()) {
    return refused('late_reason_missing');
  }
  const added: Filing = { ...filing, acknowledgedAt: null, authorityReference: null, outcome: null, outcomeAt: null };
  const byFiling = decisionOf('required', { by: filing.filedBy, reason: 'filed' }, now);
  const decision = obligation.decision ?? byFiling;
  return done({ ...obligation, state, decision, filings: [...obligation.filings, added] });
}

function complete(
  obligation: Obligation,
  filingId: string,
  completion: FilingCompletion,
  now: EpochMs,
): Result<Obligation, ObligationRefusal> {
  const filing = obligation.filings.find((each) => each.id === filingId);
  if (!filing) return refused('filing_unknown');
  const completed = completeFiling(filing, completion, now);
  if (!completed.ok) return completed;
  const filings = obligation.filings.map((each) => (each.id === filingId ? completed.value : each));
  const acknowledged = completion.acknowledgedAt === undefined ? null : 'acknowledge';
  const state = acknowledged && nextState(OBLIGATION_MACHINE, obligation.state, acknowledged);
  return done({ ...obligation, filings, state: state ?? obligation.state });
}

function decisionOf(
  outcome: Decision['outcome'],
  action: Pick<Decision, 'by' | 'reason'> & Partial<Pick<Decision, 'confirmedBy'>>,
  at: EpochMs,
): Decision {
  return { outcome, at, by: action.by, confirmedBy: action.confirmedBy ?? null, reason: action.reason };
}
