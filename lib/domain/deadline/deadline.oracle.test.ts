import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { computeDeadline } from './deadline';
import type { DurationUnit, Roll } from './duration';
import { type EpochMs, HOUR, showInstant } from './instant';
import { workCalendar } from './work-calendar';

/** Half-hour clock changes, changes at midnight, both hemispheres, and the ends of the Union. */
const ZONES = [
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
const UNITS: readonly DurationUnit[] = ['hours', 'days', 'working_days', 'calendar_months'];
const ROLLS: readonly Roll[] = ['none', 'next_working_day_end', 'next_working_day_noon'];
const HOLIDAYS = ['2026-01-01', '2026-04-06', '2026-05-01', '2026-12-25', '2028-05-01', '2030-12-25', '2030-12-26'];
const SATURDAY_AND_SUNDAY = [6, 7];
const from = Date.UTC(2026, 0, 1);
const until = Date.UTC(2031, 0, 1);
const seed = Number(process.env['CLOCK_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

interface Case {
  readonly zone: string;
  readonly at: EpochMs;
  readonly n: number;
  readonly unit: DurationUnit;
  readonly roll: Roll;
  readonly restDays: readonly number[];
  readonly holidays: readonly string[];
  readonly cap: { readonly at: EpochMs; readonly n: number; readonly unit: DurationUnit } | null;
}
interface Answer {
  readonly dueAt: EpochMs;
  readonly latestAt: EpochMs;
}

/** One Python process answers the whole batch. */
function askPython(cases: readonly Case[]): readonly Answer[] {
  const script = fileURLToPath(new URL('deadline-oracle.py', import.meta.url));
  const input = cases.map((each) => JSON.stringify(each)).join('\n');
  const run = spawnSync('python3', [script], { input, encoding: 'utf8', maxBuffer: 256 * 2 ** 20 });
  if (run.error || run.status !== 0) {
    const cause = run.error?.message ?? run.stderr;
    throw new Error(`This test needs python3 (3.9 or newer) with time-zone data (the tzdata package): ${cause}`);
  }
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

function askDeadline(each: Case): Answer {
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

function differences(cases: readonly Case[]): readonly string[] {
  const expected = askPython(cases);
  expect(expected).toHaveLength(cases.length);
  return cases.flatMap((each, index) => {
    const ours = askDeadline(each);
    const theirs = expected[index];
    if (theirs?.dueAt === ours.dueAt && theirs.latestAt === ours.latestAt) return [];
    return [`${JSON.stringify(each)} at ${showInstant(each.at, each.zone).local}: ${JSON.stringify({ ours, theirs })}`];
  });
}

/** The instants at which a zone changes its clock from 2026 to 2030. */
function clockChanges(zone: string): readonly EpochMs[] {
  const changes: EpochMs[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds >= until) return changes;
    changes.push(next.epochMilliseconds);
    at = next;
  }
}

const PERIODS: readonly (readonly [number, DurationUnit])[] = [
  [4, 'hours'],
  [24, 'hours'],
  [72, 'hours'],
  [1, 'days'],
  [2, 'days'],
  [10, 'days'],
  [1, 'working_days'],
  [5, 'working_days'],
  [1, 'calendar_months'],
  [6, 'calendar_months'],
];

function casesFor(zone: string, at: EpochMs): readonly Case[] {
  return PERIODS.map(([n, unit], index) => ({
    zone,
    at,
    n,
    unit,
    roll: ROLLS[index % ROLLS.length] ?? 'none',
    restDays: SATURDAY_AND_SUNDAY,
    holidays: HOLIDAYS,
    cap: null,
  }));
}

describe('deadlines agree with Python’s calendar to the millisecond', () => {
  it('in 12 000 random cases over ten zones, outer limits and rolls included', () => {
    const at = fc.integer({ min: from, max: until });
    const unit = fc.constantFrom(...UNITS);
    const cap = fc.option(
      fc.record({ offsetHours: fc.integer({ min: -200, max: 50 }), n: fc.integer({ min: 1, max: 96 }), unit }),
    );
    const fields = fc.record({
      zone: fc.constantFrom(...ZONES),
      at,
      n: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 400 })),
      unit,
      roll: fc.constantFrom(...ROLLS),
      restDays: fc.constantFrom(SATURDAY_AND_SUNDAY, [7], [5, 6], []),
      holidays: fc.constantFrom(HOLIDAYS, []),
      cap,
    });
    const cases = fc.sample(fields, { numRuns: 12_000, seed }).map((each): Case => {
      if (!each.cap) return { ...each, cap: null };
      const { offsetHours, ...outer } = each.cap;
      return { ...each, cap: { ...outer, at: each.at + offsetHours * HOUR } };
    });
    expect(new Set(cases.map((each) => each.zone)).size).toBe(ZONES.length);
    expect(differences(cases), `CLOCK_SEED=${seed}`).toEqual([]);
  });

  it.each(ZONES)('around every clock change from 2026 to 2030 in %s', (zone) => {
    const changes = clockChanges(zone);
    expect(changes.length).toBeGreaterThanOrEqual(10);
    const steps = [-30 * 24, -72, -48, -24.5, -24, -23.5, -4, -2, -1, -0.5, -1 / 3600, 0, 0.25, 0.5, 1, 1.5, 2, 24];
    const cases = changes.flatMap((change) => steps.flatMap((hours) => casesFor(zone, change + hours * HOUR)));
    // Anchors on other days whose local time lands in the skipped or repeated hour of the change.
    const onWallTime = changes.flatMap((change) => {
      const before = Temporal.Instant.fromEpochMilliseconds(change - 1).toZonedDateTimeISO(zone);
      return [10, 20, 45].flatMap((minutes) => {
        const wall = before.add({ milliseconds: 1 }).toPlainDateTime();
        const time = before.toPlainTime().add({ minutes });
        const repeated = before.toPlainTime().subtract({ minutes });
        return [time, repeated].flatMap((plainTime) =>
          [1, 2, 10].flatMap((days) => {
            const start = wall.toPlainDate().subtract({ days }).toZonedDateTime({ timeZone: zone, plainTime });
            return casesFor(zone, start.epochMilliseconds);
          }),
        );
      });
    });
    expect(differences([...cases, ...onWallTime])).toEqual([]);
  });

  it('at every end of a month from 2026 to 2030 in all ten zones', () => {
    const cases = ZONES.flatMap((zone) =>
      Array.from({ length: 60 }, (_, month) => month).flatMap((month) => {
        const last = Temporal.PlainDate.from('2026-01-01')
          .add({ months: month + 1 })
          .subtract({ days: 1 });
        const at = last.toZonedDateTime({ timeZone: zone, plainTime: '23:59:59' }).epochMilliseconds;
        return [1, 2, 3, 11, 12].map((n): Case => ({
          zone,
          at,
          n,
          unit: 'calendar_months',
          roll: 'next_working_day_end',
          restDays: SATURDAY_AND_SUNDAY,
          holidays: HOLIDAYS,
          cap: null,
        }));
      }),
    );
    expect(cases).toHaveLength(3_000);
    expect(differences(cases)).toEqual([]);
  });
});
