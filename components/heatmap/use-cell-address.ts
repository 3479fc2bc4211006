'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';

export interface CellAddress {
  row: string;
  column: string;
}

const SEPARATOR = '~';

/**
 * The open cell lives in the address (`?cell=L6~<entity>`), so that it can be shared and Back closes it. The address
 * changes without asking the server: the page behind the drawer is already right.
 */
export function useCellAddress() {
  const parameters = useSearchParams();
  const asked = parameters.get('cell');
  const open = useMemo<CellAddress | null>(() => {
    const [row, column] = asked?.split(SEPARATOR) ?? [];
    return row && column ? { row, column } : null;
  }, [asked]);

  function show(cell: CellAddress | null) {
    const next = new URLSearchParams(window.location.search);
    if (cell) next.set('cell', `${cell.row}${SEPARATOR}${cell.column}`);
    else next.delete('cell');
    window.history.pushState(null, '', next.size > 0 ? `?${next}` : window.location.pathname);
  }

  return { open, show };
}
