import { describe, expect, it } from 'vitest';
import { click, only, render } from '@/test/render';
import { ExplanationTable } from './explanation-table';
import type { ReadinessLine } from './readiness-types';

const controls: ReadinessLine[] = Array.from({ length: 20 }, (_, index) => ({
  kind: 'control',
  id: `GOV-${index}`,
  name: 'Control',
  label: 'Control',
  basisPoints: 300 - index,
}));
const loss: ReadinessLine = { kind: 'weakest-loss', id: 'L6', name: 'x', label: 'x', basisPoints: -210 };
const sum = [...controls, loss].reduce((total, line) => total + line.basisPoints, 0);

const pointsIn = (page: HTMLElement) =>
  [...page.querySelectorAll('tbody td')].reduce((total, cell) => total + Math.round(Number(cell.textContent) * 100), 0);

describe('the explanation', () => {
  it('adds up to the score, shortened and in full', async () => {
    const page = await render(<ExplanationTable lines={[...controls, loss]} proven={sum / 100} />);
    expect(page.querySelectorAll('tbody tr')).toHaveLength(14);
    expect(pointsIn(page)).toBe(sum);
    await click(only('button', 'Show all 21 lines', page));
    expect(page.querySelectorAll('tbody tr')).toHaveLength(21);
    expect(pointsIn(page)).toBe(sum);
  });

  it('never hides a loss and names it in the reader’s words', async () => {
    const page = await render(<ExplanationTable lines={[...controls, loss]} proven={sum / 100} />);
    expect(only('[data-loss]', undefined, page).textContent).toContain('weakest link: Supply Chain & Ecosystem');
  });
});
