import { evaluateCell } from '../score/cell';
import type { EntityEvaluation } from '../score/entity';
import {
  cellOf,
  figureOfControls,
  figureOfEntity,
  figureOfGroup,
  trendOf,
  type Figure,
  type FigurePart,
  type HeatmapCell,
} from '../score/heatmap';
import type { MethodR1 } from '../score/method';
import type { Scoreboard, ScoredEntity } from './scoreboard';

export type HeatmapBy = 'layer' | 'obligation' | 'sector';

/** A row of the heatmap and what belongs to it. */
export interface HeatmapRow {
  readonly id: string;
  readonly name: string;
  /** Controls of an obligation; not needed for layers and sectors. */
  readonly controls?: ReadonlySet<string>;
}

export interface HeatmapAxis {
  readonly by: HeatmapBy;
  readonly rows: readonly HeatmapRow[];
}

/** Row id of entities without a sector. */
export const NO_SECTOR = 'none';

/** Row or column id of totals. */
export const TOTAL = '*';

export interface TableCell {
  readonly row: string;
  readonly column: string;
  readonly cell: HeatmapCell;
  /** Signed change of the proven score in basis points; `null` when small, or not comparable. */
  readonly delta: number | null;
}

/** Cells of rows × entities; totals have row or column {@link TOTAL} and follow the score's own rules. */
export interface HeatmapTable {
  readonly cells: readonly TableCell[];
  readonly totals: readonly TableCell[];
}

/** What a heatmap showed earlier: proven scores in basis points by row and column. */
export interface EarlierScores {
  readonly method: string;
  readonly at: ReadonlyMap<string, number>;
}

/** The heatmap of a scoreboard, with the change of each cell since an earlier one of the same axis. */
export function heatmapTable(board: Scoreboard, axis: HeatmapAxis, earlier: EarlierScores | null = null): HeatmapTable {
  const finish = ({ row, column, figure }: Placed): TableCell => {
    const cell = cellOf(figure, board.method);
    return { row, column, cell, delta: deltaOf(cell, cellKey(row, column), board.method, earlier) };
  };
  const { cells, totals } = figuresOf(board, axis);
  return { cells: cells.map(finish), totals: totals.map(finish) };
}

/** The scores of a scoreboard's heatmap, to compare a later one with. */
export function scoresOf(board: Scoreboard, axis: HeatmapAxis): EarlierScores {
  const { cells, totals } = figuresOf(board, axis);
  const at = new Map<string, number>();
  for (const { row, column, figure } of [...cells, ...totals]) {
    const cell = cellOf(figure, board.method);
    if (cell.state === 'scored') at.set(cellKey(row, column), cell.proven);
  }
  return { method: board.method.id, at };
}

/** What a cell is made of: an entity's figure for each column it covers, one for a cell and all for a total. */
export function partsAt(board: Scoreboard, axis: HeatmapAxis, row: string, column: string): FigurePart[] {
  const wanted = axis.rows.find((one) => one.id === row);
  return board.entities
    .filter((entity) => column === TOTAL || entity.id === column)
    .map((entity) => partOf(entity, wanted ? figureAt(entity, axis.by, wanted, board.method) : wholeOf(entity)));
}

interface Placed {
  readonly row: string;
  readonly column: string;
  readonly figure: Figure;
}

function figuresOf(board: Scoreboard, axis: HeatmapAxis): { cells: Placed[]; totals: Placed[] } {
  const { entities, method } = board;
  const wholes = entities.map((entity) => partOf(entity, wholeOf(entity)));
  const cells: Placed[] = [];
  const totals: Placed[] = [{ row: TOTAL, column: TOTAL, figure: figureOfGroup(wholes, method) }];
  for (const { id, figure } of wholes) totals.push({ row: TOTAL, column: id, figure });
  for (const row of axis.rows) {
    const parts = entities.map((entity) => partOf(entity, figureAt(entity, axis.by, row, method)));
    totals.push({ row: row.id, column: TOTAL, figure: figureOfGroup(parts, method) });
    for (const { id, figure } of parts) cells.push({ row: row.id, column: id, figure });
  }
  return { cells, totals };
}

function figureAt({ evaluation, sector }: ScoredEntity, by: HeatmapBy, row: HeatmapRow, method: MethodR1): Figure {
  if (by === 'sector') return (sector ?? NO_SECTOR) === row.id ? figureOfEntity(evaluation) : NOT_APPLICABLE;
  if (by === 'layer') {
    const layer = evaluation.layers.find((one) => one.id === row.id);
    return layer ? figureOfControls(layer) : NOT_APPLICABLE;
  }
  return row.controls ? figureOfSet(evaluation, row.controls, method) : NOT_APPLICABLE;
}

/** Figures of sets of controls, kept as long as the evaluation: after a change only the entity it touched is figured anew. */
const remembered = new WeakMap<EntityEvaluation, Map<ReadonlySet<string>, Figure>>();

function figureOfSet(evaluation: EntityEvaluation, wanted: ReadonlySet<string>, method: MethodR1): Figure {
  const known = remembered.get(evaluation) ?? new Map<ReadonlySet<string>, Figure>();
  remembered.set(evaluation, known);
  const figure =
    known.get(wanted) ??
    figureOfControls(
      evaluateCell(
        evaluation.controls.filter((control) => wanted.has(control.id)),
        method,
      ),
    );
  known.set(wanted, figure);
  return figure;
}

function wholeOf({ evaluation }: ScoredEntity): Figure {
  return figureOfEntity(evaluation);
}

function partOf({ id, evaluation }: ScoredEntity, figure: Figure): FigurePart {
  return { id, weight: evaluation.input.criticality, figure };
}

function deltaOf(cell: HeatmapCell, key: string, method: MethodR1, earlier: EarlierScores | null): number | null {
  const before = earlier?.at.get(key);
  if (cell.state !== 'scored' || before === undefined || earlier === null) return null;
  return trendOf({ proven: cell.proven, method: method.id }, { proven: before, method: earlier.method });
}

function cellKey(row: string, column: string): string {
  return `${row} ${column}`;
}

const NOT_APPLICABLE: Figure = {
  state: 'not-applicable',
  proven: 0,
  claimed: 0,
  open: 0,
  maturity: 0,
  coverage: 0,
  stale: false,
  capped: false,
  weakestId: null,
};
