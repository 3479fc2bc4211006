'use client';

import { useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { type GridPosition, type GridSize, moveInGrid } from './grid-keys';

/**
 * Makes a table a keyboard grid: cells carry `data-at="row:column"`. One listener serves all of them, and the roving tab
 * stop is kept in the DOM: a group of 200 entities has 1,600 cells, and none needs to render again to be walked over.
 */
export function useGrid(size: GridSize, onChoose: (at: GridPosition) => void) {
  const table = useRef<HTMLTableElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const cell = cellOf(event.target);
    const from = cell && positionOf(cell);
    if (!from) return;
    const to = moveInGrid(event.key, event.ctrlKey || event.metaKey, from, size);
    if (!to) return;
    event.preventDefault();
    const next = nearest(table.current, to);
    if (!next) return;
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  function onClick(event: MouseEvent) {
    const cell = cellOf(event.target);
    const at = cell && positionOf(cell);
    if (at) onChoose(at);
  }

  return { ref: table, onKeyDown, onClick };
}

/** The cell of a position, or the last one of its row: rows may be of different length. */
function nearest(table: HTMLTableElement | null, { row, column }: GridPosition): HTMLElement | undefined {
  const cells = [...(table?.querySelectorAll<HTMLElement>(`[data-at^="${row}:"]`) ?? [])];
  return cells[column] ?? cells.at(-1);
}

function cellOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-at]') : null;
}

function positionOf(cell: HTMLElement): GridPosition | null {
  const [row, column] = (cell.dataset.at ?? '').split(':').map(Number);
  return row === undefined || column === undefined ? null : { row, column };
}
