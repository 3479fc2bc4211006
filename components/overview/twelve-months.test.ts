import { describe, expect, it } from 'vitest';
import { twelveMonths } from './twelve-months';

const frozen = (month: string, proven: number, method = 'R1') => ({ month, method, proven, claimed: proven + 10 });

describe('twelveMonths', () => {
  it('puts the newest last and leaves a gap where nothing was frozen, also over the new year', () => {
    const months = twelveMonths([frozen('2026-02', 60), frozen('2025-12', 50), frozen('2025-11', 40)]);
    expect(months.map(({ month, proven }) => [month, proven])).toEqual([
      ['2025-11', 40],
      ['2025-12', 50],
      ['2026-01', null],
      ['2026-02', 60],
    ]);
  });

  it('shows the latest correction of a month', () => {
    expect(twelveMonths([frozen('2026-02', 61), frozen('2026-02', 60)])).toMatchObject([{ proven: 61 }]);
  });

  it('carries the method over a gap, so that a break shows where the method really changed', () => {
    const months = twelveMonths([frozen('2026-03', 60, 'R2'), frozen('2026-01', 50, 'R1')]);
    expect(months.map(({ method }) => method)).toEqual(['R1', 'R1', 'R2']);
  });

  it('keeps a year at most, and ends with the month looked at', () => {
    const year = Array.from({ length: 15 }, (_, back) =>
      frozen(new Date(Date.UTC(2026, 9 - back, 1)).toISOString().slice(0, 7), 50),
    );
    expect(twelveMonths(year).map(({ month }) => month)).toHaveLength(12);
    expect(twelveMonths(year, '2026-07').at(-1)?.month).toBe('2026-07');
  });

  it('is empty before the first snapshot', () => {
    expect(twelveMonths([])).toEqual([]);
  });
});
