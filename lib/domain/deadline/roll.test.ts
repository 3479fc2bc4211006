import { describe, expect, it } from 'vitest';
import { addDuration } from './deadline';
import { parseDuration, type Roll } from './duration';
import { parseInstant, showInstant } from './instant';
import { lastInstantAllowed } from './roll';
import { workCalendar } from './work-calendar';

const BRUSSELS = 'Europe/Brussels';
const belgium = () => workCalendar(BRUSSELS, ['2026-05-01', '2026-12-25', '2027-01-01']);
const at = parseInstant;

/** The strict deadline and the last instant the law allows, as people in Brussels read them. */
function ending(start: string, period: string, roll: Roll): readonly [string, string] {
  const duration = parseDuration(period, 'test');
  const dueAt = addDuration(at(start), duration, belgium());
  const latestAt = lastInstantAllowed(dueAt, roll, { from: at(start), duration }, belgium());
  return [showInstant(dueAt, BRUSSELS).local, showInstant(latestAt, BRUSSELS).local];
}

function dated(dueAt: string, roll: Roll, calendar = belgium()): string {
  return showInstant(lastInstantAllowed(at(dueAt), roll, null, calendar), BRUSSELS).local;
}

describe('a deadline on a day off', () => {
  it('stays where it is without a roll', () => {
    const saturday = '2026-12-26T18:00:00+01:00';
    expect(dated(saturday, 'none')).toBe(saturday);
    expect(ending('2026-12-11T18:00:00+01:00', 'P15D', 'none')).toEqual([saturday, saturday]);
  });

  it('moves to the end or the noon of the next working day, over weekends and holidays', () => {
    expect(dated('2026-12-26T18:00:00+01:00', 'next_working_day_end')).toBe('2026-12-28T23:59:59+01:00');
    expect(dated('2026-12-26T18:00:00+01:00', 'next_working_day_noon')).toBe('2026-12-28T12:00:00+01:00');
    expect(dated('2026-12-25T00:00:00+01:00', 'next_working_day_noon')).toBe('2026-12-28T12:00:00+01:00');
    expect(dated('2026-12-27T23:59:59+01:00', 'next_working_day_noon')).toBe('2026-12-28T12:00:00+01:00');
  });

  it('is one by the local date of the authority', () => {
    const fridayNightInNewYork = '2026-10-03T02:00:00Z';
    const newYork = workCalendar('America/New_York');
    for (const roll of ['next_working_day_end', 'next_working_day_noon'] as const) {
      expect(dated(fridayNightInNewYork, roll, newYork)).toBe('2026-10-03T04:00:00+02:00');
    }
    expect(dated(fridayNightInNewYork, 'next_working_day_noon')).toBe('2026-10-05T12:00:00+02:00');
  });
});

describe('a deadline on a working day', () => {
  it('that somebody set, or counted in hours, stays at its hour', () => {
    const thursday = '2026-12-24T18:00:00+01:00';
    expect(dated(thursday, 'next_working_day_end')).toBe(thursday);
    expect(dated(thursday, 'next_working_day_noon')).toBe(thursday);
    expect(ending('2026-12-21T18:00:00+01:00', 'PT72H', 'next_working_day_end')).toEqual([thursday, thursday]);
  });
});

/** Paragraphs of Article 3 of Regulation (EEC, Euratom) 1182/71, for a report due in days or months. */
describe('a period in days or months under Regulation 1182/71', () => {
  it.each([
    [
      '15 days end with the last hour of the 15th (2)',
      '2026-10-06T10:00:00+02:00',
      'P15D',
      '2026-10-21T23:59:59+02:00',
    ],
    ['a month ends with the same date (2)', '2026-10-12T10:00:00+02:00', 'P1M', '2026-11-12T23:59:59+01:00'],
    [
      'a month ends with the last day of a shorter one (2)',
      '2026-03-31T10:00:00+02:00',
      'P1M',
      '2026-04-30T23:59:59+02:00',
    ],
    ['on a Saturday: the Monday after (4)', '2026-10-09T10:00:00+02:00', 'P15D', '2026-10-26T23:59:59+01:00'],
    [
      'on a holiday before a weekend: the Monday after (4)',
      '2026-04-21T10:00:00+02:00',
      'P10D',
      '2026-05-04T23:59:59+02:00',
    ],
    ['two days from a Monday: Wednesday', '2026-10-19T15:00:00+02:00', 'P2D', '2026-10-21T23:59:59+02:00'],
    [
      'two days from a Thursday: Friday and Monday are two (5)',
      '2026-10-22T15:00:00+02:00',
      'P2D',
      '2026-10-26T23:59:59+01:00',
    ],
    [
      'two days from a Friday hold no working day: Tuesday (5)',
      '2026-10-23T15:00:00+02:00',
      'P2D',
      '2026-10-27T23:59:59+01:00',
    ],
    [
      'two days from a Saturday hold only Monday: Tuesday (5)',
      '2026-10-24T15:00:00+02:00',
      'P2D',
      '2026-10-27T23:59:59+01:00',
    ],
    [
      'four days over Christmas hold only Monday: Tuesday (5)',
      '2026-12-24T15:00:00+01:00',
      'P4D',
      '2026-12-29T23:59:59+01:00',
    ],
    [
      'a single day from a Friday: Monday, as (5) asks only of two',
      '2026-10-23T15:00:00+02:00',
      'P1D',
      '2026-10-26T23:59:59+01:00',
    ],
  ])('%s', (_name, start, period, latest) => {
    const [due, last] = ending(start, period, 'next_working_day_end');
    expect(last).toBe(latest);
    expect(due.slice(10, 19)).toBe(start.slice(10, 19));
  });

  it('asks for two working days also of a month in which the authority was closed', () => {
    const days = Array.from({ length: 26 }, (_, day) => `2026-02-${String(day + 3).padStart(2, '0')}`);
    const closed = workCalendar(BRUSSELS, days);
    const from = at('2026-02-02T10:00:00+01:00');
    const duration = parseDuration('P1M', 'test');
    const dueAt = addDuration(from, duration, closed);
    expect(showInstant(dueAt, BRUSSELS).local).toBe('2026-03-02T10:00:00+01:00');
    const last = lastInstantAllowed(dueAt, 'next_working_day_end', { from, duration }, closed);
    expect(showInstant(last, BRUSSELS).local).toBe('2026-03-03T23:59:59+01:00');
  });

  it('is never over before its strict deadline, not even in the last second of a day', () => {
    const start = at('2026-10-19T23:59:59.900+02:00');
    const duration = parseDuration('P2D', 'test');
    const dueAt = addDuration(start, duration, belgium());
    expect(lastInstantAllowed(dueAt, 'next_working_day_end', { from: start, duration }, belgium())).toBe(dueAt);
  });
});
