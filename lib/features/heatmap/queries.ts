import { catalogue } from '@/db/catalogue';
import { CSV_MEDIA_TYPE, type CsvValue, csvLines } from '@/lib/adapters/csv';
import { toPoints } from '@/lib/domain/score/points';
import {
  type EarlierScores,
  type HeatmapAxis,
  type HeatmapRow,
  heatmapTable,
  NO_SECTOR,
  scoresOf,
  type TableCell,
  TOTAL,
} from '@/lib/domain/scoreboard/heatmap-table';
import { type Scoreboard, within } from '@/lib/domain/scoreboard/scoreboard';
import { FileAnswer, Tagged } from '@/lib/kernel/answer';
import { defineQuery, type QueryContext } from '@/lib/kernel/operation';
import { entityOf, remembered, tagOf } from '../readiness/queries';
import { viewBefore, viewBoard, viewMonth } from '../scoreboards/queries';
import type { BoardView } from '../scoreboards/schema';
import { GetHeatmap, type HeatmapAnswer, type HeatmapAnswerCell } from './schema';

export const getHeatmap = defineQuery({
  name: 'getHeatmap',
  summary:
    'The heatmap: layers, duties of Article 21(2) or sectors down, entities across, with the change since a month.',
  permission: 'score:read',
  input: GetHeatmap,
  http: { method: 'GET', path: '/heatmap' },
  async run(context, input): Promise<Tagged<HeatmapAnswer>> {
    const { answer, tag } = await draw(context, input);
    return new Tagged(answer, tag);
  },
});

export const exportHeatmap = defineQuery({
  name: 'exportHeatmap',
  summary: 'The same heatmap as CSV, one record a cell.',
  permission: 'score:read',
  input: GetHeatmap,
  http: { method: 'GET', path: '/heatmap/export' },
  async run(context, input): Promise<FileAnswer> {
    const { answer } = await draw(context, input);
    return new FileAnswer(new TextEncoder().encode([...csvLines(CSV_HEADER, records(answer))].join('')), {
      name: `heatmap-${answer.by}-${answer.asOf}.csv`,
      mediaType: CSV_MEDIA_TYPE,
    });
  },
});

type Asked = { by: HeatmapAxis['by']; asOf?: string; entity?: string[]; compare?: string };

/** The scoreboard a picture is drawn from: as of the month asked for, narrowed to what is asked and allowed. */
export async function boardOf(
  context: QueryContext,
  { asOf, entity }: Asked,
): Promise<{ view: BoardView; board: Scoreboard }> {
  const view = await viewBoard(context, asOf);
  const reachable = within(view.board, context.authority.entityIds);
  for (const id of entity ?? []) entityOf(reachable, id);
  return { view, board: within(reachable, entity ?? null) };
}

/** The rows of a heatmap: in a frozen month too they are those of today's catalogue. */
export function axisOf(by: HeatmapAxis['by'], board: Scoreboard): HeatmapAxis {
  const { layers, sectors } = catalogue();
  if (by === 'layer') return { by, rows: layers.map(({ id, name }) => ({ id, name })) };
  if (by === 'sector') {
    const present = new Set(board.entities.map((entity) => entity.sector ?? NO_SECTOR));
    const known = [...sectors, { id: NO_SECTOR, name: 'No sector' }];
    return { by, rows: known.filter(({ id }) => present.has(id)).map(({ id, name }) => ({ id, name })) };
  }
  return { by, rows: measureRows() };
}

let measures: HeatmapRow[] | undefined;

/** Article 21(2)(a) to (j), each with the controls that serve it; made once, so that figures can be kept by them. */
function measureRows(): HeatmapRow[] {
  const { obligations, controls } = catalogue();
  measures ??= obligations
    .filter(({ id }) => /^nis2\.21\.2\.[a-j]$/.test(id))
    .map(({ id, title }) => ({
      id,
      name: `(${id.slice(-1)}) ${title}`,
      controls: new Set(controls.filter((control) => control.obligations.includes(id)).map((control) => control.id)),
    }));
  return measures;
}

