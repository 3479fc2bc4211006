import { sql } from 'drizzle-orm';
import { defineQuery } from '@/lib/kernel/operation';
import { entityScope } from '@/lib/kernel/scope';
import { ListRequests, type RequestItem } from './schema';

export const listRequests = defineQuery({
  name: 'listRequests',
  summary: 'Evidence that was asked for: who owes which proof for which control, by when.',
  permission: 'evidence:read',
  input: ListRequests,
  http: { method: 'GET', path: '/evidence-requests' },
  async run({ db, organisationId, authority, actor }, input): Promise<{ items: RequestItem[]; next: string | null }> {
    const owner = input.owner === 'me' ? actor.id : input.owner;
    const { rows } = await db.execute<RequestItem>(sql`
      select s.id, s.assessment_id as assessment, a.control_id as control, a.entity_id as entity, e.name as "entityName", s.type, s.note,
        json_build_object('id', o.id, 'name', o.name) as owner, s.due_on as "dueOn", s.due_on < current_date and s.evidence_id is null as "isOverdue",
        r.name as "requestedBy", case when v.id is not null then json_build_object('id', v.id, 'title', v.title, 'state', v.state) end as evidence, s.version
      from evidence_slot s
      join assessment a on a.org_id = s.org_id and a.id = s.assessment_id
      join entity e on e.org_id = a.org_id and e.id = a.entity_id and e.archived_at is null
      join person o on o.org_id = s.org_id and o.id = s.owner_id
      left join person r on r.org_id = s.org_id and r.id = s.requested_by
      left join evidence v on v.org_id = s.org_id and v.id = s.evidence_id
      where s.org_id = ${organisationId} and (s.owner_id = ${actor.id}::uuid or ${entityScope(authority, sql`a.entity_id`)})
        ${input.state === 'open' ? sql`and s.evidence_id is null and s.cancelled_at is null` : sql``}
        ${input.state === 'answered' ? sql`and s.evidence_id is not null` : sql``}
        ${input.state === 'cancelled' ? sql`and s.cancelled_at is not null` : sql``}
        ${owner ? sql`and s.owner_id = ${owner}::uuid` : sql``}
        ${input.entity ? sql`and a.entity_id = ${input.entity}` : sql``}
        ${input.cursor ? sql`and (s.due_on, s.id) > (split_part(${input.cursor}, '~', 1)::date, split_part(${input.cursor}, '~', 2)::uuid)` : sql``}
      order by s.due_on, s.id limit ${input.limit + 1}`);
    const items = rows.slice(0, input.limit);
    const last = items.at(-1);
    return { items, next: rows.length > input.limit && last ? `${last.dueOn}~${last.id}` : null };
  },
});
