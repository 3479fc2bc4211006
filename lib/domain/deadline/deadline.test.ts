import { describe, expect, it } from 'vitest';
import { addDuration, computeDeadline, type DeadlineTerms } from './deadline';
import { durationOf, parseDuration } from './duration';
import { HOUR, isTimeZone, localDate, parseInstant, showInstant } from './instant';
import { lastInstantAllowed } from './roll';
import { workCalendar } from './work-calendar';

const BRUSSELS = 'Europe/Brussels';
const belgium = () => workCalendar(BRUSSELS, ['2026-12-25', '2027-01-01']);
const at = parseInstant;
const shown = (instant: number, zone = BRUSSELS) => showInstant(instant, zone).local;
const plus = (start: string, iso: string, calendar = belgium()) =>
  shown(addDuration(at(start), parseDuration(iso, 'test'), calendar), calendar.zone);
const working = (start: string, n: number) => shown(addDuration(at(start), durationOf(n, 'working_days'), belgium()));

describe('periods', () => {
  it('counts hours as elapsed time across a clock change', () => {
    expect(plus('2026-10-24T20:00:00+02:00', 'PT24H')).toBe('2026-10-25T19:00:00+01:00');
    expect(plus('2026-03-28T20:00:00+01:00', 'PT24H')).toBe('2026-03-29T21:00:00+02:00');
  });

  it('counts days on the calendar, so the time of day stays', () => {
    expect(plus('2026-10-24T20:00:00+02:00', 'P1D')).toBe('2026-10-25T20:00:00+01:00');
    expect(plus('2026-03-28T20:00:00+01:00', 'P1D')).toBe('2026-03-29T20:00:00+02:00');
  });

  it('counts months by the calendar, clamped to the end of a shorter one', () => {
    expect(plus('2026-01-31T10:00:00+01:00', 'P1M')).toBe('2026-02-28T10:00:00+01:00');
    expect(plus('2028-01-31T10:00:00+01:00', 'P1M')).toBe('2028-02-29T10:00:00+01:00');
    expect(plus('2026-02-28T10:00:00+01:00', 'P1M')).toBe('2026-03-28T10:00:00+01:00');
    expect(plus('2026-12-15T10:00:00+01:00', 'P1Y')).toBe('2027-12-15T10:00:00+01:00');
    expect(addDuration(at('2026-01-31T10:00:00Z'), parseDuration('P1M', 't'), belgium())).toBeLessThan(
      at('2026-01-31T10:00:00Z') + 720 * HOUR,
    );
  });

  it('counts a month in the zone of the authority, not in UTC', () => {
    const lateEvening = '2026-01-30T23:30:00Z';
    expect(plus(lateEvening, 'P1M')).toBe('2026-02-28T00:30:00+01:00');
    expect(plus(lateEvening, 'P1M', workCalendar('Europe/Lisbon'))).toBe('2026-02-28T23:30:00+00:00');
  });

  it('counts working days without weekends and holidays and without the first day', () => {
    expect(working('2026-12-23T09:00:00+01:00', 1)).toBe('2026-12-24T09:00:00+01:00');
    expect(working('2026-12-24T09:00:00+01:00', 1)).toBe('2026-12-28T09:00:00+01:00');
    expect(working('2026-12-26T09:00:00+01:00', 5)).toBe('2027-01-04T09:00:00+01:00');
  });

  it('takes a skipped local time after the skip and a repeated one the first time', () => {
    expect(plus('2026-03-28T02:30:00+01:00', 'P1D')).toBe('2026-03-29T03:30:00+02:00');
    expect(plus('2026-10-24T02:30:00+02:00', 'P1D')).toBe('2026-10-25T02:30:00+02:00');
  });

  it.each([
    'P1DT2H',
    'PT30M',
    'P1W',
    'P-1D',
    'PT0H',
    'P',
    '24h',
    'P1.5D',
    '',
    null,
    24,
    'P100001D',
    'PT1H ',
    'xP1D',
    ['P1D'],
  ])('refuses %j and names the place', (text) => {
    expect(() => parseDuration(text, 'stage.duration')).toThrow(/^stage\.duration: /);
  });

  it('reads the notation of the catalogue', () => {
    expect(parseDuration('PT72H', 't')).toEqual({ n: 72, unit: 'hours' });
    expect(parseDuration('P15D', 't')).toEqual({ n: 15, unit: 'days' });
    expect(parseDuration('P1M', 't')).toEqual({ n: 1, unit: 'calendar_months' });
    expect(parseDuration('P2Y', 't')).toEqual({ n: 24, unit: 'calendar_months' });
    expect(durationOf(100_000, 'hours')).toEqual({ n: 100_000, unit: 'hours' });
    expect(() => durationOf(1.5, 'days')).toThrow('duration: 1.5 is not a count from 1 to 100 000');
  });
});

