import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import { type ExplanationLine, explainEntity, explainGroup } from '@/lib/domain/score/explain';
import { forecastEntity, forecastGroup } from '@/lib/domain/score/forecast';
import { evaluateGroup, groupScore } from '@/lib/domain/score/group';
import type { Reason } from '@/lib/domain/score/input';
import { type GroupStep, nextSteps, nextStepsOfGroup } from '@/lib/domain/score/next-steps';
import { toPoints } from '@/lib/domain/score/points';
import { entityScore } from '@/lib/domain/score/result';
import { type Scoreboard, type ScoredEntity, within } from '@/lib/domain/scoreboard/scoreboard';
import { lineText, type Names, reasonText, stepText, subjectName } from '@/lib/domain/scoreboard/words';
import { Tagged } from '@/lib/kernel/answer';
import { notFound } from '@/lib/kernel/errors';
import { defineQuery, type QueryContext } from '@/lib/kernel/operation';
import { viewBoard } from '../scoreboards/queries';
import {
  GetReadiness,
  type ReadinessAnswer,
  type ReadinessCap,
  type ReadinessLine,
  type ReadinessStep,
} from './schema';

const STEPS = 5;

export const getReadiness = defineQuery({
  name: 'getReadiness',
  summary: 'The readiness score of an entity or of the group, explained line by line, with next steps and forecast.',
  permission: 'score:read',
  input: GetReadiness,
  http: { method: 'GET', path: '/readiness' },
  async run(context, { entity: entityId, asOf }): Promise<Tagged<ReadinessAnswer>> {
    const view = await viewBoard(context, asOf);
    const board = within(view.board, context.authority.entityIds);
    const subject = entityId === undefined ? null : entityOf(board, entityId);
    const { steps, ...figures } = remembered(board, `readiness ${entityId ?? ''}`, () =>
      subject ? ofEntity(subject, board) : ofGroup(board),
    );
    const value: ReadinessAnswer = {
      method: board.method.id,
      asOf: view.asOf,
      entity: subject && { id: subject.id, name: subject.name },
      ...figures,
      nextSteps: await describeSteps(context, board, steps),
    };
    return new Tagged(value, tagOf(view.key, value.nextSteps, entityId, context.authority.entityIds));
  },
});

type Figures = Omit<ReadinessAnswer, 'method' | 'asOf' | 'entity' | 'nextSteps'> & { steps: GroupStep[] };

function ofEntity(entity: ScoredEntity, board: Scoreboard): Figures {
  const { evaluation } = entity;
  const score = entityScore(evaluation);
  const names = namesIn(board);
  return {
    ...sharesOf(score),
    weakest: partOf(score.weakestLayerId, names),
    layers: score.layers.map((layer) => {
      const applies = layer.state !== 'not-applicable';
      const points = (basisPoints: number | null) => (applies && basisPoints !== null ? toPoints(basisPoints) : null);
      return {
        id: layer.id,
        name: names.part(layer.id),
        state: layer.state,
        score: points(layer.score),
        claimed: points(layer.claimed),
        open: points(layer.open),
        base: points(layer.base),
        floor: points(layer.floor),
        maturity: applies ? layer.maturityHundredths / 100 : null,
        coverage: applies ? layer.coverage / 10_000 : null,
        stale: layer.stale,
        capped: layer.cappedByKey,
        weakest: layer.keyControlId,
        notApplicableShare: layer.notApplicableShare / 10_000,
        notApplicableFlag: layer.notApplicableFlag,
      };
    }),
    caps: capsOf([entity]),
    explanation: linesOf(explainEntity(evaluation), names),
    forecast: forecastEntity(evaluation).map(({ days, proven }) => ({ days, proven: toPoints(proven) })),
    steps: nextSteps(evaluation, STEPS).map((step) => ({ ...step, entityId: entity.id, entityGain: step.gain })),
  };
}

function ofGroup(board: Scoreboard): Figures {
  const group = evaluateGroup(
    board.entities.map((entity) => entity.evaluation),
    board.method,
  );
  const score = groupScore(group);
  const names = namesIn(board);
  return {
    ...sharesOf(score),
    weakest: partOf(score.weakestEntityId, names),
    layers: score.layers.map((layer, index) => {
      const applies = layer.floor !== null;
      const points = (basisPoints: number) => (applies ? toPoints(basisPoints) : null);
      const cells = board.entities.map((entity) => entity.evaluation.layers[index]);
      const isAssessed = cells.some((cell) => cell?.state === 'scored');
      return {
        id: layer.id,
        name: names.part(layer.id),
        state: applies ? (isAssessed ? 'scored' : 'not-assessed') : 'not-applicable',
        score: points(layer.score),
        claimed: points(layer.claimed),
        open: points(layer.open),
        base: points(layer.base),
        floor: layer.floor === null ? null : toPoints(layer.floor),
        maturity: applies ? layer.maturityHundredths / 100 : null,
        coverage: null,
        stale: cells.some((cell) => cell?.stale),
        capped: layer.score < layer.base,
        weakest: group.layers[index]?.proven.weakestId ?? null,
        notApplicableShare: null,
        notApplicableFlag: false,
      };
    }),
    caps: capsOf(board.entities),
    explanation: linesOf(explainGroup(group), names),
    forecast: forecastGroup(group).map(({ days, proven }) => ({ days, proven: toPoints(proven) })),
    steps: nextStepsOfGroup(group, STEPS),
  };
}

const answers = new WeakMap<Scoreboard, Map<string, unknown>>();

