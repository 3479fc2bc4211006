import { describe, expect, it, vi } from 'vitest';
import { click, only, press, render } from '@/test/render';
import { heatmapCell } from '@/test/heatmap-cell';
import { HeatmapTable } from './heatmap-table';
import { TOTAL, type HeatmapAnswer } from './heatmap-types';

const scored = heatmapCell;

const answer: HeatmapAnswer = {
  asOf: '2026-11-23',
  method: 'R1',
  by: 'layer',
  comparedWith: null,
  rows: [
    { id: 'L1', name: 'x' },
    { id: 'L6', name: 'x' },
  ],
  columns: [
    { id: 'a', name: 'Alpenstrom', country: 'AT', sector: 'energy', classification: 'essential' },
    { id: 'b', name: 'Baltic Rail', country: 'PL', sector: 'transport', classification: 'essential' },
  ],
  cells: [
    scored('L1', 'a', { capped: true, stale: true, delta: -4.4 }),
    { ...scored('L1', 'b'), state: 'not-assessed', proven: null },
    { ...scored('L6', 'a'), state: 'not-applicable', proven: null },
    scored('L6', 'b'),
  ],
  totals: [scored(TOTAL, TOTAL), scored(TOTAL, 'a'), scored(TOTAL, 'b'), scored('L1', TOTAL), scored('L6', TOTAL)],
};

const table = (onOpen = vi.fn<(cell: { row: string; column: string }) => void>(), isDelta = false) =>
  render(<HeatmapTable answer={answer} grouping="country" isDelta={isDelta} open={null} onOpen={onOpen} />);

const at = (position: string) => only(`[data-at="${position}"]`);

describe('the heatmap', () => {
  it('is a table with a caption, column heads and a named head for each row', async () => {
    const page = await table();
    expect(only('caption', undefined, page).textContent).toContain('Proven score');
    const rowHeads = [...page.querySelectorAll('tbody th[scope=row]')].map((head) => head.textContent);
    expect(rowHeads).toEqual(['Together', 'Governance & Accountability', 'Supply Chain & Ecosystem']);
    const groups = [...page.querySelectorAll('th[scope=colgroup]')].map((head) => head.textContent);
    expect(groups).toEqual(['Austria', 'Poland']);
  });

  it('says everything a cell shows by form and colour', async () => {
    await table();
    const label = at('1:1').getAttribute('aria-label');
    expect(label).toBe(
      '41 of 100 proven, 66 claimed: Basic. Held down by a key control. Evidence is past its validity. -4 since the month compared with.',
    );
  });

  it('tells not assessed, not applicable and a number apart in words', async () => {
    await table();
    expect(at('1:2').textContent).toBe('not assessed');
    expect(at('2:1').textContent).toBe('–');
    expect(at('2:2').textContent).toContain('41');
  });

  it('rounds a score down, never up', async () => {
    await table();
    expect(at('2:2').querySelector('b')?.textContent).toBe('41');
  });

  it('is one tab stop, and arrows walk between cells', async () => {
    const page = await table();
    expect(page.querySelectorAll('[data-at][tabindex="0"]')).toHaveLength(1);
    at('0:0').focus();
    await press(at('0:0'), 'ArrowRight');
    await press(at('0:1'), 'ArrowDown');
    expect(document.activeElement).toBe(at('1:1'));
    await press(at('1:1'), 'End', { ctrlKey: true });
    expect(document.activeElement).toBe(at('2:2'));
    expect(page.querySelectorAll('[data-at][tabindex="0"]')).toHaveLength(1);
  });

  it('opens the cell that is pressed, totals too', async () => {
    const onOpen = vi.fn<(cell: { row: string; column: string }) => void>();
    await table(onOpen);
    await click(at('2:2'));
    await click(at('0:0'));
    expect(onOpen.mock.calls).toEqual([[{ row: 'L6', column: 'b' }], [{ row: TOTAL, column: TOTAL }]]);
  });

  it('shows signed changes with the present number when months are compared', async () => {
    await table(undefined, true);
    expect(at('1:1').textContent).toBe('-4now 41');
    expect(at('2:2').textContent).toBe('steadynow 41');
  });
});