const NIS2_NOTIFICATION: DeadlineTerms = {
  anchor: 'aware_at',
  limit: { kind: 'period', duration: { n: 72, unit: 'hours' } },
  notLaterThan: null,
  roll: 'none',
  internalTarget: { n: 48, unit: 'hours' },
};
const DORA_INITIAL: DeadlineTerms = {
  anchor: 'classified_major_at',
  limit: { kind: 'period', duration: { n: 4, unit: 'hours' } },
  notLaterThan: { anchor: 'aware_at', duration: { n: 24, unit: 'hours' } },
  roll: 'next_working_day_noon',
  internalTarget: null,
};

describe('deadlines', () => {
  const aware = at('2026-10-20T10:00:00Z');

  it('wait for their anchor', () => {
    expect(computeDeadline(NIS2_NOTIFICATION, {}, belgium())).toEqual({ status: 'pending', missing: ['aware_at'] });
    expect(computeDeadline(NIS2_NOTIFICATION, { aware_at: null }, belgium()).status).toBe('pending');
  });

  it('give the anchor, the strict instant, the latest instant and the house’s own target', () => {
    expect(computeDeadline(NIS2_NOTIFICATION, { aware_at: aware }, belgium())).toEqual({
      status: 'running',
      anchorAt: aware,
      dueAt: aware + 72 * HOUR,
      latestAt: aware + 72 * HOUR,
      targetAt: aware + 48 * HOUR,
      isCapped: false,
      missing: [],
    });
  });

  it('run from the first instant of all', () => {
    expect(computeDeadline(NIS2_NOTIFICATION, { aware_at: 0 }, belgium())).toMatchObject({ dueAt: 72 * HOUR });
  });

  it('never put the house’s target after the deadline', () => {
    const terms = { ...NIS2_NOTIFICATION, internalTarget: { n: 4, unit: 'days' } as const };
    expect(computeDeadline(terms, { aware_at: aware }, belgium())).toMatchObject({ targetAt: aware + 72 * HOUR });
  });

  it('show a rolled deadline beside the strict one, never instead of it', () => {
    const classified = at('2026-10-24T08:00:00Z');
    const deadline = computeDeadline(
      DORA_INITIAL,
      { aware_at: classified, classified_major_at: classified },
      belgium(),
    );
    expect(deadline).toMatchObject({
      targetAt: null,
      dueAt: classified + 4 * HOUR,
      latestAt: at('2026-10-26T11:00:00Z'),
    });
  });

  it.each([
    ['classified early: 4 hours from classification', 2, 6, false],
    ['classified at hour 20: both limits meet', 20, 24, false],
    ['classified at hour 21: 24 hours from awareness', 21, 24, true],
    ['classified exactly at hour 24: no time is left', 24, 24, true],
    ['classified after 24 hours: 4 hours from classification', 24.001, 28.001, false],
  ])('%s', (_name, classifiedAfterHours, dueAfterHours, isCapped) => {
    const anchors = { aware_at: aware, classified_major_at: aware + classifiedAfterHours * HOUR };
    const expected = { status: 'running', dueAt: aware + dueAfterHours * HOUR, isCapped, missing: [] };
    expect(computeDeadline(DORA_INITIAL, anchors, belgium())).toMatchObject(expected);
  });

  it('say when an outer limit is not known yet', () => {
    const deadline = computeDeadline(DORA_INITIAL, { classified_major_at: aware }, belgium());
    expect(deadline).toMatchObject({
      status: 'running',
      dueAt: aware + 4 * HOUR,
      isCapped: false,
      missing: ['aware_at'],
    });
  });

  it('count the last day of the limit that decides: the period, or the outer limit it is cut off by', () => {
    const terms: DeadlineTerms = {
      anchor: 'start',
      limit: { kind: 'period', duration: { n: 10, unit: 'days' } },
      notLaterThan: { anchor: 'outer', duration: { n: 48, unit: 'hours' } },
      roll: 'next_working_day_end',
      internalTarget: null,
    };
    const anchors = { start: aware, outer: aware };
    expect(computeDeadline(terms, anchors, belgium())).toMatchObject({
      dueAt: aware + 48 * HOUR,
      latestAt: aware + 48 * HOUR,
      isCapped: true,
    });
    const inDays = { ...terms, notLaterThan: { anchor: 'outer', duration: { n: 2, unit: 'days' } as const } };
    expect(computeDeadline(inDays, anchors, belgium())).toMatchObject({
      dueAt: aware + 48 * HOUR,
      latestAt: at('2026-10-22T23:59:59+02:00'),
    });
    const uncut = { start: aware, outer: aware + 30 * 24 * HOUR };
    expect(computeDeadline(terms, uncut, belgium())).toMatchObject({
      dueAt: at('2026-10-30T11:00:00Z'),
      latestAt: at('2026-10-30T23:59:59+01:00'),
      isCapped: false,
    });
  });

  it('take the date an authority set, or run without one', () => {
    const terms: DeadlineTerms = {
      anchor: 'request_at',
      limit: { kind: 'date_set', anchor: 'request_due_at' },
      notLaterThan: null,
      roll: 'none',
      internalTarget: { n: 24, unit: 'hours' },
    };
    const asked = { request_at: aware, request_due_at: aware + 10 * HOUR };
    expect(computeDeadline(terms, asked, belgium())).toMatchObject({
      status: 'running',
      dueAt: aware + 10 * HOUR,
      targetAt: aware + 10 * HOUR,
    });
    const onSaturday = { request_at: aware, request_due_at: at('2026-10-24T10:00:00+02:00') };
    expect(computeDeadline({ ...terms, roll: 'next_working_day_end' }, onSaturday, belgium())).toMatchObject({
      dueAt: onSaturday.request_due_at,
      latestAt: at('2026-10-26T23:59:59+01:00'),
    });
    const open = { status: 'unlimited', anchorAt: aware, targetAt: aware + 24 * HOUR };
    expect(computeDeadline(terms, { request_at: aware }, belgium())).toEqual(open);
    const undue: DeadlineTerms = { ...terms, limit: { kind: 'without_undue_delay' }, internalTarget: null };
    expect(computeDeadline(undue, { request_at: aware }, belgium())).toEqual({ ...open, targetAt: null });
  });
});

