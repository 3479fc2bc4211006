import { TOTAL, type ColumnGrouping, type HeatmapAnswer, type HeatmapCell, type HeatmapColumn } from './heatmap-types';

export interface ColumnGroup {
  /** Country code or sector id; empty where the columns have none. */
  id: string;
  columns: readonly HeatmapColumn[];
}

/** A heatmap made ready to draw: columns in their groups and every cell at hand. */
export interface Arranged {
  groups: readonly ColumnGroup[];
  /** Columns in the order they are drawn, the total first when there is one. */
  columnIds: readonly string[];
  /** Rows in the order they are drawn, the total first when there is one. */
  rowIds: readonly string[];
  cellAt: (row: string, column: string) => HeatmapCell | undefined;
}

/** Groups keep the order in which they first appear, columns theirs inside a group. */
export function arrange(answer: HeatmapAnswer, grouping: ColumnGrouping): Arranged {
  const cells = new Map([...answer.cells, ...answer.totals].map((cell) => [keyOf(cell.row, cell.column), cell]));
  const groups = groupColumns(answer.columns, grouping);
  const hasRowTotals = answer.totals.some((cell) => cell.column === TOTAL);
  const hasColumnTotals = answer.totals.some((cell) => cell.row === TOTAL);
  return {
    groups,
    columnIds: [
      ...(hasRowTotals ? [TOTAL] : []),
      ...groups.flatMap((group) => group.columns.map((column) => column.id)),
    ],
    rowIds: [...(hasColumnTotals ? [TOTAL] : []), ...answer.rows.map((row) => row.id)],
    cellAt: (row, column) => cells.get(keyOf(row, column)),
  };
}

function groupColumns(columns: readonly HeatmapColumn[], grouping: ColumnGrouping): ColumnGroup[] {
  const groups = new Map<string, HeatmapColumn[]>();
  for (const column of columns) {
    const id = grouping === 'none' ? '' : (column[grouping] ?? '');
    groups.set(id, [...(groups.get(id) ?? []), column]);
  }
  return [...groups].map(([id, members]) => ({ id, columns: members }));
}

function keyOf(row: string, column: string): string {
  return `${row} ${column}`;
}
