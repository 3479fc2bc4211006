import type { HeatmapCell } from './model';
import type { PrintContext } from './print-context';

/** Annex A: every entity with its seven layers, as numbers, words and the facts a cell is drawn from. */
export function printHeatmap(context: PrintContext) {
  const { model, texts } = context;
  return {
    heading: texts.headings.annexHeatmap,
    intro: texts.sentences.heatmapIntro,
    layers: model.layers.map(({ layer }) => ({ id: layer, short: texts.layersShort[layer] ?? layer })),
    words: [0, 1, 2, 3, 4, 5].map((band) => `${band} ${texts.levels[band]}`),
    rows: [
      groupRow(context),
      ...model.heatmap.map((row) => ({
        group: false,
        name: row.name,
        note: `${row.country} · ${row.classification}`,
        total: printCell(row.whole, context),
        cells: row.cells.map((cell) => printCell(cell, context)),
      })),
    ],
  };
}

function groupRow(context: PrintContext) {
  const { headline, layers, about } = context.model;
  const cell = { isStale: false, isCapped: false, state: 'scored' as const };
  return {
    group: true,
    name: about.organisation,
    note: '',
    total: printCell({ ...cell, layer: null, ...headline, deltaBp: null }, context),
    cells: layers.map((line) =>
      printCell({ ...cell, ...line, state: line.floorBp === null ? 'not-applicable' : 'scored' }, context),
    ),
  };
}

function printCell(cell: HeatmapCell, { texts, format }: PrintContext) {
  if (cell.state !== 'scored') return { state: cell.state };
  const arrow =
    cell.deltaBp === null ? '' : `${cell.deltaBp > 0 ? '↑' : '↓'}${Math.round(Math.abs(cell.deltaBp) / 100)}`;
  return {
    state: cell.state,
    level: cell.band,
    label: format.score(cell.provenBp),
    word: texts.levels[cell.band] ?? '',
    delta: arrow,
    proven: cell.provenBp,
    claimed: cell.claimedBp,
    stale: cell.isStale,
    capped: cell.isCapped,
  };
}