describe('calendars', () => {
  it('refuse what would never end or means nothing', () => {
    expect(() => workCalendar('Mars/Olympus')).toThrow(RangeError);
    expect(() => workCalendar(BRUSSELS, ['25.12.2026'])).toThrow('25.12.2026 is not a date');
    for (const date of ['x2026-02-01', '2026-02-01x', '2026-2-01', '2026-02-01T00:00', '+002026-02-01']) {
      expect(() => workCalendar(BRUSSELS, [date])).toThrow(`${date} is not a date`);
    }
    expect(() => workCalendar(BRUSSELS, ['2026-02-30'])).toThrow(RangeError);
    expect(() => workCalendar(BRUSSELS, [], [1, 2, 3, 4, 5, 6, 7])).toThrow('rest days must leave a working day');
    expect(() => workCalendar(BRUSSELS, [], [0])).toThrow(RangeError);
    expect(() => workCalendar(BRUSSELS, [], [8])).toThrow(RangeError);
    expect(() => workCalendar(BRUSSELS, [], [1.5])).toThrow(RangeError);
    expect(workCalendar(BRUSSELS, [], []).restDays).toEqual([]);
    expect(workCalendar(BRUSSELS, [], [1, 7]).restDays).toEqual([1, 7]);
  });

  it('may rest on other days', () => {
    const fridayAndSaturday = workCalendar(BRUSSELS, [], [5, 6]);
    const friday = at('2026-10-23T10:00:00+02:00');
    expect(shown(lastInstantAllowed(friday, 'next_working_day_noon', null, fridayAndSaturday))).toBe(
      '2026-10-25T12:00:00+01:00',
    );
  });
});

describe('instants', () => {
  it('refuse a time without an offset', () => {
    for (const naive of ['2026-10-24T20:00:00', '2026-10-24', '20:00', '', 'now', '2026-13-01T00:00:00Z']) {
      expect(() => at(naive)).toThrow(RangeError);
    }
    expect(at('2026-10-24T20:00:00.1239+02:00')).toBe(Date.UTC(2026, 9, 24, 18, 0, 0, 123));
  });

  it('show local time with its offset beside UTC, to the second', () => {
    expect(showInstant(at('2026-10-25T00:30:00.999Z'), BRUSSELS)).toEqual({
      local: '2026-10-25T02:30:00+02:00',
      utc: '2026-10-25T00:30:00Z',
      zone: BRUSSELS,
    });
    expect(localDate(at('2026-10-24T22:30:00Z'), BRUSSELS)).toBe('2026-10-25');
    expect(localDate(at('2026-10-24T22:30:00Z'), 'UTC')).toBe('2026-10-24');
  });

  it('know zones from offsets', () => {
    for (const zone of ['Europe/Brussels', 'UTC', 'Etc/GMT+1']) expect(isTimeZone(zone)).toBe(true);
    for (const offset of ['+02:00', '-01:00', 'Mars/Olympus', '']) expect(isTimeZone(offset)).toBe(false);
  });
});
