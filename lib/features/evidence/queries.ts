import { type SQL, sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import { isPreviewed } from '@/lib/adapters/intake/media-types';
import { openFile } from '@/lib/adapters/intake/receive';
import { resolveValidityDays } from '@/lib/domain/evidence/validity';
import { strongestAuthority } from '@/lib/domain/policy/strongest';
import { FileAnswer } from '@/lib/kernel/answer';
import { notFound } from '@/lib/kernel/errors';
import { defineQuery, type QueryContext } from '@/lib/kernel/operation';
import { ContentRef, type EvidenceDetail, type EvidenceItem, EvidenceRef, ListEvidence } from './schema';

type Row = Omit<EvidenceItem, 'validityDays'>;

const columns = sql`
  v.id, v.title, v.type, v.kind, v.state, v.strength, v.collected_on as "collectedOn", v.period_from as "periodFrom", v.period_to as "periodTo",
  v.valid_until as "validUntil", to_json(v.uploaded_at) #>> '{}' as "uploadedAt",
  case when up.id is not null then json_build_object('id', up.id, 'name', up.name) end as "uploadedBy",
  v.file_name as "fileName", v.media_type as "mediaType", v.size_bytes::int as size, v.sha256, v.version,
  coalesce((select json_agg(json_build_object('assessment', a.id, 'control', a.control_id, 'entity', a.entity_id, 'entityName', e.name) order by a.control_id, e.name)
    from evidence_link l join assessment a on a.org_id = l.org_id and a.id = l.assessment_id join entity e on e.org_id = a.org_id and e.id = a.entity_id
    where l.org_id = v.org_id and l.evidence_id = v.id), '[]') as controls`;

/**
 * Which evidence an actor may see: everything, or – limited to entities – what proves something there. What one brought
 * oneself is always one's own to see. What was withdrawn is kept, and hidden from all but those who decide on it.
 */
export function evidenceScope({ authority, actor }: Pick<QueryContext, 'authority' | 'actor'>): SQL {
  const mayWithdraw = actor.kind === 'worker' || strongestAuthority('evidence:withdraw', actor.held) !== undefined;
  const visible = mayWithdraw ? sql`true` : sql`v.state <> 'withdrawn'`;
  if (authority.entityIds === null) return visible;
  return sql`${visible} and (v.uploaded_by = ${actor.id}::uuid or exists (select 1 from evidence_link sl join assessment sa on sa.org_id = sl.org_id and sa.id = sl.assessment_id
    where sl.org_id = v.org_id and sl.evidence_id = v.id and sa.entity_id = any(${sql.param([...authority.entityIds])}::uuid[])))`;
}

export const listEvidence = defineQuery({
  name: 'listEvidence',
  summary: 'The evidence library: what proves which controls, with its dates and state.',
  permission: 'evidence:read',
  input: ListEvidence,
  http: { method: 'GET', path: '/evidence' },
  async run(context, input): Promise<{ items: EvidenceItem[]; next: string | null }> {
    const { db, organisationId, actor } = context;
    const { rows } = await db.execute<Row>(sql`
      select ${columns} from evidence v left join person up on up.org_id = v.org_id and up.id = v.uploaded_by
      where v.org_id = ${organisationId} and ${evidenceScope(context)}
        ${input.state ? sql`and v.state = ${input.state}` : sql`and v.state <> 'withdrawn'`}
        ${input.type ? sql`and v.type = ${input.type}` : sql``}
        ${input.mine === 'true' ? sql`and v.uploaded_by = ${actor.id}::uuid` : sql``}
        ${input.entity ? linked(sql`a.entity_id = ${input.entity}`) : sql``}
        ${input.control ? linked(sql`a.control_id = ${input.control}`) : sql``}
        ${input.freshness ? freshnessCondition(input.freshness) : sql``}
        ${input.q ? sql`and (v.title ilike ${`%${input.q}%`} or v.file_name ilike ${`%${input.q}%`} or v.source ilike ${`%${input.q}%`} or v.sha256 = ${input.q.toLowerCase()})` : sql``}
        ${input.cursor ? sql`and v.id < ${input.cursor}::uuid` : sql``}
      order by v.id desc limit ${input.limit + 1}`);
    const items = rows.slice(0, input.limit).map(withValidity);
    return { items, next: rows.length > input.limit ? items.at(-1)!.id : null };
  },
});

export const getEvidence = defineQuery({
  name: 'getEvidence',
  summary: 'One piece of evidence with its review, revisions and everything it proves.',
  permission: 'evidence:read',
  input: EvidenceRef,
  http: { method: 'GET', path: '/evidence/{id}' },
  async run(context, { id }): Promise<EvidenceDetail> {
    const { db, organisationId } = context;
    const { rows } = await db.execute<Row & Omit<EvidenceDetail, keyof EvidenceItem>>(sql`
      select ${columns}, v.url, v.form, v.source, v.note,
        case when v.reviewed_at is not null then json_build_object('by', rv.name, 'byId', rv.id, 'at', v.reviewed_at, 'comment', v.review_comment) end as review,
        case when v.withdrawal_proposed_at is not null then json_build_object('reason', v.withdrawal_reason, 'proposedBy', wp.name, 'proposedById', wp.id,
          'proposedAt', v.withdrawal_proposed_at, 'by', wb.name, 'at', v.withdrawn_at) end as withdrawal,
        coalesce((with recursive chain as (
            select id, revises_id, title, state, collected_on, uploaded_at, sha256 from evidence where org_id = v.org_id and id = v.id
            union select n.id, n.revises_id, n.title, n.state, n.collected_on, n.uploaded_at, n.sha256 from evidence n join chain c on n.org_id = v.org_id and (n.id = c.revises_id or n.revises_id = c.id)
          ) select json_agg(json_build_object('id', id, 'title', title, 'state', state, 'collectedOn', collected_on, 'uploadedAt', uploaded_at, 'sha256', sha256) order by uploaded_at desc)
          from chain where id <> v.id and id in (select v.id from evidence v where v.org_id = ${organisationId} and ${evidenceScope(context)})), '[]') as revisions,
        coalesce((select json_agg(json_build_object('id', s.id, 'title', s.title, 'state', s.state))
          from (select v.* from evidence v where v.org_id = ${organisationId} and ${evidenceScope(context)}) s
          where s.org_id = v.org_id and s.sha256 = v.sha256 and s.id <> v.id), '[]') as "sameFile"
      from evidence v
      left join person up on up.org_id = v.org_id and up.id = v.uploaded_by
      left join person rv on rv.org_id = v.org_id and rv.id = v.reviewed_by
      left join person wp on wp.org_id = v.org_id and wp.id = v.withdrawal_proposed_by
      left join person wb on wb.org_id = v.org_id and wb.id = v.withdrawn_by
      where v.org_id = ${organisationId} and v.id = ${id} and ${evidenceScope(context)}`);
    const row = rows[0];
    if (!row) throw notFound('evidence');
    return { ...row, ...withValidity(row) };
  },
});

export const getEvidenceContent = defineQuery({
  name: 'getEvidenceContent',
  summary: 'The bytes of an evidence file, as a download. Each use is logged.',
  permission: 'evidence:download',
  input: ContentRef,
  http: { method: 'GET', path: '/evidence/{id}/content' },
  async run(context, { id, inline }): Promise<FileAnswer> {
    const { db, organisationId } = context;
    const { rows } = await db.execute<{
      key: string | null;
      name: string;
      type: string;
      size: number;
      sha256: string;
    }>(sql`
      select v.storage_key as key, v.file_name as name, v.media_type as type, v.size_bytes::int as size, v.sha256
      from evidence v where v.org_id = ${organisationId} and v.id = ${id} and ${evidenceScope(context)}`);
    const row = rows[0];
    if (!row?.key) throw notFound('file');
    const bytes = await openFile(row.key);
    return new FileAnswer(bytes, {
      name: row.name,
      mediaType: row.type,
      size: row.size,
      etag: row.sha256,
      inline: inline === 'true' && isPreviewed(row.type),
    });
  },
});

/** How long a proof of this type holds for these controls: the shortest that one of them asks for. */
export function validityDaysOf(type: string, controls: readonly { control: string }[]): number {
  const { controlById, evidenceTypeById } = catalogue();
  const typeDays = evidenceTypeById.get(type)?.validity_days ?? 365;
  const days = controls.map(({ control }) => {
    const controlDays = controlById.get(control)?.evidence.find((entry) => entry.type === type)?.validity_days ?? null;
    return resolveValidityDays({ controlDays, typeDays });
  });
  return days.length > 0 ? Math.min(...days) : typeDays;
}

function withValidity<T extends Row>(row: T): T & { validityDays: number } {
  return { ...row, validityDays: validityDaysOf(row.type, row.controls) };
}

function linked(condition: SQL): SQL {
  return sql`and exists (select 1 from evidence_link l join assessment a on a.org_id = l.org_id and a.id = l.assessment_id
    where l.org_id = v.org_id and l.evidence_id = v.id and ${condition})`;
}

/** Freshness by the type's validity; an explicit end shortens it. A list filter, not the score. */
function freshnessCondition(wanted: 'fresh' | 'ageing' | 'stale'): SQL {
  const types = catalogue().evidenceTypes.map(({ id, validity_days }) => ({ id, days: validity_days }));
  const validity = sql`least(coalesce((select t.days from jsonb_to_recordset(${JSON.stringify(types)}::jsonb) as t (id text, days int) where t.id = v.type), 365),
    coalesce(v.valid_until - v.collected_on, 100000))`;
  const age = sql`(current_date - v.collected_on)`;
  if (wanted === 'fresh') return sql`and ${age} <= ${validity}`;
  if (wanted === 'stale') return sql`and ${age} >= 2 * ${validity}`;
  return sql`and ${age} > ${validity} and ${age} < 2 * ${validity}`;
}
