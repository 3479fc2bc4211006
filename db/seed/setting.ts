import { sql } from 'drizzle-orm';
import { catalogue, catalogueFile } from '@/db/catalogue';
import { inTransaction, type Transaction } from '@/db/client';
import { assessment, raci } from '@/db/schema/assessments';
import { entity, unit } from '@/db/schema/entities';
import { engagement, membership, membershipEntity, person, userAccount } from '@/db/schema/identity';
import { organisation } from '@/db/schema/platform';
import { hashPassword } from '@/lib/auth/password';
import { classifyEntity } from '@/lib/domain/classification/classify';
import { readClassificationRuleBook } from '@/lib/domain/classification/rule-book';
import { newId } from '@/lib/kernel/ids';
import type { SeedEntity, SeedOrganisation, SeedUnit } from './plan-types';
import { randomFrom } from './random';

export type SeededEntity = SeedEntity & { id: string; classification: string };
export type SeededUnit = SeedUnit & { id: string; entityId: string };
export type SeededAssessment = {
  id: string;
  entity: SeededEntity;
  unit: SeededUnit | null;
  controlId: string;
  layer: string;
  isKey: boolean;
  weight: number;
};

/** Everything the year is played with. */
export type Setting = {
  plan: SeedOrganisation;
  id: string;
  now: Date;
  people: ReadonlyMap<string, string>;
  /** Person who holds a catalogue function. */
  holders: ReadonlyMap<string, string>;
  entities: SeededEntity[];
  units: SeededUnit[];
  assessments: SeededAssessment[];
  engagementId: string;
};

const FACTS_ONLY_OURS = new Set(['uses_ai', 'uses_agents', 'uses_external_ai', 'uses_suppliers']);
const DAY_MS = 86_400_000;

/** The organisation as it was when the year began: people, entities, units and blank assessments. */
export async function makeSetting(
  plan: SeedOrganisation,
  passwords: ReadonlyMap<string, string>,
  now: Date,
): Promise<Setting> {
  const id = newId();
  const begin = monthsBefore(now, plan.months + 2);
  const hashes = new Map(
    await Promise.all([...passwords].map(async ([key, password]) => [key, await hashPassword(password)] as const)),
  );
  return inTransaction({ organisationId: id, access: 'write' }, async (tx) => {
    await tx.db
      .insert(organisation)
      .values({ id, name: plan.name, slug: plan.slug, isDemo: true, timeZone: plan.timeZone, createdAt: begin });
    const entities = await makeEntities(tx, id, plan, begin);
    const people = await makePeople(tx, id, plan, hashes, entities, now);
    const holders = new Map(
      plan.people.flatMap((one) => one.functions.map((name) => [name, people.get(one.key)!] as const)).toReversed(),
    );
    const units = await makeUnits(tx, id, plan, entities, holders, now, begin);
    const assessments = await makeAssessments(tx, id, entities, units, holders, now);
    await makeRaci(tx, id, entities, holders, begin);
    const engagementId = await makeEngagement(tx, id, people, entities, now);
    return { plan, id, now, people, holders, entities, units, assessments, engagementId };
  });
}

export function monthsBefore(date: Date, months: number): Date {
  const then = new Date(date);
  then.setUTCDate(1);
  then.setUTCMonth(then.getUTCMonth() - months);
  then.setUTCDate(Math.min(date.getUTCDate(), 28));
  return then;
}

export function dayText(date: Date): string {
  return date.toISOString().slice(0, 10);
}

async function makeEntities(
  { db }: Transaction,
  orgId: string,
  plan: SeedOrganisation,
  createdAt: Date,
): Promise<SeededEntity[]> {
  const book = readClassificationRuleBook(catalogueFile('sectors'));
  const entities = plan.entities.map((one) => {
    const facts = Object.fromEntries(Object.entries(one.facts).filter(([key]) => !FACTS_ONLY_OURS.has(key)));
    const { outcome, rule } = classifyEntity(book, one.entityType ? { ...facts, entity_type: one.entityType } : facts);
    return { ...one, id: newId(), classification: outcome, rule: rule.id };
  });
  await db.insert(entity).values(
    entities.map(
      ({
        id,
        name,
        legalName,
        country,
        city,
        sector,
        subsector,
        entityType,
        criticality,
        facts,
        classification,
        rule,
      }) => ({
        orgId,
        id,
        name,
        legalName,
        country,
        city,
        sector,
        subsector,
        entityType,
        criticality,
        facts,
        classification,
        classificationRule: rule,
        createdAt,
      }),
    ),
  );
  return entities;
}

async function makePeople(
  { db }: Transaction,
  orgId: string,
  plan: SeedOrganisation,
  hashes: ReadonlyMap<string, string>,
  entities: SeededEntity[],
  now: Date,
): Promise<Map<string, string>> {
  const people = new Map(plan.people.map((one) => [one.key, newId()]));
  const begin = monthsBefore(now, plan.months + 2);
  await db.insert(userAccount).values(
    plan.people.map(({ key, email }) => ({
      id: people.get(key)!,
      email,
      passwordHash: hashes.get(key) ?? null,
      createdAt: begin,
    })),
  );
  await db.insert(person).values(
    plan.people.map(({ key, name, email, jobTitle, functions, appointedMonthsAgo }) => ({
      orgId,
      id: people.get(key)!,
      name,
      email,
      jobTitle,
      functions,
      appointedOn: appointedMonthsAgo === undefined ? null : dayText(monthsBefore(now, appointedMonthsAgo)),
      createdAt: begin,
    })),
  );
  for (const { key, roles, entities: limits = [] } of plan.people) {
    for (const role of roles) {
      const id = newId();
      await db.insert(membership).values({ orgId, id, personId: people.get(key)!, role, startsAt: begin });
      for (const limit of limits)
        await db
          .insert(membershipEntity)
          .values({ orgId, membershipId: id, entityId: entities.find((one) => one.key === limit)!.id });
    }
  }
  return people;
}

