import { expect, it } from 'vitest';
import { heatmapCell } from '@/test/heatmap-cell';
import { arrangeSectors } from './arrange-sectors';
import { TOTAL, type HeatmapAnswer, type HeatmapCell } from './heatmap-types';

const cell = (row: string, column: string, state: HeatmapCell['state'] = 'scored') =>
  heatmapCell(row, column, { state });
const entity = (id: string, sector: string) => ({ id, name: id, country: 'DE', sector, classification: 'essential' });

const answer: HeatmapAnswer = {
  asOf: '2026-11-27',
  method: 'R1',
  by: 'sector',
  comparedWith: null,
  rows: [
    { id: 'energy', name: 'Energy' },
    { id: 'health', name: 'Health' },
  ],
  columns: [entity('grid', 'energy'), entity('clinic', 'health'), entity('heat', 'energy')],
  cells: [
    cell('energy', 'grid'),
    cell('energy', 'heat', 'not-assessed'),
    cell('energy', 'clinic', 'not-applicable'),
    cell('health', 'clinic'),
    cell('health', 'grid', 'not-applicable'),
  ],
  totals: [cell(TOTAL, TOTAL), cell('energy', TOTAL), cell('health', TOTAL), cell(TOTAL, 'grid')],
};

it('gives every sector its own entities, assessed or not, behind the sector as one', () => {
  expect(arrangeSectors(answer).map(({ id, cells }) => [id, cells.map(({ column }) => column)])).toEqual([
    [TOTAL, [TOTAL]],
    ['energy', [TOTAL, 'grid', 'heat']],
    ['health', [TOTAL, 'clinic']],
  ]);
});

it('has no totals where the reader gets none', () => {
  const [energy] = arrangeSectors({ ...answer, totals: [] });
  expect(energy!.cells.map(({ column }) => column)).toEqual(['grid', 'heat']);
});
