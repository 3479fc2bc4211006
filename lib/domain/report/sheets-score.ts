import { toPoints } from '../score/points';
import type { HeatmapCell, ReportModel } from './model';
import { column, toPointsOrNull, toSignedPoints, type ReportSheet } from './sheet';
import type { ReportTexts } from './texts';

/** The sheets of the score: summary, decisions, heatmap twice, months, costliest controls. */
export function scoreSheets(model: ReportModel, texts: ReportTexts): ReportSheet[] {
  return [
    summary(model, texts),
    decisions(model, texts),
    heatmap(model, texts),
    cells(model, texts),
    trend(model, texts),
    costliest(model, texts),
  ];
}

function summary({ about, headline, layers, change, confidence }: ReportModel, texts: ReportTexts): ReportSheet {
  const { words, basis, causes, columns } = texts;
  const points: [string, number][] = [
    [words.proven, headline.provenBp],
    [words.claimed, headline.claimedBp],
    [words.open, headline.openBp],
    ...layers.map((layer): [string, number] => [`${layer.layer} ${layer.name}`, layer.provenBp]),
    ...(change?.parts ?? []).map((part): [string, number] => [causes[part.cause].name, part.deltaBp]),
  ];
  const facts: [string, string | number][] = [
    [basis.organisation, about.organisation],
    [basis.month, about.month],
    [basis.asOf, `${about.asOf} ${about.zone}`],
    [basis.snapshot, about.snapshotId],
    [basis.digest, about.digest],
    ...(about.restates ? [[basis.restates, about.restates] satisfies [string, string]] : []),
    [basis.method, about.method],
    [basis.catalogue, about.catalogueVersion],
    [words.level, `${headline.level} ${texts.levels[headline.level] ?? ''}`],
  ];
  return {
    name: basis.sheetSummary,
    columns: [column(columns.fact, 'text', 44), column(columns.statement, 'text', 70), column(columns.points, 'score')],
    rows: [
      ...facts.map(([fact, value]) => [fact, value, null]),
      ...points.map(([fact, bp]) => [fact, null, toSignedPoints(bp)]),
      [headline.sentence, null, null],
      ...confidence.sentences.map((sentence) => [sentence, null, null]),
    ],
  };
}

function decisions(model: ReportModel, texts: ReportTexts): ReportSheet {
  const { decision, reason, options, owner, due, record } = texts.columns;
  return {
    name: texts.basis.sheetDecisions,
    columns: [
      column(decision, 'text', 50),
      column(reason, 'text', 50),
      column(options, 'text', 50),
      column(owner),
      column(due, 'day'),
      column(record, 'text', 38),
    ],
    rows: model.decisions.map((item) => [
      item.title,
      item.reason,
      item.options.map(({ label, cost }) => `${label}: ${cost ?? texts.words.notEstimated}`).join('\n'),
      item.owner ?? texts.words.noOwner,
      item.dueOn,
      item.ref.id,
    ]),
  };
}

/** Wide, as the eye wants it: one row for each entity, proven points by layer. */
function heatmap(model: ReportModel, texts: ReportTexts): ReportSheet {
  const { entity, country, classification, record } = texts.columns;
  return {
    name: texts.basis.sheetHeatmap,
    columns: [
      column(entity, 'text', 44),
      column(country, 'text', 9),
      column(classification, 'text', 18),
      column(texts.words.total, 'score'),
      ...model.layers.map(({ layer }) => column(`${layer} ${texts.layersShort[layer] ?? ''}`, 'score', 15)),
      column(record, 'text', 38),
    ],
    rows: model.heatmap.map((row) => [
      row.name,
      row.country,
      row.classification,
      provenOf(row.whole),
      ...row.cells.map(provenOf),
      row.entity,
    ]),
  };
}

/** Long, as a pivot table wants it: one row for each cell with all that is drawn in it. */
function cells(model: ReportModel, texts: ReportTexts): ReportSheet {
  const { columns, words } = texts;
  const states = {
    scored: words.assessed,
    'not-assessed': words.notAssessed,
    'not-applicable': words.notApplicable,
  };
  return {
    name: texts.basis.sheetCells,
    columns: [
      column(columns.entity, 'text', 44),
      column(columns.layer, 'text', 10),
      column(columns.state, 'text', 14),
      column(columns.proven, 'score'),
      column(columns.claimed, 'score'),
      column(columns.level, 'count', 8),
      column(columns.change, 'difference'),
      column(columns.stale, 'text', 10),
      column(columns.held, 'text', 10),
      column(columns.record, 'text', 38),
    ],
    rows: model.heatmap.flatMap((row) =>
      [row.whole, ...row.cells].map((cell) =>
        cell.state === 'scored'
          ? [
              row.name,
              cell.layer ?? words.total,
              states[cell.state],
              toPoints(cell.provenBp),
              toPoints(cell.claimedBp),
              cell.band,
              cell.deltaBp === null ? null : toSignedPoints(cell.deltaBp),
              cell.isStale ? words.yes : words.no,
              cell.isCapped ? words.yes : words.no,
              row.entity,
            ]
          : [row.name, cell.layer ?? words.total, states[cell.state], null, null, null, null, null, null, row.entity],
      ),
    ),
  };
}

function trend(model: ReportModel, texts: ReportTexts): ReportSheet {
  const { month, proven, claimed, method, record } = texts.columns;
  return {
    name: texts.basis.sheetTrend,
    columns: [
      column(month, 'text', 12),
      column(proven, 'score'),
      column(claimed, 'score'),
      column(method, 'text', 12),
      column(record, 'text', 38),
    ],
    rows: model.trend.map((point) => [
      point.month,
      toPointsOrNull(point.provenBp),
      toPointsOrNull(point.claimedBp),
      point.method,
      point.ref?.id ?? null,
    ]),
  };
}

function costliest(model: ReportModel, texts: ReportTexts): ReportSheet {
  const { number, control, layer, key, loss, entities, where, value } = texts.columns;
  return {
    name: texts.basis.sheetCostliest,
    columns: [
      column(number, 'text', 12),
      column(control, 'text', 60),
      column(layer, 'text', 10),
      column(key, 'text', 8),
      column(loss, 'difference'),
      column(entities, 'count'),
      column(where, 'text', 44),
      column(value, 'score'),
    ],
    rows: model.costliest.map((line) => [
      line.control,
      line.title,
      line.layer,
      line.isKey ? texts.words.yes : texts.words.no,
      toSignedPoints(-line.lossBp),
      line.entities,
      line.worstEntity,
      toPoints(line.worstValueBp),
    ]),
  };
}

function provenOf(cell: HeatmapCell): number | null {
  return cell.state === 'scored' ? toPoints(cell.provenBp) : null;
}
