import type { Deadline, DeadlineTerms } from '@/lib/domain/deadline/deadline';
import { type EpochMs, isAfterSecond } from '@/lib/domain/deadline/instant';
import { type Filing, firstFiledAt } from './filing';
import type { ContentField } from './template';

/** Where the work on an obligation stands. Lateness is derived, never stored as a state. */
export type ObligationState =
  | 'to_decide'
  | 'required'
  | 'not_required'
  | 'drafting'
  | 'in_approval'
  | 'filed'
  | 'acknowledged'
  | 'satisfied'
  | 'superseded';

/** Who decided, and why. `confirmedBy` is the second person that giving an obligation up or away needs. */
export interface Decision {
  readonly outcome: 'required' | 'not_required' | 'superseded';
  readonly at: EpochMs;
  /** A person's id, or `rule` when a rule with a certain answer decided. */
  readonly by: string;
  readonly confirmedBy: string | null;
  readonly reason: string;
}

/** The terms an obligation was made with. They stay as they were when the catalogue moves on. */
export interface ObligationTerms {
  readonly template: string;
  readonly templateVersion: string;
  readonly name: string;
  readonly reference: string;
  readonly wording: string | null;
  readonly deadline: DeadlineTerms;
  /** The entity's own standing keeps the deadline from rolling. It follows the facts, unlike the terms of the law. */
  readonly isRollExempt: boolean;
  /** IANA zone of the recipient. */
  readonly zone: string;
  readonly content: readonly ContentField[];
  /** Stage whose obligation this one may take the place of, null if none. */
  readonly replacesStage: string | null;
  /** Facts nobody had stated, for which the strictest terms were taken. */
  readonly assumed: readonly string[];
}

/** The unit of record: incident × regime × stage × recipient. */
export interface Obligation {
  /** De-duplication key, see {@link obligationKey}. */
  readonly key: string;
  readonly incident: string;
  readonly regime: string;
  readonly stage: string;
  readonly recipient: string;
  /** Country of the recipient, null for Union bodies and while it is undetermined. */
  readonly jurisdiction: string | null;
  /** Id of the authority's request this answers; empty for the statutory stages. */
  readonly request: string;
  readonly terms: ObligationTerms;
  readonly deadline: Deadline;
  readonly state: ObligationState;
  readonly decision: Decision | null;
  readonly supersededBy: string | null;
  readonly filings: readonly Filing[];
}

/**
 * The de-duplication key: text that is never null, since a unique index takes every NULL for different. Parts are
 * escaped, so two different obligations never share a key.
 */
export function obligationKey(
  parts: Pick<Obligation, 'incident' | 'regime' | 'stage' | 'recipient' | 'request'>,
): string {
  const { incident, regime, stage, recipient, request } = parts;
  return [incident, regime, stage, recipient, request].map(encodeURIComponent).join('|');
}

/** Whether one report can do for both: the same stage of the regime, or one that replaces it, for the same request. */
export function canCarry(carrier: Obligation, { regime, stage, request }: Obligation): boolean {
  const isOfStage = carrier.stage === stage || carrier.terms.replacesStage === stage;
  return isOfStage && carrier.regime === regime && carrier.request === request;
}

/** Whether nothing has been filed and work or a decision is still owed. */
export function isOutstanding(obligation: Obligation): boolean {
  return ['to_decide', 'required', 'drafting', 'in_approval'].includes(obligation.state);
}

/** How an obligation stands against its clock. */
export type ClockStanding =
  | 'pending_anchor'
  | 'no_limit'
  | 'on_time'
  | 'due_soon'
  /** Past the strict instant, but the law's way of counting days still allows it. */
  | 'in_grace'
  | 'overdue'
  | 'filed_on_time'
  | 'filed_late'
  /** Filed while an instant its clock needs is not known: neither in time nor late. */
  | 'filed_unclocked'
  | 'not_owed';

/** Share of the clock after which an obligation is due soon. */
const DUE_SOON_AFTER = 0.75;

/** Derives the standing at `now`. A filing within the deadline's own second is in time. */
export function clockStanding(obligation: Obligation, now: EpochMs): ClockStanding {
  const { deadline, filings, state } = obligation;
  const filedAt = firstFiledAt(filings);
  if (filedAt !== null && isLate(deadline, filedAt)) return 'filed_late';
  if (filedAt !== null) return isSettled(deadline) ? 'filed_on_time' : 'filed_unclocked';
  if (state === 'not_required' || state === 'superseded') return 'not_owed';
  if (deadline.status === 'pending') return 'pending_anchor';
  if (deadline.status === 'unlimited') return 'no_limit';
  if (isLate(deadline, now)) return 'overdue';
  if (isAfterSecond(now, deadline.dueAt)) return 'in_grace';
  const dueSoonAt = deadline.anchorAt + (deadline.dueAt - deadline.anchorAt) * DUE_SOON_AFTER;
  return now >= dueSoonAt ? 'due_soon' : 'on_time';
}

/** Whether no instant that is still unknown could start the clock or make it end earlier. */
export function isSettled(deadline: Deadline): boolean {
  return deadline.status === 'unlimited' || (deadline.status === 'running' && deadline.missing.length === 0);
}

/** Whether an instant lies after the last second the law allows. */
export function isLate(deadline: Deadline, at: EpochMs): boolean {
  return deadline.status === 'running' && isAfterSecond(at, deadline.latestAt);
}
