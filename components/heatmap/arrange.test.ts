import { describe, expect, it } from 'vitest';
import { heatmapCell } from '@/test/heatmap-cell';
import { arrange } from './arrange';
import { TOTAL, type HeatmapAnswer } from './heatmap-types';

const cell = (row: string, column: string, proven: number) =>
  heatmapCell(row, column, { proven, claimed: proven, open: proven });

const answer: HeatmapAnswer = {
  asOf: '2026-10',
  method: 'R1',
  by: 'layer',
  comparedWith: null,
  rows: [
    { id: 'L1', name: 'Governance' },
    { id: 'L2', name: 'Risk' },
  ],
  columns: [
    { id: 'a', name: 'A', country: 'DE', sector: 'energy', classification: 'essential' },
    { id: 'b', name: 'B', country: 'AT', sector: 'energy', classification: 'essential' },
    { id: 'c', name: 'C', country: 'DE', sector: 'health', classification: 'essential' },
  ],
  cells: [cell('L1', 'a', 10), cell('L2', 'c', 20)],
  totals: [cell(TOTAL, 'a', 1), cell('L1', TOTAL, 2), cell(TOTAL, TOTAL, 3)],
};

describe('arrange', () => {
  it('brings columns of one country together, in order of first appearance', () => {
    const { groups, columnIds } = arrange(answer, 'country');
    expect(groups.map((group) => [group.id, group.columns.map((column) => column.id)])).toEqual([
      ['DE', ['a', 'c']],
      ['AT', ['b']],
    ]);
    expect(columnIds).toEqual([TOTAL, 'a', 'c', 'b']);
  });

  it('leaves the order alone without grouping', () => {
    expect(arrange(answer, 'none').columnIds).toEqual([TOTAL, 'a', 'b', 'c']);
  });

  it('draws no total row or column that the server did not compute', () => {
    const { columnIds, rowIds } = arrange({ ...answer, totals: [] }, 'none');
    expect(columnIds).toEqual(['a', 'b', 'c']);
    expect(rowIds).toEqual(['L1', 'L2']);
  });

  it('finds cells and totals by row and column', () => {
    const { cellAt } = arrange(answer, 'sector');
    expect(cellAt('L2', 'c')?.proven).toBe(20);
    expect(cellAt(TOTAL, TOTAL)?.proven).toBe(3);
    expect(cellAt('L2', 'a')).toBeUndefined();
  });
});
