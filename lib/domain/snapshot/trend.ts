import type { SnapshotContent } from './content';
import type { FrozenMonth } from './facts';

/** One month of a trend. Without a snapshot the scores are null: a gap, never a guess. */
export interface TrendMonth {
  readonly month: string;
  readonly snapshot: FrozenMonth | null;
  /** The method or the catalogue differs from the last month that has a snapshot: the line is cut before this one. */
  readonly isBreak: boolean;
}

/** The headline figures of a snapshot, as later months remember them. */
export function headlineOf(id: string, digest: string, content: SnapshotContent): FrozenMonth {
  return {
    id,
    digest,
    month: content.month,
    proven: content.group.proven,
    claimed: content.group.claimed,
    method: content.method.id,
    catalogueVersion: content.catalogue.version,
  };
}

/**
 * The `length` months up to and including `last`, oldest first. Months before the first snapshot are left out, months
 * without one in between are gaps. Of several snapshots of a month the last in the list counts (a restatement).
 *
 * @param last `YYYY-MM`
 */
export function trendMonths(snapshots: readonly FrozenMonth[], last: string, length = 12): TrendMonth[] {
  const byMonth = new Map(snapshots.map((snapshot) => [snapshot.month, snapshot]));
  const months: TrendMonth[] = [];
  let before: FrozenMonth | null = null;
  for (let back = length - 1; back >= 0; back -= 1) {
    const month = monthsBefore(last, back);
    const snapshot = byMonth.get(month) ?? null;
    if (!snapshot && !before) continue;
    const isBreak = snapshot !== null && before !== null && rulesOf(snapshot) !== rulesOf(before);
    months.push({ month, snapshot, isBreak });
    before = snapshot ?? before;
  }
  return months;
}

/** The month `count` months before `YYYY-MM`. */
export function monthsBefore(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

function rulesOf(snapshot: FrozenMonth): string {
  return `${snapshot.method} ${snapshot.catalogueVersion}`;
}