async function draw(context: QueryContext, asked: Asked): Promise<{ answer: HeatmapAnswer; tag: `"${string}"` }> {
  const { view, board } = await boardOf(context, asked);
  const earlier = await earlierView(context, view, asked.compare);
  const { by, entity = null } = asked;
  const answer = remembered(board, `heatmap ${by} ${earlier?.key}`, (): HeatmapAnswer => {
    const axis = axisOf(by, board);
    const { cells, totals } = heatmapTable(board, axis, earlier && earlierScores(earlier, axis, board, view));
    return {
      asOf: view.asOf,
      method: board.method.id,
      by,
      comparedWith: earlier?.month ?? null,
      rows: axis.rows.map(({ id, name }) => ({ id, name })),
      columns: board.entities.map(({ id, name, sector, country, classification }) => ({
        id,
        name,
        sector,
        country,
        classification,
      })),
      cells: cells.map(answerCell),
      totals: totals.map(answerCell),
    };
  });
  return { answer, tag: tagOf(view.key, earlier?.key, by, entity, context.authority.entityIds) };
}

/** The earlier scores of the same entities; those of a whole organisation are kept with the frozen month. */
function earlierScores(earlier: BoardView, axis: HeatmapAxis, board: Scoreboard, view: BoardView): EarlierScores {
  const question = `scores ${axis.by} ${axis.rows.map(({ id }) => id).join(' ')}`;
  if (board === view.board) return remembered(earlier.board, question, () => scoresOf(earlier.board, axis));
  const ids = board.entities.map(({ id }) => id);
  return scoresOf(within(earlier.board, ids), axis);
}

/** What is compared with: the month asked for, else the frozen month before. An auditor sees their frozen month alone. */
async function earlierView(context: QueryContext, view: BoardView, month?: string): Promise<BoardView | null> {
  if (context.authority.role === 'auditor') return null;
  return month === undefined ? viewBefore(context, view) : viewMonth(context, month);
}

/** A cell as the API gives it: points, levels and shares instead of basis points. */
export function answerCell({ row, column, cell, delta }: TableCell): HeatmapAnswerCell {
  if (cell.state !== 'scored') return { row, column, state: cell.state, ...NO_NUMBERS };
  return {
    row,
    column,
    state: 'scored',
    proven: toPoints(cell.proven),
    claimed: toPoints(cell.claimed),
    open: toPoints(cell.open),
    maturity: cell.maturityHundredths / 100,
    level: cell.level,
    coverage: cell.coverage / 10_000,
    stale: cell.stale,
    capped: cell.capped,
    delta: delta === null ? null : Math.trunc(delta / 10) / 10,
  };
}

const NO_NUMBERS = {
  proven: null,
  claimed: null,
  open: null,
  maturity: null,
  level: null,
  coverage: null,
  stale: false,
  capped: false,
  delta: null,
} as const;

const CSV_HEADER = [
  'row',
  'row_name',
  'entity',
  'entity_name',
  'country',
  'sector',
  'classification',
  'as_of',
  'method',
  'state',
  'proven',
  'claimed',
  'open',
  'maturity',
  'level',
  'coverage',
  'stale',
  'capped',
  'delta',
  'compared_with',
];

/** Cells and totals as records; a total has `*` for the row or the entity it goes over. */
function* records({ rows, columns, cells, totals, asOf, method, comparedWith }: HeatmapAnswer): Generator<CsvValue[]> {
  const rowNames = new Map(rows.map((row) => [row.id, row.name]));
  const entities = new Map(columns.map((column) => [column.id, column]));
  for (const { row, column, state, ...numbers } of [...cells, ...totals]) {
    const entity = entities.get(column);
    const { proven, claimed, open, maturity, level, coverage, stale, capped, delta } = numbers;
    yield [
      row,
      rowNames.get(row) ?? TOTAL,
      column,
      entity?.name ?? TOTAL,
      entity?.country ?? null,
      entity?.sector ?? null,
      entity?.classification ?? null,
      asOf,
      method,
      state,
      proven,
      claimed,
      open,
      maturity,
      level,
      coverage,
      stale,
      capped,
      delta,
      comparedWith,
    ];
  }
}