/** What was made from a board before, kept as long as the board itself. */
export function remembered<T>(board: Scoreboard, question: string, make: () => T): T {
  const known = answers.get(board) ?? new Map<string, unknown>();
  answers.set(board, known);
  if (!known.has(question)) known.set(question, make());
  return known.get(question) as T;
}

/** The entity of a board, or 404: outside the organisation and outside the actor's reach look the same. */
export function entityOf(board: Scoreboard, id: string): ScoredEntity {
  const entity = board.entities.find((one) => one.id === id);
  if (!entity) throw notFound('entity');
  return entity;
}

/** Names of controls, layers and entities, in the catalogue's words. */
export function namesIn(board: Scoreboard): Names {
  const { controlById, layers } = catalogue();
  const parts = new Map([...layers, ...board.entities].map(({ id, name }) => [id, name]));
  return { control: (id) => controlById.get(id)?.title ?? id, part: (id) => parts.get(id) ?? id };
}

/** Lines of an explanation with their words. */
export function linesOf(lines: readonly ExplanationLine[], names: Names): ReadinessLine[] {
  return lines.map((line) => ({ label: lineText(line, names), ...line, name: subjectName(line, names) }));
}

/** Next steps with the words and addresses to carry them out; one statement for all of them. */
export async function describeSteps(
  { db, organisationId }: QueryContext,
  board: Scoreboard,
  steps: readonly GroupStep[],
): Promise<ReadinessStep[]> {
  const wanted = steps.flatMap((step) =>
    step.kind === 'cap' ? [] : [{ entity: step.entityId, control: step.controlId, unit: step.unitId }],
  );
  const { rows } =
    wanted.length === 0
      ? { rows: [] }
      : await db.execute<{
          id: string;
          entity: string;
          control: string;
          unitId: string | null;
          unit: string | null;
        }>(sql`
    select a.id, a.entity_id as entity, a.control_id as control, a.unit_id as "unitId", u.name as unit
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (entity uuid, control text, unit uuid)
    join assessment a on a.org_id = ${organisationId} and a.entity_id = w.entity and a.control_id = w.control and a.unit_id is not distinct from w.unit
    left join unit u on u.org_id = a.org_id and u.id = a.unit_id`);
  const found = new Map(rows.map((row) => [`${row.entity} ${row.control} ${row.unitId}`, row]));
  const names = namesIn(board);
  return steps.map((step): ReadinessStep => {
    const shared = {
      label: stepText(step, names),
      entityId: step.entityId,
      entity: names.part(step.entityId),
      ...gainsOf(step),
    };
    if (step.kind === 'cap') {
      const control = catalogue().scoring.hard_caps.find((cap) => cap.id === step.capId)?.controls[0];
      return {
        ...shared,
        kind: 'cap',
        id: step.capId,
        name: step.capId,
        unit: null,
        to: null,
        strength: null,
        href: `/controls/${control ?? ''}`,
      };
    }
    const row = found.get(`${step.entityId} ${step.controlId} ${step.unitId}`);
    return {
      ...shared,
      kind: step.kind,
      id: step.controlId,
      name: names.control(step.controlId),
      unit: row?.unit ?? null,
      to: 'to' in step ? step.to : null,
      strength: 'to' in step ? null : step.strength,
      href: `/controls/${step.controlId}${row ? `?assessment=${row.id}` : ''}`,
    };
  });
}

/** A validator for an answer that is made of a state of the scores and of what was asked. */
export function tagOf(...parts: readonly unknown[]): `"${string}"` {
  return `"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 27)}"`;
}

function sharesOf(score: {
  proven: number;
  claimed: number;
  open: number;
  level: number;
  coverage: number;
  evidenceCoverage: number;
  independentShare: number;
}) {
  return {
    proven: toPoints(score.proven),
    claimed: toPoints(score.claimed),
    open: toPoints(score.open),
    level: score.level,
    coverage: score.coverage / 10_000,
    evidenceCoverage: score.evidenceCoverage / 10_000,
    independentShare: score.independentShare / 10_000,
  };
}

function partOf(id: string | null, names: Names) {
  return id === null ? null : { id, name: names.part(id) };
}

/** Open caps, one line a cap however many entities it holds, the lowest first. */
function capsOf(entities: readonly ScoredEntity[]): ReadinessCap[] {
  const open = new Map<string, { cap: number; at: { entity: ScoredEntity; reason: Reason }[] }>();
  for (const entity of entities) {
    for (const { id, cap, reason } of entity.evaluation.input.caps) {
      const known = open.get(id) ?? { cap, at: [] };
      known.at.push({ entity, reason });
      open.set(id, known);
    }
  }
  const caps = [...open].map(([id, { cap, at }]): ReadinessCap => {
    const [first] = at;
    const when = catalogue().scoring.hard_caps.find((one) => one.id === id)?.when ?? id;
    return {
      id,
      cap: toPoints(cap),
      reason: at.length === 1 && first ? reasonText(first.reason) : `${at.length} entities: ${when}.`,
      entities: at.map(({ entity, reason }) => ({
        id: entity.id,
        name: entity.name,
        reasonKey: reason.key,
        params: { ...reason.params },
      })),
    };
  });
  return caps.toSorted((one, other) => one.cap - other.cap || (one.id < other.id ? -1 : 1));
}

function gainsOf({ gain, meanGain }: GroupStep) {
  return { gain: Math.floor(gain / 10) / 10, meanGain: Math.floor(meanGain / 10) / 10 };
}
