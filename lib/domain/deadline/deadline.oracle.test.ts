import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  type ClockCase,
  differences,
  FIRST_INSTANT,
  HOLIDAYS,
  LAST_INSTANT,
  randomCases,
  ROLLS,
  WEEKEND,
  ZONES,
} from '@/bench/clock-oracle';
import type { DurationUnit } from './duration';
import { type EpochMs, HOUR } from './instant';

const seed = Number(process.env['CLOCK_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** The instants at which a zone changes its clock from 2026 to 2030. */
function clockChanges(zone: string): readonly EpochMs[] {
  const changes: EpochMs[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(FIRST_INSTANT).toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds >= LAST_INSTANT) return changes;
    changes.push(next.epochMilliseconds);
    at = next;
  }
}

type Length = readonly [n: number, unit: DurationUnit];

const LENGTHS: readonly Length[] = [
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

function casesFrom(zone: string, at: EpochMs, lengths = LENGTHS): readonly ClockCase[] {
  return lengths.map(([n, unit], index) => ({
    zone,
    at,
    n,
    unit,
    roll: ROLLS[index % ROLLS.length] ?? 'none',
    restDays: WEEKEND,
    holidays: HOLIDAYS,
    cap: null,
  }));
}

/** Every half-hour of a local day, in elapsed time, so that a skipped hour is left out and a repeated one is there twice. */
function halfHoursOf(day: Temporal.PlainDate, zone: string): readonly EpochMs[] {
  const from = day.toZonedDateTime(zone).epochMilliseconds;
  const to = day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  return Array.from({ length: (to - from) / (HOUR / 2) }, (_, index) => from + (index * HOUR) / 2);
}

/** Periods that begin on the day of a change or end on it, at every half-hour. */
function casesOverTheDayOf(change: EpochMs, zone: string): readonly ClockCase[] {
  const day = Temporal.Instant.fromEpochMilliseconds(change).toZonedDateTimeISO(zone).toPlainDate();
  const starts: readonly (readonly [Temporal.PlainDate, readonly Length[]])[] = [
    [
      day,
      [
        [24, 'hours'],
        [1, 'days'],
      ],
    ],
    [
      day.subtract({ days: 1 }),
      [
        [24, 'hours'],
        [1, 'days'],
        [1, 'working_days'],
      ],
    ],
    [day.subtract({ months: 1 }), [[1, 'calendar_months']]],
  ];
  return starts.flatMap(([start, lengths]) => halfHoursOf(start, zone).flatMap((at) => casesFrom(zone, at, lengths)));
}

/** Anchors on other days whose local time lands in the skipped or repeated hour of the change. */
function anchorsOnTheWallTimeOf(change: EpochMs, zone: string): readonly EpochMs[] {
  const before = Temporal.Instant.fromEpochMilliseconds(change - 1).toZonedDateTimeISO(zone);
  const day = before.add({ milliseconds: 1 }).toPlainDate();
  return [10, 20, 45, -10, -20, -45].flatMap((minutes) => {
    const plainTime = before.toPlainTime().add({ minutes });
    return [1, 2, 10].map(
      (days) => day.subtract({ days }).toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds,
    );
  });
}

describe('deadlines agree with Python’s calendar to the millisecond', () => {
  it('in 12 000 random cases over ten zones, outer limits and rolls included', () => {
    const cases = randomCases(12_000, seed);
    expect(new Set(cases.map((each) => each.zone)).size).toBe(ZONES.length);
    expect(differences(cases), `CLOCK_SEED=${seed}`).toEqual([]);
  });

  it.each(ZONES)('over every day on which the clock changes from 2026 to 2030 in %s', (zone) => {
    const changes = clockChanges(zone);
    expect(changes.length).toBeGreaterThanOrEqual(10);
    const offsets = [-30 * 24, -72, -23.75, -1 / 3600, 0, 1 / 3600, 0.25, 24.25].map((hours) => hours * HOUR);
    const cases = changes.flatMap((change) => [
      ...casesOverTheDayOf(change, zone),
      ...offsets.flatMap((offset) => casesFrom(zone, change + offset)),
      ...anchorsOnTheWallTimeOf(change, zone).flatMap((at) => casesFrom(zone, at)),
    ]);
    expect(cases.length).toBeGreaterThan(500 * changes.length);
    expect(differences(cases)).toEqual([]);
  });

  it('from each of the last four days of every month from 2026 to 2030 in all ten zones', () => {
    const months = Array.from({ length: 60 }, (_, month) =>
      Temporal.PlainDate.from('2026-01-01').add({ months: month }),
    );
    const lastDays = months.flatMap((first) => [1, 2, 3, 4].map((days) => first.add({ months: 1 }).subtract({ days })));
    const cases = ZONES.flatMap((zone) =>
      lastDays.flatMap((day) => {
        const at = day.toZonedDateTime({ timeZone: zone, plainTime: '23:59:59' }).epochMilliseconds;
        const lengths = [1, 2, 11].map((n): Length => [n, 'calendar_months']);
        return casesFrom(zone, at, lengths);
      }),
    );
    expect(cases).toHaveLength(7_200);
    expect(differences(cases)).toEqual([]);
  });
});
