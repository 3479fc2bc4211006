import type { OverviewMonth } from './overview-types';

/** What a trend needs of a snapshot. */
export interface FrozenScore {
  month: string;
  method: string;
  proven: number;
  claimed: number;
}

const LENGTH = 12;

/**
 * The last twelve months up to the newest snapshot, oldest first. A month without a snapshot is a gap, never a guess;
 * of several snapshots of one month the first in the list counts, because lists come newest first.
 */
export function twelveMonths(snapshots: readonly FrozenScore[], until?: string): OverviewMonth[] {
  const frozen = new Map(snapshots.toReversed().map((snapshot) => [snapshot.month, snapshot]));
  const months = [...frozen.keys()].filter((month) => until === undefined || month <= until).toSorted();
  const [first, last] = [months.at(0), months.at(-1)];
  if (first === undefined || last === undefined) return [];
  let method = frozen.get(first)?.method ?? '';
  return monthsBetween(first, last)
    .map((month) => {
      const snapshot = frozen.get(month);
      method = snapshot?.method ?? method;
      return { month, method, proven: snapshot?.proven ?? null, claimed: snapshot?.claimed ?? null };
    })
    .slice(-LENGTH);
}

function monthsBetween(first: string, last: string): string[] {
  const months = [first];
  while (months.at(-1)! < last) {
    const [year = 0, month = 0] = months.at(-1)!.split('-').map(Number);
    months.push(new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 7));
  }
  return months;
}
