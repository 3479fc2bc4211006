import { describe, expect, it } from 'vitest';
import { moveInGrid } from './grid-keys';

const size = { rows: 8, columns: 13 };

describe('moveInGrid', () => {
  it.each([
    ['ArrowRight', false, { row: 2, column: 5 }, { row: 2, column: 6 }],
    ['ArrowRight', false, { row: 2, column: 12 }, { row: 2, column: 12 }],
    ['ArrowLeft', false, { row: 2, column: 0 }, { row: 2, column: 0 }],
    ['ArrowDown', false, { row: 7, column: 5 }, { row: 7, column: 5 }],
    ['ArrowUp', false, { row: 1, column: 5 }, { row: 0, column: 5 }],
    ['Home', false, { row: 3, column: 5 }, { row: 3, column: 0 }],
    ['End', false, { row: 3, column: 5 }, { row: 3, column: 12 }],
    ['Home', true, { row: 3, column: 5 }, { row: 0, column: 0 }],
    ['End', true, { row: 3, column: 5 }, { row: 7, column: 12 }],
  ])('leads with %s (control: %s) from %j to %j', (key, withControl, from, to) => {
    expect(moveInGrid(key, withControl, from, size)).toEqual(to);
  });

  it('leaves other keys to the browser', () => {
    expect(moveInGrid('Tab', false, { row: 0, column: 0 }, size)).toBeNull();
  });
});
