import { sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import { assessment, assessmentChange } from '@/db/schema/assessments';
import { requireOtherPerson } from '@/lib/kernel/authorise';
import { conflict, invalid, notFound, stale } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { type CommandContext, defineCommand } from '@/lib/kernel/operation';
import { applicabilityNow, requireAssessments } from './queries';
import {
  AssignAssessments,
  DecideExclusion,
  ProposeExclusion,
  UpdateAssessment,
  VersionedAssessmentRef,
} from './schema';

type Stored = {
  id: string;
  entityId: string;
  controlId: string;
  version: number;
  documentation: number | null;
  implementation: number | null;
  target: number | null;
  note: string | null;
  ownerId: string | null;
  dueOn: string | null;
  applicability: 'applicable' | 'exclusion-proposed' | 'excluded';
  exclusionReason: string | null;
  exclusionProposedBy: string | null;
};

type Changes = Partial<typeof assessment.$inferInsert>;

export const updateAssessment = defineCommand({
  name: 'updateAssessment',
  summary: 'Sets marks, target, note, owner or due date of one assessment. Each change is kept.',
  permission: 'assessment:write',
  input: UpdateAssessment,
  http: { method: 'PATCH', path: '/assessments/{id}' },
  async run(context, { id, version, ...changes }): Promise<{ id: string; version: number }> {
    if (Object.keys(changes).length === 0) throw invalid('body', 'assessment.nothingToChange');
    await requireAssessments(context, [id]);
    const before = await lock(context, id, version);
    if (before.applicability === 'excluded') throw conflict('assessment.excluded');
    if (changes.ownerId) await requirePerson(context, 'ownerId', changes.ownerId);
    const marked = changes.documentation !== undefined || changes.implementation !== undefined;
    return store(
      context,
      before,
      { ...changes, ...(marked && { assessedAt: context.now, assessedBy: context.actor.id }) },
      'assessment.changed',
    );
  },
});

export const assignAssessments = defineCommand({
  name: 'assignAssessments',
  summary: 'Gives many assessments one owner, one due date, or both.',
  permission: 'assessment:write',
  input: AssignAssessments,
  http: { method: 'POST', path: '/assessments/assign' },
  async run(context, { ids, ownerId, dueOn }): Promise<{ changed: number }> {
    if (ownerId === undefined && dueOn === undefined) throw invalid('ownerId', 'assessment.ownerOrDate');
    await requireAssessments(context, ids);
    if (ownerId) await requirePerson(context, 'ownerId', ownerId);
    for (const id of new Set(ids)) {
      const before = await lock(context, id);
      await store(
        context,
        before,
        { ...(ownerId !== undefined && { ownerId }), ...(dueOn !== undefined && { dueOn }) },
        'assessment.assigned',
      );
    }
    return { changed: new Set(ids).size };
  },
});

export const proposeExclusion = defineCommand({
  name: 'proposeExclusion',
  summary: 'Proposes that a control does not apply here; a second person decides.',
  permission: 'assessment:exclude',
  input: ProposeExclusion,
  http: { method: 'POST', path: '/assessments/{id}/exclusion' },
  async run(context, { id, version, reason }): Promise<{ id: string; version: number }> {
    await requireAssessments(context, [id]);
    const before = await lock(context, id, version);
    if (catalogue().controlById.get(before.controlId)?.key_control) throw conflict('assessment.keyControl');
    if (before.applicability !== 'applicable') throw conflict('assessment.excludedAlready');
    const changes = {
      ...withoutExclusion,
      applicability: 'exclusion-proposed',
      exclusionReason: reason,
      exclusionProposedBy: context.actor.id,
    } as const;
    return store(context, before, changes, 'exclusion.proposed');
  },
});

export const decideExclusion = defineCommand({
  name: 'decideExclusion',
  summary: 'Approves or refuses a proposed exclusion; it then holds for twelve months.',
  permission: 'assessment:approve-exclusion',
  input: DecideExclusion,
  http: { method: 'POST', path: '/assessments/{id}/exclusion/decision' },
  async run(context, { id, version, approve, comment }): Promise<{ id: string; version: number }> {
    await requireAssessments(context, [id]);
    const before = await lock(context, id, version);
    if (before.applicability !== 'exclusion-proposed') throw conflict('assessment.nothingToDecide');
    requireOtherPerson(context.actor, context.authority, before.exclusionProposedBy);
    const changes: Changes = approve
      ? { applicability: 'excluded', exclusionApprovedBy: context.actor.id, exclusionUntil: yearAfter(context.now) }
      : { ...withoutExclusion, note: comment ?? before.note };
    return store(context, before, changes, approve ? 'exclusion.approved' : 'exclusion.refused');
  },
});

export const endExclusion = defineCommand({
  name: 'endExclusion',
  summary: 'Makes a control applicable again.',
  permission: 'assessment:exclude',
  input: VersionedAssessmentRef,
  http: { method: 'DELETE', path: '/assessments/{id}/exclusion' },
  async run(context, { id, version }): Promise<{ id: string; version: number }> {
    await requireAssessments(context, [id]);
    const before = await lock(context, id, version);
    if (before.applicability === 'applicable') throw conflict('assessment.appliesAlready');
    return store(context, before, withoutExclusion, 'exclusion.ended');
  },
});

const withoutExclusion = {
  applicability: 'applicable',
  exclusionReason: null,
  exclusionProposedBy: null,
  exclusionApprovedBy: null,
  exclusionUntil: null,
} as const;

/** Writes the row, keeps the fields that changed as history, and records the event. */
async function store(
  context: CommandContext,
  before: Stored,
  changes: Changes,
  verb: `${string}.${string}`,
): Promise<{ id: string; version: number }> {
  const { db, organisationId, actor, now } = context;
  const version = before.version + 1;
  await db
    .update(assessment)
    .set({ ...changes, version, updatedAt: now })
    .where(sql`org_id = ${organisationId} and id = ${before.id}`);
  const fields = Object.keys(changes).filter((field) => field in before) as (keyof Stored)[];
  const pick = (source: Record<string, unknown>) =>
    Object.fromEntries(fields.map((field) => [field, source[field] ?? null]));
  await db.insert(assessmentChange).values({
    orgId: organisationId,
    id: newId(),
    assessmentId: before.id,
    at: now,
    changedBy: actor.kind === 'user' ? actor.id : null,
    before: pick(before),
    after: pick(changes),
  });
  context.record({
    verb,
    object: { kind: 'assessment', id: before.id, entityId: before.entityId },
    before: pick(before),
    after: pick(changes),
    detail: { control: before.controlId, fields },
  });
  return { id: before.id, version };
}

async function lock({ db, organisationId }: CommandContext, id: string, version?: number): Promise<Stored> {
  const { rows } = await db.execute<Stored>(sql`
    select id, entity_id as "entityId", control_id as "controlId", version, documentation, implementation, target, note, owner_id as "ownerId",
      due_on as "dueOn", ${applicabilityNow} as applicability, exclusion_reason as "exclusionReason", exclusion_proposed_by as "exclusionProposedBy"
    from assessment a where org_id = ${organisationId} and id = ${id} for update`);
  const row = rows[0];
  if (!row) throw notFound('assessment');
  if (version !== undefined && row.version !== version) throw stale('assessment');
  return row;
}

async function requirePerson({ db, organisationId }: CommandContext, field: string, id: string): Promise<void> {
  const { rows } = await db.execute(
    sql`select 1 from person where org_id = ${organisationId} and id = ${id} and not is_disabled`,
  );
  if (rows.length === 0) throw invalid(field, 'person.unknown');
}

/** The last day an exclusion holds: twelve months on (scoring.json, not_applicable). */
function yearAfter(now: Date): string {
  const day = new Date(now);
  day.setUTCFullYear(day.getUTCFullYear() + 1);
  return day.toISOString().slice(0, 10);
}
