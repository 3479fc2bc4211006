import { describe, expect, it } from 'vitest';
import { freshnessOf } from './freshness';

describe('freshnessOf', () => {
  it.each([
    ['2026-01-01', 365, '2026-06-01', 'fresh', 1, 214],
    ['2026-01-01', 180, '2026-06-20', 'ends-soon', 1, 10],
    ['2026-01-01', 100, '2026-04-11', 'ends-soon', 1, 0],
    ['2026-01-01', 100, '2026-05-31', 'fading', 0.5, -50],
    ['2026-01-01', 100, '2026-07-20', 'spent', 0, -100],
    ['2026-01-01', 100, '2028-01-01', 'spent', 0, -630],
    ['2026-02-01', 100, '2026-01-31', 'not-yet', 0, 101],
  ])(
    'of evidence collected %s with %i days of validity is, on %s, %s',
    (collected, validity, today, state, share, left) => {
      expect(freshnessOf(collected, validity, today)).toEqual({ state, share, daysLeft: left });
    },
  );
});
