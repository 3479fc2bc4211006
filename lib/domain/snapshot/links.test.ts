import { describe, expect, test } from 'vitest';
import { historyOf, linksOf } from './links';

const made = (...months: string[]) =>
  months.map((month, index) => ({
    id: `s${index}`,
    month,
    digest: `d${index}`,
    proven: 5_000,
    claimed: 6_000,
    method: 'R1',
    catalogueVersion: '0.1.0',
  }));

describe('what a new snapshot is linked to', () => {
  test('is the last snapshot of the latest month before it', () => {
    expect(linksOf(made('2026-07', '2026-08', '2026-07', '2026-08', '2026-07'), '2026-10').previous).toEqual({
      id: 's3',
      month: '2026-08',
      digest: 'd3',
    });
    expect(linksOf(made('2026-10', '2026-11'), '2026-10').previous).toBeNull();
  });

  test('is the first snapshot of its own month, which it restates', () => {
    expect(linksOf(made('2026-09', '2026-10', '2026-10'), '2026-10').restates).toEqual({ id: 's1', digest: 'd1' });
    expect(linksOf(made('2026-09'), '2026-10').restates).toBeNull();
  });
});

describe('the months a snapshot remembers', () => {
  test('are the eleven before it, each as it was last frozen, oldest first', () => {
    const history = historyOf(made('2025-10', '2025-11', '2026-09', '2026-08', '2026-09', '2026-10'), '2026-10');
    expect(history.map(({ id, month }) => [id, month])).toEqual([
      ['s1', '2025-11'],
      ['s3', '2026-08'],
      ['s4', '2026-09'],
    ]);
  });
});
