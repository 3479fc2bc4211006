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

function casesFrom(zone: string, at: EpochMs): readonly ClockCase[] {
  return PERIODS.map(([n, unit], index) => ({
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

  it.each(ZONES)('around every clock change from 2026 to 2030 in %s', (zone) => {
    const changes = clockChanges(zone);
    expect(changes.length).toBeGreaterThanOrEqual(10);
    const offsets = [-30 * 24, -72, -48, -24.5, -24, -23.5, -4, -2, -1, -0.5, -1 / 3600, 0, 0.25, 0.5, 1, 1.5, 2, 24];
    const anchors = changes.flatMap((change) => [
      ...offsets.map((hours) => change + hours * HOUR),
      ...anchorsOnTheWallTimeOf(change, zone),
    ]);
    expect(differences(anchors.flatMap((at) => casesFrom(zone, at)))).toEqual([]);
  });

  it('at every end of a month from 2026 to 2030 in all ten zones', () => {
    const cases = ZONES.flatMap((zone) =>
      Array.from({ length: 60 }, (_, month) => month).flatMap((month) => {
        const last = Temporal.PlainDate.from('2026-01-01')
          .add({ months: month + 1 })
          .subtract({ days: 1 });
        const at = last.toZonedDateTime({ timeZone: zone, plainTime: '23:59:59' }).epochMilliseconds;
        const months = { unit: 'calendar_months', roll: 'next_working_day_end' } as const;
        return [1, 2, 3, 11, 12].map((n): ClockCase => ({
          zone,
          at,
          n,
          ...months,
          restDays: WEEKEND,
          holidays: HOLIDAYS,
          cap: null,
        }));
      }),
    );
    expect(cases).toHaveLength(3_000);
    expect(differences(cases)).toEqual([]);
  });
});
