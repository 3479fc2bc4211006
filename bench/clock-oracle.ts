import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { computeDeadline } from '@/lib/domain/deadline/deadline';
import type { DurationUnit, Roll } from '@/lib/domain/deadline/duration';
import { type EpochMs, HOUR, showInstant } from '@/lib/domain/deadline/instant';
import { workCalendar } from '@/lib/domain/deadline/work-calendar';

/** Half-hour clock changes, changes at midnight, both hemispheres, and the ends of the Union. */
export const ZONES = [
  'Europe/Brussels',
  'Europe/Dublin',
  'Europe/Lisbon',
  'Europe/Helsinki',
  'Asia/Nicosia',
  'Atlantic/Azores',
  'America/New_York',
  'America/Havana',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
] as const;
export const FIRST_INSTANT = Date.UTC(2026, 0, 1);
export const LAST_INSTANT = Date.UTC(2031, 0, 1);
export const WEEKEND = [6, 7];
export const HOLIDAYS = [
  '2026-01-01',
  '2026-04-06',
  '2026-05-01',
  '2026-12-25',
  '2028-05-01',
  '2030-12-25',
  '2030-12-26',
];
const UNITS: readonly DurationUnit[] = ['hours', 'days', 'working_days', 'calendar_months'];
export const ROLLS: readonly Roll[] = ['none', 'next_working_day_end', 'next_working_day_noon'];

/** One question to both implementations. */
export interface ClockCase {
  readonly zone: string;
  readonly at: EpochMs;
  readonly n: number;
  readonly unit: DurationUnit;
  readonly roll: Roll;
  readonly restDays: readonly number[];
  readonly holidays: readonly string[];
  readonly cap: { readonly at: EpochMs; readonly n: number; readonly unit: DurationUnit } | null;
}

interface ClockAnswer {
  readonly dueAt: EpochMs;
  readonly latestAt: EpochMs;
}

/** Random cases, the same for the same seed. */
export function randomCases(count: number, seed: number): readonly ClockCase[] {
  const unit = fc.constantFrom(...UNITS);
  const fields = fc.record({
    zone: fc.constantFrom(...ZONES),
    at: fc.integer({ min: FIRST_INSTANT, max: LAST_INSTANT }),
    n: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 400 })),
    unit,
    roll: fc.constantFrom(...ROLLS),
    restDays: fc.constantFrom(WEEKEND, [7], [5, 6], []),
    holidays: fc.constantFrom(HOLIDAYS, []),
    cap: fc.option(
      fc.record({ offsetHours: fc.integer({ min: -200, max: 50 }), n: fc.integer({ min: 1, max: 96 }), unit }),
    ),
  });
  return fc.sample(fields, { numRuns: count, seed }).map((each): ClockCase => {
    if (!each.cap) return { ...each, cap: null };
    const { offsetHours, ...outer } = each.cap;
    return { ...each, cap: { ...outer, at: each.at + offsetHours * HOUR } };
  });
}

/**
 * Asks Python and ourselves, and describes every case in which the two differ by a millisecond or more.
 * @throws Error if python3 or its time-zone data is missing.
 */
export function differences(cases: readonly ClockCase[]): readonly string[] {
  const expected = askPython(cases);
  if (expected.length !== cases.length) throw new Error(`Python answered ${expected.length} of ${cases.length} cases`);
  return cases.flatMap((each, index) => {
    const ours = askOurselves(each);
    const theirs = expected[index];
    if (theirs?.dueAt === ours.dueAt && theirs.latestAt === ours.latestAt) return [];
    return [`${JSON.stringify(each)} at ${showInstant(each.at, each.zone).local}: ${JSON.stringify({ ours, theirs })}`];
  });
}

/** One Python process answers the whole batch. */
function askPython(cases: readonly ClockCase[]): readonly ClockAnswer[] {
  const script = fileURLToPath(new URL('clock-oracle.py', import.meta.url));
  const input = cases.map((each) => JSON.stringify(each)).join('\n');
  const run = spawnSync('python3', [script], { input, encoding: 'utf8', maxBuffer: 256 * 2 ** 20 });
  if (run.error || run.status !== 0) {
    const cause = run.error?.message ?? run.stderr;
    throw new Error(`This check needs python3 (3.9 or newer) with time-zone data (the tzdata package): ${cause}`);
  }
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ClockAnswer);
}

function askOurselves(each: ClockCase): ClockAnswer {
  const deadline = computeDeadline(
    {
      anchor: 'start',
      limit: { kind: 'period', duration: { n: each.n, unit: each.unit } },
      notLaterThan: each.cap && { anchor: 'outer', duration: { n: each.cap.n, unit: each.cap.unit } },
      roll: each.roll,
      internalTarget: null,
    },
    { start: each.at, outer: each.cap?.at },
    workCalendar(each.zone, each.holidays, each.restDays),
  );
  if (deadline.status !== 'running') throw new Error('every case has its anchor');
  return { dueAt: deadline.dueAt, latestAt: deadline.latestAt };
}
