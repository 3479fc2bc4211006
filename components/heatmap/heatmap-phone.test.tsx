import { expect, it, vi } from 'vitest';
import { heatmapCell } from '@/test/heatmap-cell';
import { render } from '@/test/render';
import { HeatmapPhone } from './heatmap-phone';
import type { HeatmapAnswer } from './heatmap-types';

const answer: HeatmapAnswer = {
  asOf: '2026-11-23',
  method: 'R1',
  by: 'sector',
  comparedWith: null,
  rows: [
    { id: 'energy', name: 'x' },
    { id: 'transport', name: 'x' },
  ],
  columns: [{ id: 'a', name: 'Alpenstrom', country: 'AT', sector: 'energy', classification: 'essential' }],
  cells: [heatmapCell('energy', 'a'), { ...heatmapCell('transport', 'a'), state: 'not-applicable', proven: null }],
  totals: [],
};

const namesShown = async (by: HeatmapAnswer['by']) => {
  const page = await render(<HeatmapPhone answer={{ ...answer, by }} isDelta={false} onOpen={vi.fn<() => void>()} />);
  return [...page.querySelectorAll('li button > span:first-child')].map((name) => name.textContent);
};

it('shows an entity its own sector only', async () => {
  expect(await namesShown('sector')).toEqual(['Energy']);
});

it('shows by layer also what does not apply', async () => {
  expect(await namesShown('layer')).toHaveLength(2);
});
