import { sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import { freshnessOn } from '@/lib/domain/evidence/freshness';
import { isoDate } from '@/lib/domain/score/calendar';
import { evaluateCell } from '@/lib/domain/score/cell';
import type { ControlEvaluation } from '@/lib/domain/score/control';
import { evidenceValidityDays } from '@/lib/domain/score/entity-input';
import { explainEntityGap, explainGap, explainGroupGap, type ExplanationLine } from '@/lib/domain/score/explain';
import { evaluateGroup } from '@/lib/domain/score/group';
import { cellOf, type Figure, figureOfControls, figureOfEntity, figureOfGroup } from '@/lib/domain/score/heatmap';
import type { Strength } from '@/lib/domain/score/method';
import { type GroupStep, nextSteps, nextStepsOfGroup } from '@/lib/domain/score/next-steps';
import { toPoints } from '@/lib/domain/score/points';
import { toBasisPoints } from '@/lib/domain/score/units';
import { type HeatmapAxis, type HeatmapRow, partsAt, TOTAL } from '@/lib/domain/scoreboard/heatmap-table';
import type { Scoreboard, ScoredEntity } from '@/lib/domain/scoreboard/scoreboard';
import { notFound } from '@/lib/kernel/errors';
import { defineQuery, type QueryContext } from '@/lib/kernel/operation';
import { answerCell, axisOf, boardOf } from '../heatmap/queries';
import { describeSteps, entityOf, linesOf, namesIn } from '../readiness/queries';
import type { BoardView } from '../scoreboards/schema';
import { boardRules } from '../scores/queries';
import { type CellEvidence, GetHeatmapCell, type HeatmapCellControl, type HeatmapCellDetail } from './schema';

/** What is shown of a cell before it is worded. */
type Story = {
  figure: Figure;
  explanation: ExplanationLine[];
  /** Controls of one entity; empty for a total over entities. */
  controls: readonly ControlEvaluation[];
  step: GroupStep | null;
};

export const getHeatmapCell = defineQuery({
  name: 'getHeatmapCell',
  summary:
    'Why a cell of the heatmap shows its number: what it lacks, its controls with evidence and owner, the next step.',
  permission: 'evidence:read',
  input: GetHeatmapCell,
  http: { method: 'GET', path: '/heatmap/cell' },
  async run(context, { row: rowId, column, ...asked }): Promise<HeatmapCellDetail> {
    const { view, board } = await boardOf(context, asked);
    const axis = axisOf(asked.by, board);
    const row = rowId === TOTAL ? null : axis.rows.find((one) => one.id === rowId);
    if (row === undefined) throw notFound('row');
    const entity = column === TOTAL ? null : entityOf(board, column);
    const story = entity ? storyOfEntity(entity, axis, row, board) : storyOfGroup(board, axis, row);
    const {
      row: _row,
      column: _column,
      delta: _delta,
      ...numbers
    } = answerCell({
      row: rowId,
      column,
      cell: cellOf(story.figure, board.method),
      delta: null,
    });
    const [nextStep = null] = await describeSteps(context, board, story.step ? [story.step] : []);
    return {
      ...numbers,
      row: { id: rowId, name: row?.name ?? TOTAL },
      column: entity ? columnOf(entity) : { id: TOTAL, name: TOTAL },
      asOf: view.asOf,
      method: board.method.id,
      explanation: linesOf(story.explanation, namesIn(board)),
      controls: entity ? await describeControls(context, view, entity, story) : [],
      nextStep,
    };
  },
});

function storyOfEntity(entity: ScoredEntity, axis: HeatmapAxis, row: HeatmapRow | null, board: Scoreboard): Story {
  const { evaluation, id } = entity;
  if (row === null || axis.by === 'sector') {
    const figure = partsAt(board, axis, row?.id ?? TOTAL, id)[0]?.figure ?? figureOfEntity(evaluation);
    if (figure.state === 'not-applicable') return { figure, explanation: [], controls: [], step: null };
    const [step = null] = nextSteps(evaluation, 1);
    return {
      figure,
      explanation: explainEntityGap(evaluation),
      controls: evaluation.controls,
      step: step && { ...step, entityId: id, entityGain: step.gain },
    };
  }
  const controls = evaluation.controls.filter((control) =>
    axis.by === 'layer' ? control.layer === row.id : row.controls?.has(control.id),
  );
  const inside = new Set(controls.map((control) => control.id));
  const cell = evaluateCell(controls, board.method);
  const step = nextSteps(evaluation, Number.MAX_SAFE_INTEGER).find(
    (one) => 'controlId' in one && inside.has(one.controlId),
  );
  return {
    figure: figureOfControls(cell),
    explanation: explainGap(cell, controls),
    controls,
    step: step ? { ...step, entityId: id, entityGain: step.gain } : null,
  };
}

function storyOfGroup(board: Scoreboard, axis: HeatmapAxis, row: HeatmapRow | null): Story {
  const parts = partsAt(board, axis, row?.id ?? TOTAL, TOTAL);
  const evaluations = board.entities.map((entity) => entity.evaluation);
  const [step = null] = row === null ? nextStepsOfGroup(evaluateGroup(evaluations, board.method), 1) : [];
  return {
    figure: figureOfGroup(parts, board.method),
    explanation: explainGroupGap(parts, board.method),
    controls: [],
    step,
  };
}

type ControlRow = {
  control: string;
  assessment: string;
  owner: string | null;
  accountable: string | null;
  dueOn: string | null;
  evidence: {
    id: string;
    title: string;
    type: string;
    strength: Strength;
    collectedOn: string;
    collectedDay: number;
    validUntil: string | null;
    validUntilDay: number | null;
  }[];
};

/** The controls of a cell with their people and evidence, most costly first. A frozen month shows the evidence it froze. */
async function describeControls(
  { db, organisationId }: QueryContext,
  view: BoardView,
  { id: entityId, evaluation }: ScoredEntity,
  { controls, explanation }: Story,
): Promise<HeatmapCellControl[]> {
  const counts =
    view.month === null
      ? sql`v.state = 'accepted'`
      : sql`v.id = any(${sql.param(frozenEvidence(evaluation, controls))}::uuid[])`;
  const { rows } = await db.execute<ControlRow>(sql`
    select a.control_id as control, a.id as assessment, o.name as owner, p.name as accountable, a.due_on as "dueOn",
      coalesce((select json_agg(distinct jsonb_build_object('id', v.id, 'title', v.title, 'type', v.type, 'strength', v.strength,
          'collectedOn', v.collected_on, 'collectedDay', v.collected_on - date '1970-01-01', 'validUntil', v.valid_until, 'validUntilDay', v.valid_until - date '1970-01-01'))
        from assessment s join evidence_link l on l.org_id = s.org_id and l.assessment_id = s.id
        join evidence v on v.org_id = l.org_id and v.id = l.evidence_id
        where s.org_id = a.org_id and s.entity_id = a.entity_id and s.control_id = a.control_id and ${counts}), '[]') as evidence
    from assessment a
    left join person o on o.org_id = a.org_id and o.id = a.owner_id
    left join raci r on r.org_id = a.org_id and r.entity_id = a.entity_id and r.control_id = a.control_id and r.part = 'A'
    left join person p on p.org_id = r.org_id and p.id = r.person_id
    where a.org_id = ${organisationId} and a.entity_id = ${entityId} and a.unit_id is null
      and a.control_id = any(${sql.param(controls.map(({ id }) => id))}::text[])`);
  const stored = new Map(rows.map((row) => [row.control, row]));
  const costs = new Map<string, number>();
  for (const { id, basisPoints } of explanation) costs.set(id, (costs.get(id) ?? 0) - basisPoints);
  return controls
    .map((control) => controlOf(control, stored.get(control.id), costs.get(control.id) ?? 0, view.board.day))
    .toSorted((a, b) => b.cost - a.cost || (a.id < b.id ? -1 : 1));
}

function controlOf(
  control: ControlEvaluation,
  row: ControlRow | undefined,
  cost: number,
  day: number,
): HeatmapCellControl {
  const { id } = control;
  const { title = id } = catalogue().controlById.get(id) ?? {};
  const state = !control.counted ? 'not-applicable' : control.answered === 0 ? 'not-assessed' : 'scored';
  const evidence = (row?.evidence ?? [])
    .map((item) => evidenceOf(item, id, day))
    .toSorted((a, b) => b.worth - a.worth || (a.item.collectedOn < b.item.collectedOn ? 1 : -1))
    .map(({ item }) => item);
  return {
    id,
    title,
    isKey: control.key,
    weight: control.weight,
    state,
    proven: state === 'scored' ? toPoints(toBasisPoints(control.proven)) : null,
    claimed: state === 'scored' ? toPoints(toBasisPoints(control.claimed)) : null,
    cost: Math.round(cost / 10) / 10,
    assessment: row?.assessment ?? null,
    owner: row?.owner ?? null,
    accountable: row?.accountable ?? null,
    dueOn: row?.dueOn ?? null,
    stale: control.stale,
    evidence: evidence[0] ?? null,
    allEvidence: evidence,
    href: `/controls/${id}${row ? `?assessment=${row.assessment}` : ''}`,
  };
}

function evidenceOf(
  row: ControlRow['evidence'][number],
  controlId: string,
  day: number,
): { item: CellEvidence; worth: number } {
  const rules = boardRules();
  const control = catalogue().controlById.get(controlId) ?? { evidence: [] };
  const validityDays = evidenceValidityDays(row.type, control, rules);
  const { collectedDay, validUntilDay } = row;
  const { state, factor, daysLeft } = freshnessOn({ collectedDay, validityDays, validUntilDay }, day);
  const { id, title, type, strength, collectedOn, validUntil } = row;
  return {
    worth: rules.method.strengths[strength] * factor,
    item: {
      id,
      title,
      type,
      strength,
      collectedOn,
      validUntil,
      validityDays,
      today: isoDate(day),
      freshness: state,
      daysLeft,
      href: `/evidence/${id}`,
    },
  };
}

function frozenEvidence({ input }: ScoredEntity['evaluation'], controls: readonly ControlEvaluation[]): string[] {
  const wanted = new Set(controls.map((control) => control.id));
  return input.controls
    .filter((control) => wanted.has(control.id))
    .flatMap((control) => [control, ...(control.units ?? [])])
    .flatMap((assessment) => assessment.evidence.flatMap((item) => item.id ?? []));
}

function columnOf({ id, name, sector, country, classification }: ScoredEntity) {
  return { id, name, sector, country, classification };
}
