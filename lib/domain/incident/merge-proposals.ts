import type { Candidate } from './candidates';
import type { Generation } from './generation';
import { canCarry, isOutstanding, type Obligation } from './obligation';

/** What the templates ask for under one key. */
export type Group = readonly Candidate[];

/**
 * What a newer obligation of the incident takes the place of: a stage that replaces another, and a determined recipient
 * beside an undetermined one. Only where whoever follows the proposal keeps the clock.
 */
export function mergeProposals(
  obligations: readonly Obligation[],
  groups: ReadonlyMap<string, Group>,
): Generation['toSupersede'] {
  const carriers = obligations.filter((each) => each.state !== 'superseded' && each.state !== 'not_required');
  return carriers.filter(isOutstanding).flatMap((each) => {
    const replacement = carriers.find(
      (other) =>
        other.key !== each.key &&
        canCarry(other, each) &&
        takesPlaceOf(other, each, groups.get(other.key) ?? []) &&
        keepsClock(other, each, carriers),
    );
    return replacement ? [{ obligation: each.key, replacement: replacement.key }] : [];
  });
}

function takesPlaceOf(other: Obligation, each: Obligation, group: Group): boolean {
  if (other.recipient === each.recipient) return group.some((candidate) => candidate.truth === 'yes');
  const kind = each.recipient.replace(/:undetermined$/, '');
  const isUndetermined = kind !== each.recipient;
  return isUndetermined && other.stage === each.stage && other.recipient === `${kind}:${other.jurisdiction ?? ''}`;
}

/**
 * Whether a running clock goes on in the replacement, no later. For a stage that replaces another it may go on beside it:
 * the progress report holds the date of the final report that handling puts off (Article 23(4)(e)).
 */
function keepsClock(replacement: Obligation, replaced: Obligation, all: readonly Obligation[]): boolean {
  const { deadline } = replaced;
  if (deadline.status !== 'running' || replacement.filings.length > 0) return true;
  const isOtherStage = replacement.stage !== replaced.stage;
  const holders = all.filter((each) => each === replacement || (isOtherStage && isBeside(each, replaced)));
  return holders.some((each) => each.deadline.status === 'running' && each.deadline.dueAt <= deadline.dueAt);
}

function isBeside(each: Obligation, { key, recipient, terms }: Obligation): boolean {
  return each.key !== key && each.recipient === recipient && each.terms.deadline.anchor === terms.deadline.anchor;
}
