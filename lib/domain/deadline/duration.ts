import { MalformedData } from '@/lib/domain/rules/read-json';

/**
 * Units of a legal period. `hours` are elapsed time and never stop; the others are counted on the calendar of the
 * receiving authority. They do not convert: from 31 January one month is 28 February, 720 hours are 2 March.
 */
export type DurationUnit = 'hours' | 'days' | 'working_days' | 'calendar_months';

/** A legal period: `n` is a whole number, 1 or more. */
export interface Duration {
  readonly n: number;
  readonly unit: DurationUnit;
}

/**
 * What happens to a deadline on a day off: nothing, the end of the next working day (with the rest of Article 3 of
 * Regulation (EEC, Euratom) 1182/71), or its noon (Article 5(4) of Delegated Regulation (EU) 2025/301).
 */
export type Roll = 'none' | 'next_working_day_end' | 'next_working_day_noon';

/**
 * Reads the catalogue's notation: `PT72H`, `P15D`, `P1M`, `P2Y`. Years are twelve calendar months each.
 * @throws MalformedData for anything else; mixed periods such as `P1DT2H` have no single meaning across a clock change.
 */
export function parseDuration(text: unknown, path: string): Duration {
  const match = typeof text === 'string' ? /^P(?:(\d+)([YMD])|T(\d+)H)$/.exec(text) : null;
  if (!match) throw new MalformedData(path, `${JSON.stringify(text)} is not a period of hours, days, months or years`);
  const [, dateCount, dateUnit, hourCount] = match;
  if (hourCount !== undefined) return durationOf(Number(hourCount), 'hours', path);
  if (dateUnit === 'D') return durationOf(Number(dateCount), 'days', path);
  return durationOf(Number(dateCount) * (dateUnit === 'Y' ? 12 : 1), 'calendar_months', path);
}

/**
 * Makes a period. @throws MalformedData unless `n` is a whole number from 1 to 100 000; what only turns into one, such as
 * `true` or `"0x10"`, was written by mistake.
 */
export function durationOf(n: unknown, unit: DurationUnit, path = 'duration'): Duration {
  if (typeof n !== 'number' || !Number.isInteger(n) || n < 1 || n > 100_000)
    throw new MalformedData(path, `${JSON.stringify(n)} is not a count from 1 to 100 000`);
  return { n, unit };
}