async function makeUnits(
  { db }: Transaction,
  orgId: string,
  plan: SeedOrganisation,
  entities: SeededEntity[],
  holders: ReadonlyMap<string, string>,
  now: Date,
  createdAt: Date,
): Promise<SeededUnit[]> {
  const units = plan.units.map((one) => ({
    ...one,
    id: newId(),
    entityId: entities.find(({ key }) => key === one.entity)!.id,
  }));
  const ownerOf = {
    essential_service: 'it_ops',
    ai_system: 'ai_officer',
    agent: 'ai_officer',
    supplier: 'procurement',
  } as const;
  await db.insert(unit).values(
    units.map(({ id, entityId, kind, name, purpose, criticality, aiActClass, expiresInMonths }) => ({
      orgId,
      id,
      entityId,
      kind,
      name,
      purpose,
      criticality,
      aiActClass: aiActClass ?? null,
      expiresOn: expiresInMonths === undefined ? null : dayText(monthsBefore(now, -expiresInMonths)),
      ownerId: holders.get(ownerOf[kind]) ?? null,
      createdAt,
    })),
  );
  return units;
}

async function makeAssessments(
  { db }: Transaction,
  orgId: string,
  entities: SeededEntity[],
  units: SeededUnit[],
  holders: ReadonlyMap<string, string>,
  now: Date,
): Promise<SeededAssessment[]> {
  const all = entities.flatMap((one) =>
    catalogue().controls.flatMap((control): SeededAssessment[] => {
      const base = {
        entity: one,
        controlId: control.id,
        layer: control.layer,
        isKey: control.key_control,
        weight: control.weight,
      };
      const own = units.filter(({ entityId, kind }) => entityId === one.id && kind === control.assessment_unit);
      return [{ ...base, id: newId(), unit: null }, ...own.map((each) => ({ ...base, id: newId(), unit: each }))];
    }),
  );
  const controls = catalogue().controlById;
  const rows = all.map(({ id, entity: one, unit: of, controlId }) => {
    const random = randomFrom(`owner ${one.key} ${controlId} ${of?.name ?? ''}`);
    const roles = controls.get(controlId)!.raci.responsible;
    // One entity has gaps worth talking about: nobody took some of its controls on.
    const isForgotten = one.strength < 0.5 && random.chance(0.06);
    const ownerId = isForgotten
      ? null
      : (roles.map((role) => holders.get(role)).find(Boolean) ?? holders.get('compliance') ?? null);
    const dueOn = isForgotten
      ? null
      : dayText(new Date(now.getTime() + random.between(random.chance(0.06) ? -40 : 9, 170) * DAY_MS));
    return { orgId, id, entityId: one.id, controlId, unitId: of?.id ?? null, ownerId, dueOn };
  });
  for (let at = 0; at < rows.length; at += 2000) await db.insert(assessment).values(rows.slice(at, at + 2000));
  return all;
}

/** The catalogue's default RACI by function, with a few honest holes. */
async function makeRaci(
  { db }: Transaction,
  orgId: string,
  entities: SeededEntity[],
  holders: ReadonlyMap<string, string>,
  assignedAt: Date,
): Promise<void> {
  const rows = entities.flatMap((one) =>
    catalogue().controls.flatMap((control) => {
      const random = randomFrom(`raci ${one.key} ${control.id}`);
      if (random.chance((1 - one.strength) * 0.16)) return [];
      const parts: ['A' | 'R' | 'C' | 'I', string[]][] = [
        ['A', [control.raci.accountable]],
        ['R', control.raci.responsible],
        ['C', control.raci.consulted],
        ['I', control.raci.informed],
      ];
      const seen = new Set<string>();
      return parts.flatMap(([part, names]) =>
        names.flatMap((name) => {
          const personId = holders.get(name);
          if (!personId || seen.has(part + personId) || (part === 'A' && seen.has('A'))) return [];
          seen.add(part + personId).add(part);
          return [{ orgId, entityId: one.id, controlId: control.id, personId, part, assignedAt }];
        }),
      );
    }),
  );
  for (let at = 0; at < rows.length; at += 4000) await db.insert(raci).values(rows.slice(at, at + 4000));
}

async function makeEngagement(
  { db }: Transaction,
  orgId: string,
  people: ReadonlyMap<string, string>,
  entities: SeededEntity[],
  now: Date,
): Promise<string> {
  const id = newId();
  await db.insert(engagement).values({
    orgId,
    id,
    auditorId: people.get('auditor')!,
    title: `Readiness review ${now.getUTCFullYear()}`,
    purpose: 'Independent review of measures and evidence before the yearly report to the management body.',
    startsAt: new Date(now.getTime() - 6 * DAY_MS),
    endsAt: new Date(now.getTime() + 24 * DAY_MS),
    createdBy: people.get('compliance')!,
    createdAt: new Date(now.getTime() - 8 * DAY_MS),
  });
  const inScope = entities.filter(({ criticality }) => criticality >= 2).map(({ id: entityId }) => entityId);
  for (const entityId of inScope) {
    await db.execute(
      sql`insert into engagement_entity (org_id, engagement_id, entity_id) values (${orgId}, ${id}, ${entityId})`,
    );
  }
  return id;
}
