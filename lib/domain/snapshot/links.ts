import type { SnapshotContent } from './content';
import type { FrozenMonth } from './facts';
import { monthsBefore } from './trend';

/** Months a trend shows beside the present one. */
const HISTORY_MONTHS = 11;

/**
 * What a new snapshot of a month is linked to: the last one of the months before it, and the first one of its own
 * month, which it restates.
 *
 * @param made all snapshots of the group in the order they were made
 */
export function linksOf(made: readonly FrozenMonth[], month: string): Pick<SnapshotContent, 'previous' | 'restates'> {
  const last = made
    .filter((one) => one.month < month)
    .toSorted(byMonth)
    .at(-1);
  const first = made.find((one) => one.month === month);
  return {
    previous: last ? { id: last.id, month: last.month, digest: last.digest } : null,
    restates: first ? { id: first.id, digest: first.digest } : null,
  };
}

/** Each of the eleven months before once, as it was last frozen, oldest first. */
export function historyOf(made: readonly FrozenMonth[], month: string): FrozenMonth[] {
  const from = monthsBefore(month, HISTORY_MONTHS);
  const latest = new Map(made.filter((one) => one.month >= from && one.month < month).map((one) => [one.month, one]));
  return [...latest.values()]
    .toSorted(byMonth)
    .map(({ id, month, digest, proven, claimed, method, catalogueVersion }) => ({
      id,
      month,
      digest,
      proven,
      claimed,
      method,
      catalogueVersion,
    }));
}

/** Equal months stay in the order they were made. */
function byMonth(a: FrozenMonth, b: FrozenMonth): number {
  return a.month < b.month ? -1 : a.month > b.month ? 1 : 0;
}
