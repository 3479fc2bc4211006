import { sql } from 'drizzle-orm';
import { catalogueFile } from '@/db/catalogue';
import { type Classification, classifyEntity } from '@/lib/domain/classification/classify';
import { type ClassificationRuleBook, readClassificationRuleBook } from '@/lib/domain/classification/rule-book';
import { notFound } from '@/lib/kernel/errors';
import { defineQuery, type QueryContext } from '@/lib/kernel/operation';
import { entityScope } from '@/lib/kernel/scope';
import { ClassifyPreview, type EntityFacts, type EntityItem, EntityRef, ListEntities, type UnitItem } from './schema';

let book: ClassificationRuleBook | undefined;

/** The rules of sectors.json, read once. */
export function classificationRules(): ClassificationRuleBook {
  book ??= readClassificationRuleBook(catalogueFile('sectors'));
  return book;
}

/** The class the rules give; the facts that only decide applicability are left out. */
export function classify(entityType: string | null | undefined, facts: EntityFacts): Classification {
  const {
    uses_ai: _ai,
    uses_agents: _agents,
    uses_external_ai: _external,
    uses_suppliers: _suppliers,
    ...rest
  } = facts;
  return classifyEntity(classificationRules(), entityType ? { ...rest, entity_type: entityType } : rest);
}

const itemColumns = sql`
  e.id, e.name, e.legal_name as "legalName", e.country, e.city, e.sector, e.subsector, e.entity_type as "entityType", e.criticality,
  coalesce(e.override_classification, e.classification) as classification, e.override_classification is not null as "isOverridden",
  e.facts, e.version, e.archived_at is not null as "isArchived"`;

export const listEntities = defineQuery({
  name: 'listEntities',
  summary: 'The legal entities and sites of your organisation.',
  permission: 'entity:read',
  input: ListEntities,
  http: { method: 'GET', path: '/entities' },
  async run({ db, organisationId, authority }, input): Promise<{ items: EntityItem[]; next: string | null }> {
    const { rows } = await db.execute<EntityItem>(sql`
      select ${itemColumns} from entity e
      where e.org_id = ${organisationId} and (e.archived_at is not null) = ${input.archived === 'true'}
        and ${entityScope(authority, sql`e.id`)}
        ${input.q ? sql`and (e.name ilike ${`%${input.q}%`} or e.legal_name ilike ${`%${input.q}%`} or e.city ilike ${`%${input.q}%`})` : sql``}
        ${input.sector ? sql`and e.sector = ${input.sector}` : sql``}
        ${input.country ? sql`and e.country = ${input.country}` : sql``}
        ${input.classification ? sql`and coalesce(e.override_classification, e.classification) = ${input.classification}` : sql``}
        ${input.cursor ? sql`and (lower(e.name), e.id) > (select lower(x.name), x.id from entity x where x.org_id = e.org_id and x.id = ${input.cursor})` : sql``}
      order by lower(e.name), e.id limit ${input.limit + 1}`);
    const items = rows.slice(0, input.limit);
    return { items, next: rows.length > input.limit ? items.at(-1)!.id : null };
  },
});

export type EntityDetail = EntityItem & {
  computed: Classification;
  override: { classification: string; reason: string; by: string | null; at: string } | null;
  units: UnitItem[];
};

export const getEntity = defineQuery({
  name: 'getEntity',
  summary: 'One entity with its class, the reasons for it and its assessment units.',
  permission: 'entity:read',
  input: EntityRef,
  http: { method: 'GET', path: '/entities/{id}' },
  async run(context, { id }): Promise<EntityDetail> {
    const { db, organisationId, authority } = context;
    const { rows } = await db.execute<EntityItem & { override: EntityDetail['override']; units: UnitItem[] }>(sql`
      select ${itemColumns},
        case when e.override_classification is not null then json_build_object('classification', e.override_classification,
          'reason', e.override_reason, 'by', p.name, 'at', e.override_at) end as override,
        coalesce((select json_agg(json_build_object('id', u.id, 'kind', u.kind, 'name', u.name, 'purpose', u.purpose, 'criticality', u.criticality,
            'aiActClass', u.ai_act_class, 'expiresOn', u.expires_on, 'ownerId', u.owner_id, 'ownerName', o.name, 'version', u.version) order by u.kind, lower(u.name))
          from unit u left join person o on o.org_id = u.org_id and o.id = u.owner_id
          where u.org_id = e.org_id and u.entity_id = e.id and u.archived_at is null), '[]') as units
      from entity e left join person p on p.org_id = e.org_id and p.id = e.override_by
      where e.org_id = ${organisationId} and e.id = ${id} and ${entityScope(authority, sql`e.id`)}`);
    const row = rows[0];
    if (!row) throw notFound('entity');
    return { ...row, computed: classify(row.entityType, row.facts) };
  },
});

export const previewClassification = defineQuery({
  name: 'previewClassification',
  summary:
    'What class the rules would give for these facts, with the reasons and what is still unknown. Stores nothing.',
  permission: 'entity:read',
  input: ClassifyPreview,
  http: { method: 'POST', path: '/classification' },
  async run(_context, { entityType, facts }): Promise<Classification> {
    return classify(entityType, facts);
  },
});

/** Throws NOT_FOUND unless the entity exists, is not archived and lies in the actor's reach. */
export async function requireEntity({ db, organisationId, authority }: QueryContext, id: string): Promise<void> {
  const { rows } = await db.execute(sql`
    select 1 from entity e where e.org_id = ${organisationId} and e.id = ${id} and e.archived_at is null and ${entityScope(authority, sql`e.id`)}`);
  if (rows.length === 0) throw notFound('entity');
}
