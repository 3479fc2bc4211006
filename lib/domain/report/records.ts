import { toPoints } from '../score/points';
import type { HeatmapRow, ReportModel } from './model';
import { toSignedPoints } from './sheet';

/** One number of the report with all that says what it is; names of sections and measures are the same in every language. */
export interface ReportRecord {
  readonly section: string;
  readonly measure: string;
  readonly value: string | number | null;
  readonly unit: 'points' | 'percent' | 'count' | 'level' | 'day' | 'text';
  readonly entity: string | null;
  readonly layer: string | null;
  readonly control: string | null;
  readonly recordKind: string;
  readonly record: string;
}

/** The columns of the report's CSV, in this order. */
export const RECORD_COLUMNS = [
  'section',
  'measure',
  'value',
  'unit',
  'entity',
  'layer',
  'control',
  'recordKind',
  'record',
] as const satisfies readonly (keyof ReportRecord)[];

type Measured = Pick<ReportRecord, 'measure' | 'value' | 'unit'>;
type Place = Omit<ReportRecord, keyof Measured>;

/** The report as a list of single numbers, for programs that read CSV. */
export function* reportRecords(model: ReportModel): Generator<ReportRecord> {
  yield* headlineRecords(model);
  for (const row of model.heatmap) yield* rowRecords(row);
  yield* workRecords(model);
  yield* registerRecords(model);
}

function* headlineRecords({
  about,
  headline,
  change,
  layers,
  confidence,
  trend,
}: ReportModel): Generator<ReportRecord> {
  const snapshot = { recordKind: 'snapshot', record: about.snapshotId };
  const group = place({ section: 'group', ...snapshot });
  yield* measures(group, [
    points('proven', headline.provenBp),
    points('claimed', headline.claimedBp),
    points('open', headline.openBp),
    { measure: 'level', value: headline.level, unit: 'level' },
    percent('coverage', confidence.coverageBp),
    percent('evidence-coverage', confidence.evidenceCoverageBp),
    percent('independent', confidence.independentBp),
    percent('not-applicable', confidence.notApplicableBp),
    count('stale-evidence', confidence.staleEvidence),
  ]);
  const moved = place({ section: 'change', ...snapshot });
  for (const part of change?.parts ?? []) yield* measures(moved, [moveOf(part.cause, part.deltaBp)]);
  for (const line of layers) {
    const layer = place({ section: 'layer', layer: line.layer, ...snapshot });
    yield* measures(layer, [points('proven', line.provenBp), points('claimed', line.claimedBp)]);
  }
  for (const point of trend) {
    if (!point.ref) continue;
    const month = place({ section: `month ${point.month}`, recordKind: point.ref.kind, record: point.ref.id });
    yield* measures(month, [points('proven', point.provenBp), points('claimed', point.claimedBp)]);
  }
}

function* rowRecords(row: HeatmapRow): Generator<ReportRecord> {
  const entity = { section: 'heatmap', entity: row.name, recordKind: 'entity', record: row.entity };
  for (const cell of [row.whole, ...row.cells]) {
    const at = place({ ...entity, layer: cell.layer });
    yield* measures(
      at,
      cell.state === 'scored'
        ? [
            points('proven', cell.provenBp),
            points('claimed', cell.claimedBp),
            { measure: 'level', value: cell.band, unit: 'level' },
          ]
        : [{ measure: 'state', value: cell.state, unit: 'text' }],
    );
  }
}

function* workRecords({ costliest, overdue, renewals, caps, notApplicable }: ReportModel): Generator<ReportRecord> {
  for (const line of costliest) {
    const at = place({ section: 'loss', control: line.control, recordKind: 'control', record: line.control });
    yield* measures(at, [moveOf('loss', -line.lossBp), count('entities', line.entities)]);
  }
  for (const { items } of overdue) {
    for (const { entity, control, dueOn, ref } of items) {
      const at = place({ section: 'overdue', entity, control, recordKind: ref.kind, record: ref.id });
      yield* measures(at, [{ measure: 'due', value: dueOn, unit: 'day' }]);
    }
  }
  for (const { validUntil, ref } of renewals) {
    const at = place({ section: 'renewal', recordKind: ref.kind, record: ref.id });
    yield* measures(at, [{ measure: 'valid-until', value: validUntil, unit: 'day' }]);
  }
  for (const { id, entity, capBp, ref } of caps) {
    const at = place({ section: 'cap', entity, recordKind: ref.kind, record: ref.id });
    yield* measures(at, [points(id, capBp)]);
  }
  for (const { entity, control, until, ref } of notApplicable) {
    const at = place({ section: 'not-applicable', entity, control, recordKind: ref.kind, record: ref.id });
    yield* measures(at, [{ measure: 'review-on', value: until, unit: 'day' }]);
  }
}

function* registerRecords({
  duties,
  aiSystems,
  suppliers,
  gaps,
  about,
  decisions,
}: ReportModel): Generator<ReportRecord> {
  const snapshot = { recordKind: 'snapshot', record: about.snapshotId };
  for (const { duty, met, of, control } of duties) {
    const at = place({ section: 'duty', control, recordKind: 'control', record: control });
    yield* measures(at, [count(`${duty} met`, met), count(`${duty} owed`, of)]);
  }
  for (const { entity, expiresOn, ref } of aiSystems.dated) {
    const at = place({ section: 'ai-system', entity, recordKind: ref.kind, record: ref.id });
    yield* measures(at, [{ measure: 'expires-on', value: expiresOn, unit: 'day' }]);
  }
  for (const { entity, criticality, ref } of suppliers.unassessed) {
    const at = place({ section: 'supplier-unassessed', entity, recordKind: ref.kind, record: ref.id });
    yield* measures(at, [count('criticality', criticality)]);
  }
  for (const gap of gaps) yield* measures(place({ section: 'gap', ...snapshot }), [count(gap.kind, gap.count)]);
  for (const { dueOn, ref } of decisions) {
    const at = place({ section: 'decision', recordKind: ref.kind, record: ref.id });
    yield* measures(at, [{ measure: 'due', value: dueOn, unit: 'day' }]);
  }
}

function* measures(at: Place, measured: readonly Measured[]): Generator<ReportRecord> {
  for (const measure of measured) yield { ...at, ...measure };
}

function place(known: Partial<Place> & Pick<Place, 'section' | 'recordKind' | 'record'>): Place {
  return { entity: null, layer: null, control: null, ...known };
}

function points(measure: string, bp: number | null): Measured {
  return { measure, value: bp === null ? null : toPoints(bp), unit: 'points' };
}

function moveOf(measure: string, bp: number): Measured {
  return { measure, value: toSignedPoints(bp), unit: 'points' };
}

function percent(measure: string, bp: number): Measured {
  return { measure, value: bp / 100, unit: 'percent' };
}

function count(measure: string, value: number): Measured {
  return { measure, value, unit: 'count' };
}
