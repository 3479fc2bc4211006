import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, civilFromDay, dayFromCivil } from './calendar';

const anyDay = fc.integer({ min: -150_000, max: 150_000 });

const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

describe('calendar arithmetic', () => {
  it('agrees with the platform calendar on every day', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const date = new Date(day * 86_400_000);
        const civil = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
        expect(civilFromDay(day)).toEqual(civil);
        expect(dayFromCivil(civil.year, civil.month, civil.dayOfMonth)).toBe(day);
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    ['2024-02-29', 12, '2025-02-28'],
    ['2025-02-28', 12, '2026-02-28'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
  ])('adds to %s %i months: %s', (from, months, to) => {
    expect(addMonths(day(from), months)).toBe(day(to));
  });

  it('never goes back when months are added to a later day', () => {
    fc.assert(
      fc.property(anyDay, anyDay, fc.integer({ min: 0, max: 40 }), (one, other, months) => {
        const [sooner, later] = [Math.min(one, other), Math.max(one, other)];
        expect(addMonths(sooner, months)).toBeLessThanOrEqual(addMonths(later, months));
      }),
      { numRuns: 1_000 },
    );
  });
});
