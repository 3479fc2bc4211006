import { computeDeadline } from '@/lib/domain/deadline/deadline';
import type { EpochMs } from '@/lib/domain/deadline/instant';
import { anchorsFor, type AuthorityRequest, instantsFor } from './anchors';
import { type Candidate, candidatesFor, compareStrictness, isRuledOut, strictest } from './candidates';
import type { DeadlineChange, Generation, GenerationInput } from './generation';
import { type Group, mergeProposals } from './merge-proposals';
import { isOutstanding, isSettled, type Obligation, obligationKey, type ObligationTerms } from './obligation';

/**
 * Makes and updates the obligations of an incident. Additive: it creates what is missing, moves the deadline of what is
 * not filed, settles once what was filed before its clock was known, and never removes anything, whatever the facts have
 * become. A condition whose facts are not stated makes an obligation to decide, with its clock already running. Running
 * it twice changes nothing the second time.
 * @throws RangeError on an unknown zone. @throws TypeError on a fact of the wrong type.
 */
export function generateObligations(input: GenerationInput): Generation {
  const groups = groupByKey(candidatesFor(input));
  const known = new Map(input.existing.map((obligation) => [obligation.key, obligation]));
  const added = [...groups].filter(([key]) => !known.has(key)).map(([key, group]) => create(key, group, input));
  const kept = input.existing.map((obligation) => update(obligation, groups.get(obligation.key) ?? [], input));
  const all = [...kept, ...added];
  const timed = all.map((obligation) => withDeadline(obligation, all, input));
  return {
    obligations: timed,
    created: added.map((obligation) => obligation.key),
    moved: timed.flatMap((after) => changeOf(known.get(after.key), after)),
    toReconsider: timed.flatMap(({ key, state }) =>
      state === 'not_required' && isCertain(groups.get(key) ?? []) ? [key] : [],
    ),
    toSupersede: mergeProposals(
      timed.filter((each) => each.incident === input.incident),
      groups,
    ),
    unmatchedRequests: unmatched(input.requests, timed),
  };
}

function unmatched(requests: readonly AuthorityRequest[], obligations: readonly Obligation[]): readonly string[] {
  const isAnswered = ({ id, regime, stage }: AuthorityRequest) =>
    obligations.some((each) => each.request === id && each.regime === regime && each.stage === stage);
  return requests.filter((request) => !isAnswered(request)).map((request) => request.id);
}

function groupByKey(candidates: Group): ReadonlyMap<string, Group> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = obligationKey(candidate);
    groups.set(key, [...(groups.get(key) ?? []), candidate]);
  }
  return groups;
}

function isCertain(group: Group): boolean {
  return group.some((candidate) => candidate.truth === 'yes');
}

function create(key: string, group: Group, { now }: GenerationInput): Obligation {
  const candidate = strictest(group);
  const { incident, regime, stage, recipient, jurisdiction, request, terms } = candidate;
  return {
    key,
    incident,
    regime,
    stage,
    recipient,
    jurisdiction,
    request,
    terms,
    deadline: { status: 'pending', missing: [terms.deadline.anchor] },
    ...decided(group, now),
    supersededBy: null,
    filings: [],
  };
}

function decided(group: Group, at: EpochMs): Pick<Obligation, 'state' | 'decision'> {
  const by = group.find((candidate) => candidate.truth === 'yes');
  if (!by) return { state: 'to_decide', decision: null };
  const reason = `${by.terms.template} ${by.terms.templateVersion}`;
  return { state: 'required', decision: { outcome: 'required', at, by: 'rule', confirmedBy: null, reason } };
}

/** Tightens what is outstanding. Nothing here can make an obligation less than it was but a settled assumption. */
function update(obligation: Obligation, group: Group, input: GenerationInput): Obligation {
  if (!isOutstanding(obligation) || group.length === 0) return obligation;
  const decision = obligation.state === 'to_decide' ? decided(group, input.now) : {};
  return { ...obligation, ...decision, terms: termsAfter(obligation.terms, group, input) };
}

/**
 * The snapshot stays, also when the catalogue has a new version of the row, with two exceptions: another row that
 * applies is stricter, or the row was only assumed and its facts now say it does not apply.
 */
function termsAfter(terms: ObligationTerms, group: Group, input: GenerationInput): ObligationTerms {
  const best = strictest(group).terms;
  const own = group.find((candidate) => candidate.terms.template === terms.template);
  if (terms.assumed.length > 0 && isRuledOut(terms.template, input)) return best;
  if (best.template !== terms.template && compareStrictness(best.deadline, terms.deadline) < 0) return best;
  return own ? { ...terms, assumed: own.terms.assumed, isRollExempt: own.terms.isRollExempt } : terms;
}

function withDeadline(obligation: Obligation, all: readonly Obligation[], input: GenerationInput): Obligation {
  // What belongs to another incident has that incident's instants.
  if (obligation.incident !== input.incident) return obligation;
  // What is filed never moves, but what was unknown then is settled once; what is decided away has no clock to move.
  const isToSettle = obligation.filings.length > 0 && !isSettled(obligation.deadline);
  if (!isOutstanding(obligation) && !isToSettle) return obligation;
  const { deadline, isRollExempt, zone } = obligation.terms;
  const terms = isRollExempt ? { ...deadline, roll: 'none' as const } : deadline;
  const anchors = anchorsFor(obligation, instantsFor(obligation.regime, input), input.requests, all);
  // A filed clock that ran already keeps its start; only an outer limit can still be added.
  const start = obligation.deadline.status === 'running' && isToSettle ? obligation.deadline.anchorAt : null;
  const kept = start === null ? anchors : { ...anchors, [deadline.anchor]: start };
  const calendar = { ...input.calendarOf(obligation.jurisdiction), zone };
  return { ...obligation, deadline: computeDeadline(terms, kept, calendar) };
}

function changeOf(before: Obligation | undefined, after: Obligation): readonly DeadlineChange[] {
  if (!before || JSON.stringify(before.deadline) === JSON.stringify(after.deadline)) return [];
  return [{ obligation: after.key, before: before.deadline, after: after.deadline, because: causeOf(before, after) }];
}

function causeOf(before: Obligation, after: Obligation): DeadlineChange['because'] {
  if (before.terms.template === after.terms.template) {
    return before.terms.isRollExempt === after.terms.isRollExempt ? 'anchor_changed' : 'roll_exemption_changed';
  }
  const isStricter = compareStrictness(after.terms.deadline, before.terms.deadline) < 0;
  return isStricter ? 'stricter_rule' : 'assumption_settled';
}
