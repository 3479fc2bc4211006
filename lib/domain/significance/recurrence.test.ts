import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '@/lib/domain/deadline/instant';
import { workCalendar } from '@/lib/domain/deadline/work-calendar';
import { assessSignificance } from './assess';
import { type LinkedIncident, recheckAfter, recurrenceFacts } from './recurrence';
import { readSignificanceRuleBook } from './rule-book';

const calendar = () => workCalendar('Europe/Brussels');
const book = () =>
  readSignificanceRuleBook(
    JSON.parse(readFileSync(new URL('../../../db/catalogue/incident-significance.json', import.meta.url), 'utf8')),
  );
const incident = (
  id: string,
  day: string,
  directLossEur: LinkedIncident['directLossEur'],
  isSignificantAlone = false,
) => ({
  id,
  occurredAt: parseInstant(`${day}T12:00:00+02:00`),
  directLossEur,
  isSignificantAlone,
});
const linked = [
  incident('old', '2026-03-31', 100_000),
  incident('middle', '2026-05-10', 200_000),
  incident('big', '2026-06-01', 900_000, true),
  incident('new', '2026-10-01', 350_000),
];
const criterion4 = (facts: ReturnType<typeof recurrenceFacts>) =>
  assessSignificance(book(), { entity_type: 'msp', annual_turnover_eur: 50_000_000, ...facts }).criteria.find(
    (each) => each.id === 'cir.4',
  );

describe('recurring incidents (Article 4)', () => {
  it('count back six calendar months and leave out what is significant alone', () => {
    expect(recurrenceFacts('new', linked, calendar())).toEqual({
      similar_incidents_6_months: 2,
      same_apparent_root_cause: true,
      cumulative_direct_financial_loss_eur: 550_000,
    });
    expect(criterion4(recurrenceFacts('new', linked, calendar()))?.truth).toBe('yes');
    expect(criterion4(recurrenceFacts('middle', linked, calendar()))?.truth).toBe('no');
  });

  it('count until the last hour of the last day, wherever in it the first one happened', () => {
    const atHour = (id: string, instant: string) => ({
      ...incident(id, '2026-01-01', 1),
      occurredAt: parseInstant(instant),
    });
    const first = atHour('first', '2026-03-15T09:00:00+01:00');
    const lastMinute = atHour('later', '2026-09-15T23:59:00+02:00');
    const nextDay = atHour('later', '2026-09-16T00:00:00+02:00');
    const countAt = (later: LinkedIncident) =>
      recurrenceFacts('later', [first, later], calendar())['similar_incidents_6_months'];
    expect([countAt(lastMinute), countAt(nextDay)]).toEqual([2, 1]);
    expect(recheckAfter('first', [first, lastMinute], calendar())).toEqual(['first', 'later']);
  });

  it('end the window on the last day of a shorter month, both ends included', () => {
    const lastDay = incident('x', '2026-09-30', 1);
    expect(recurrenceFacts('x', [...linked, lastDay], calendar())).toMatchObject({ similar_incidents_6_months: 3 });
    const dayAfter = incident('x', '2026-10-01', 1);
    expect(recurrenceFacts('x', [...linked, dayAfter], calendar())).toMatchObject({ similar_incidents_6_months: 3 });
    expect(recurrenceFacts('old', [...linked, { ...lastDay, id: 'y' }], calendar())).toMatchObject({
      similar_incidents_6_months: 1,
      cumulative_direct_financial_loss_eur: 100_000,
    });
  });

  it('stay open while a loss is not known or still grows, unless the known part already suffices', () => {
    const unknown = [...linked, incident('later', '2026-10-02', null)];
    expect(recurrenceFacts('later', unknown, calendar())).toMatchObject({
      cumulative_direct_financial_loss_eur: { atLeast: 550_000 },
    });
    expect(criterion4(recurrenceFacts('later', unknown, calendar()))?.truth).toBe('yes');
    const growing = [incident('a', '2026-10-01', 1), incident('b', '2026-10-02', { atLeast: 5 })];
    expect(recurrenceFacts('b', growing, calendar())).toMatchObject({
      cumulative_direct_financial_loss_eur: { atLeast: 6 },
    });
    expect(criterion4(recurrenceFacts('b', growing, calendar()))).toMatchObject({
      truth: 'unknown',
      missing: ['cumulative_direct_financial_loss_eur'],
    });
  });

  it('add up to the cent: a loss of exactly the limit does not exceed it', () => {
    const losses = (last: number) =>
      [166_666.01, 166_666.04, last].map((loss, index) => incident(`i${index}`, '2026-10-01', loss));
    const exact = recurrenceFacts('i2', losses(166_667.95), calendar());
    expect(exact).toMatchObject({ cumulative_direct_financial_loss_eur: 500_000 });
    expect(criterion4(exact)?.truth).toBe('no');
    expect(criterion4(recurrenceFacts('i2', losses(166_667.96), calendar()))?.truth).toBe('yes');
  });

  it('are checked again for every window a change falls into', () => {
    expect(recheckAfter('old', linked, calendar())).toEqual(['old', 'middle', 'big']);
    expect(recheckAfter('middle', linked.toReversed(), calendar())).toEqual(['middle', 'big', 'new']);
    expect(recheckAfter('new', linked, calendar())).toEqual(['new']);
    expect(() => recheckAfter('nobody', linked, calendar())).toThrow(RangeError);
    expect(() => recurrenceFacts('nobody', linked, calendar())).toThrow('incident nobody is not in the list');
  });
});
