export interface GridPosition {
  row: number;
  column: number;
}

export interface GridSize {
  rows: number;
  columns: number;
}

/** Where a key leads from a cell, as in the grid pattern of the ARIA practices; null for keys that do not move. */
export function moveInGrid(key: string, withControl: boolean, from: GridPosition, size: GridSize): GridPosition | null {
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const moves: Record<string, GridPosition> = {
    ArrowRight: { ...from, column: Math.min(from.column + 1, last.column) },
    ArrowLeft: { ...from, column: Math.max(from.column - 1, 0) },
    ArrowDown: { ...from, row: Math.min(from.row + 1, last.row) },
    ArrowUp: { ...from, row: Math.max(from.row - 1, 0) },
    Home: withControl ? { row: 0, column: 0 } : { ...from, column: 0 },
    End: withControl ? last : { ...from, column: last.column },
  };
  return moves[key] ?? null;
}
