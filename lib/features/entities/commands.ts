import { sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import { entity, unit } from '@/db/schema/entities';
import { conflict, forbidden, invalid, notFound, stale } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { type CommandContext, defineCommand } from '@/lib/kernel/operation';
import { classificationRules, classify, requireEntity } from './queries';
import {
  CreateEntity,
  CreateUnit,
  type EntityFacts,
  OverrideClassification,
  UnitRef,
  UpdateEntity,
  UpdateUnit,
  VersionedEntityRef,
} from './schema';

type Stored = {
  id: string;
  version: number;
  entityType: string | null;
  sector: string | null;
  subsector: string | null;
  facts: EntityFacts;
};

export const createEntity = defineCommand({
  name: 'createEntity',
  summary: 'Adds a legal entity or site, classifies it and opens its assessments.',
  permission: 'entity:write',
  input: CreateEntity,
  http: { method: 'POST', path: '/entities', status: 201 },
  async run(context, input): Promise<{ id: string; classification: string; version: number }> {
    if (context.authority.entityIds !== null) throw forbidden('right.singleEntities');
    requireKnownSector(input);
    const id = newId();
    const { outcome, rule } = classify(input.entityType, input.facts);
    await context.db
      .insert(entity)
      .values({ ...input, orgId: context.organisationId, id, classification: outcome, classificationRule: rule.id });
    await openAssessments(
      context,
      id,
      null,
      catalogue().controls.map((control) => control.id),
    );
    context.record({
      verb: 'entity.created',
      object: { kind: 'entity', id, entityId: id },
      after: input,
      detail: { classification: outcome, rule: rule.id },
    });
    return { id, classification: outcome, version: 1 };
  },
});

export const updateEntity = defineCommand({
  name: 'updateEntity',
  summary: 'Changes an entity; its class is computed again from the facts.',
  permission: 'entity:write',
  input: UpdateEntity,
  http: { method: 'PATCH', path: '/entities/{id}' },
  async run(context, { id, version, ...changes }): Promise<{ id: string; classification: string; version: number }> {
    const before = await lockEntity(context, id, version);
    const after = { ...before, ...changes };
    requireKnownSector(after);
    const { outcome, rule } = classify(after.entityType, after.facts);
    await context.db
      .update(entity)
      .set({ ...changes, classification: outcome, classificationRule: rule.id, version: version + 1 })
      .where(sql`org_id = ${context.organisationId} and id = ${id}`);
    context.record({
      verb: 'entity.changed',
      object: { kind: 'entity', id, entityId: id },
      before,
      after,
      detail: { fields: Object.keys(changes), classification: outcome, rule: rule.id },
    });
    return { id, classification: outcome, version: version + 1 };
  },
});

export const overrideClassification = defineCommand({
  name: 'overrideClassification',
  summary: 'Sets another class than the rules give, with the reason, or takes that back.',
  permission: 'entity:write',
  input: OverrideClassification,
  http: { method: 'PUT', path: '/entities/{id}/classification' },
  async run(context, { id, version, classification, reason }): Promise<{ id: string; version: number }> {
    if (classification !== null && !reason) throw invalid('reason', 'entity.reason');
    const before = await lockEntity(context, id, version);
    const isSet = classification !== null;
    await context.db
      .update(entity)
      .set({
        overrideClassification: classification,
        overrideReason: isSet ? reason! : null,
        overrideBy: isSet ? context.actor.id : null,
        overrideAt: isSet ? context.now : null,
        version: version + 1,
      })
      .where(sql`org_id = ${context.organisationId} and id = ${id}`);
    context.record({
      verb: 'entity.reclassified',
      object: { kind: 'entity', id, entityId: id },
      before,
      after: { classification, reason },
      detail: { classification },
    });
    return { id, version: version + 1 };
  },
});

export const archiveEntity = defineCommand({
  name: 'archiveEntity',
  summary: 'Takes an entity out of scores and lists; its history and evidence stay.',
  permission: 'entity:write',
  input: VersionedEntityRef,
  http: { method: 'POST', path: '/entities/{id}/archive' },
  run: (context, input) => setArchived(context, input, true),
});

export const restoreEntity = defineCommand({
  name: 'restoreEntity',
  summary: 'Brings an archived entity back.',
  permission: 'entity:write',
  input: VersionedEntityRef,
  http: { method: 'POST', path: '/entities/{id}/restore' },
  run: (context, input) => setArchived(context, input, false),
});

export const createUnit = defineCommand({
  name: 'createUnit',
  summary: 'Adds an essential service, AI system, agent or supplier that controls are assessed for.',
  permission: 'entity:write',
  input: CreateUnit,
  http: { method: 'POST', path: '/entities/{id}/units', status: 201 },
  async run(context, { id: entityId, ...input }): Promise<{ id: string; version: number }> {
    await requireEntity(context, entityId);
    requireAiFields(input.kind, input);
    const id = newId();
    await context.db.insert(unit).values({ ...input, orgId: context.organisationId, id, entityId });
    const controls = catalogue().controls.filter((control) => control.assessment_unit === input.kind);
    await openAssessments(
      context,
      entityId,
      id,
      controls.map((control) => control.id),
    );
    context.record({
      verb: 'unit.created',
      object: { kind: 'unit', id, entityId },
      after: input,
      detail: { kind: input.kind },
    });
    return { id, version: 1 };
  },
});

export const updateUnit = defineCommand({
  name: 'updateUnit',
  summary: 'Changes an assessment unit.',
  permission: 'entity:write',
  input: UpdateUnit,
  http: { method: 'PATCH', path: '/units/{id}' },
  async run(context, { id, version, ...changes }): Promise<{ id: string; version: number }> {
    const before = await lockUnit(context, id, version);
    requireAiFields(before.kind, changes);
    await context.db
      .update(unit)
      .set({ ...changes, version: version + 1 })
      .where(sql`org_id = ${context.organisationId} and id = ${id}`);
    context.record({
      verb: 'unit.changed',
      object: { kind: 'unit', id, entityId: before.entityId },
      before,
      after: changes,
      detail: { fields: Object.keys(changes) },
    });
    return { id, version: version + 1 };
  },
});

export const archiveUnit = defineCommand({
  name: 'archiveUnit',
  summary: 'Takes a unit out of the scores; its assessments and evidence stay.',
  permission: 'entity:write',
  input: UnitRef,
  http: { method: 'POST', path: '/units/{id}/archive' },
  async run(context, { id, version }): Promise<{ id: string; version: number }> {
    const before = await lockUnit(context, id, version);
    await context.db
      .update(unit)
      .set({ archivedAt: context.now, version: version + 1 })
      .where(sql`org_id = ${context.organisationId} and id = ${id}`);
    context.record({ verb: 'unit.archived', object: { kind: 'unit', id, entityId: before.entityId }, before });
    return { id, version: version + 1 };
  },
});

async function setArchived(
  context: CommandContext,
  { id, version }: { id: string; version: number },
  archived: boolean,
) {
  await lockEntity(context, id, version, !archived);
  await context.db
    .update(entity)
    .set({ archivedAt: archived ? context.now : null, version: version + 1 })
    .where(sql`org_id = ${context.organisationId} and id = ${id}`);
  context.record({
    verb: archived ? 'entity.archived' : 'entity.restored',
    object: { kind: 'entity', id, entityId: id },
  });
  return { id, version: version + 1 };
}

/** A blank assessment for each control: what nobody has looked at is visible as a row, and evidence can point at it. */
async function openAssessments(
  { db, organisationId }: CommandContext,
  entityId: string,
  unitId: string | null,
  controls: string[],
) {
  const rows = controls.map((control) => ({ id: newId(), control }));
  await db.execute(sql`
    insert into assessment (org_id, id, entity_id, control_id, unit_id)
    select ${organisationId}, r.id, ${entityId}, r.control, ${unitId}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, control text)`);
}

async function lockEntity(context: CommandContext, id: string, version: number, isArchived = false): Promise<Stored> {
  const { rows } = await context.db.execute<Stored & { archived: boolean }>(sql`
    select id, version, entity_type as "entityType", sector, subsector, facts, archived_at is not null as archived
    from entity where org_id = ${context.organisationId} and id = ${id} for update`);
  const row = rows[0];
  if (!row || (context.authority.entityIds !== null && !context.authority.entityIds.includes(id)))
    throw notFound('entity');
  if (row.version !== version) throw stale('entity');
  if (row.archived !== isArchived) throw conflict(isArchived ? 'entity.notArchived' : 'entity.archived');
  return row;
}

async function lockUnit(context: CommandContext, id: string, version: number) {
  const { rows } = await context.db.execute<{ entityId: string; kind: string; version: number; archived: boolean }>(sql`
    select entity_id as "entityId", kind, version, archived_at is not null as archived
    from unit where org_id = ${context.organisationId} and id = ${id} for update`);
  const row = rows[0];
  if (!row) throw notFound('unit');
  await requireEntity(context, row.entityId);
  if (row.version !== version) throw stale('unit');
  if (row.archived) throw conflict('entity.unitArchived');
  return row;
}

function requireAiFields(kind: string, { aiActClass }: { aiActClass?: string | null }): void {
  if (aiActClass && kind !== 'ai_system') throw invalid('aiActClass', 'entity.onlyAiSystems');
}

function requireKnownSector({
  sector,
  subsector,
  entityType,
}: {
  sector?: string | null;
  subsector?: string | null;
  entityType?: string | null;
}): void {
  const found = sector ? catalogue().sectors.find((one) => one.id === sector) : undefined;
  if (sector && !found) throw invalid('sector', 'entity.sector');
  const inner = subsector ? found?.subsectors.find((one) => one.id === subsector) : undefined;
  if (subsector && !inner) throw invalid('subsector', 'entity.subsector');
  if (entityType && !classificationRules().entityTypes.has(entityType)) throw invalid('entityType', 'entity.type');
}
