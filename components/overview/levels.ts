import type { Threshold } from '../ui/layered-bar';

/** Proven points from which a level can be reached; the other conditions of a level stand beside the score (domain.md §4). */
export const LEVEL_THRESHOLDS = [
  { level: 1, at: 20 },
  { level: 2, at: 40 },
  { level: 3, at: 60 },
  { level: 4, at: 75 },
  { level: 5, at: 88 },
] as const;

/** The thresholds as marks of a bar, named in the reader's language. */
export function thresholdMarks(nameOf: (level: number) => string): Threshold[] {
  return LEVEL_THRESHOLDS.map(({ level, at }) => ({ at, label: nameOf(level), short: String(level) }));
}
