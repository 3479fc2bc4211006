import { describe, expect, it } from 'vitest';
import { recentMonths } from './months';

describe('recentMonths', () => {
  it('counts back over the new year, newest first, without the running month', () => {
    expect(recentMonths(new Date('2026-02-28T23:59:59Z'), 3)).toEqual(['2026-01', '2025-12', '2025-11']);
  });

  it('does not skip short months at the end of a long one', () => {
    expect(recentMonths(new Date('2026-03-31T12:00:00Z'), 2)).toEqual(['2026-02', '2026-01']);
  });
});
