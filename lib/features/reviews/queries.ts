import { type SQL, sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import { defineQuery } from '@/lib/kernel/operation';
import { evidenceScope, validityDaysOf } from '../evidence/queries';
import { ListReviews, type ReviewItem } from './schema';

/** Controls an AI officer may judge: those that apply only where AI is used. */
const aiControls = () =>
  catalogue()
    .controls.filter(({ applicability }) => applicability === 'ai_only' || applicability === 'agentic_only')
    .map(({ id }) => id);

/** Narrows to evidence that proves AI controls only, for a right that covers no more. */
export function onlyAi(isNarrow: boolean): SQL {
  if (!isNarrow) return sql`true`;
  return sql`(exists (select 1 from evidence_link l where l.org_id = v.org_id and l.evidence_id = v.id) and not exists (
    select 1 from evidence_link l join assessment a on a.org_id = l.org_id and a.id = l.assessment_id
    where l.org_id = v.org_id and l.evidence_id = v.id and a.control_id <> all(${sql.param(aiControls())}::text[])))`;
}

export const listReviews = defineQuery({
  name: 'listReviews',
  summary: 'What waits for a second person: submitted evidence and proposed withdrawals, oldest first.',
  permission: 'evidence:accept',
  input: ListReviews,
  http: { method: 'GET', path: '/reviews' },
  async run(context, input): Promise<{ items: ReviewItem[]; next: string | null }> {
    const { db, organisationId, authority, actor } = context;
    const { rows } = await db.execute<Omit<ReviewItem, 'validityDays'>>(sql`
      select v.id, v.title, v.type, v.kind, v.state, v.strength, v.collected_on as "collectedOn", v.period_from as "periodFrom", v.period_to as "periodTo",
        v.valid_until as "validUntil", to_json(v.uploaded_at) #>> '{}' as "uploadedAt",
        case when up.id is not null then json_build_object('id', up.id, 'name', up.name) end as "uploadedBy",
        v.file_name as "fileName", v.media_type as "mediaType", v.size_bytes::int as size, v.sha256, v.version,
        case when v.state = 'submitted' then 'evidence' else 'withdrawal' end as "kindOfReview", v.withdrawal_reason as "withdrawalReason",
        case when v.state = 'submitted' then v.uploaded_by is distinct from ${actor.id}::uuid else v.withdrawal_proposed_by is distinct from ${actor.id}::uuid end as "mayDecide",
        coalesce((select json_agg(json_build_object('assessment', a.id, 'control', a.control_id, 'entity', a.entity_id, 'entityName', e.name) order by a.control_id, e.name)
          from evidence_link l join assessment a on a.org_id = l.org_id and a.id = l.assessment_id join entity e on e.org_id = a.org_id and e.id = a.entity_id
          where l.org_id = v.org_id and l.evidence_id = v.id), '[]') as controls
      from evidence v left join person up on up.org_id = v.org_id and up.id = v.uploaded_by
      where v.org_id = ${organisationId} and ${evidenceScope(context)} and ${onlyAi(authority.only === 'ai')}
        and (v.state = 'submitted' or (v.state <> 'withdrawn' and v.withdrawal_proposed_at is not null))
        ${input.type ? sql`and v.type = ${input.type}` : sql``}
        ${input.q ? sql`and (v.title ilike ${`%${input.q}%`} or v.file_name ilike ${`%${input.q}%`})` : sql``}
        ${input.cursor ? sql`and v.id > ${input.cursor}::uuid` : sql``}
      order by v.id limit ${input.limit + 1}`);
    const items = rows
      .slice(0, input.limit)
      .map((row) => ({ ...row, validityDays: validityDaysOf(row.type, row.controls) }));
    return { items, next: rows.length > input.limit ? items.at(-1)!.id : null };
  },
});
