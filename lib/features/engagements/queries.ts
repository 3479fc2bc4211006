import { type SQL, sql } from 'drizzle-orm';
import { notFound } from '@/lib/kernel/errors';
import { defineQuery, type QueryContext } from '@/lib/kernel/operation';
import { type EngagementItem, EngagementRef, ListEngagements } from './schema';

const state = sql`case when g.ended_at is not null or g.ends_at <= now() then 'over' when g.starts_at > now() then 'planned' else 'running' end`;

export const listEngagements = defineQuery({
  name: 'listEngagements',
  summary: 'Audit engagements: who may read what, from when to when. An auditor sees their own.',
  permission: 'engagement:read',
  input: ListEngagements,
  http: { method: 'GET', path: '/engagements' },
  async run(context, input): Promise<{ items: EngagementItem[]; next: null }> {
    return { items: await select(context, input.state ? sql`and ${state} = ${input.state}` : sql``), next: null };
  },
});

export const getEngagement = defineQuery({
  name: 'getEngagement',
  summary: 'One audit engagement.',
  permission: 'engagement:read',
  input: EngagementRef,
  http: { method: 'GET', path: '/engagements/{id}' },
  async run(context, { id }): Promise<EngagementItem> {
    const [item] = await select(context, sql`and g.id = ${id}`);
    if (!item) throw notFound('engagement');
    return item;
  },
});

async function select({ db, organisationId, authority, actor }: QueryContext, which: SQL): Promise<EngagementItem[]> {
  const { rows } = await db.execute<EngagementItem>(sql`
    select g.id, g.title, g.purpose, json_build_object('id', p.id, 'name', p.name) as auditor, to_json(g.starts_at) #>> '{}' as "startsAt",
      to_json(g.ends_at) #>> '{}' as "endsAt", to_json(g.ended_at) #>> '{}' as "endedAt", ${state} as state, c.name as "createdBy", g.version,
      coalesce((select json_agg(json_build_object('id', e.id, 'name', e.name) order by e.name) from engagement_entity ge
        join entity e on e.org_id = ge.org_id and e.id = ge.entity_id where ge.org_id = g.org_id and ge.engagement_id = g.id), '[]') as entities,
      case when s.id is not null then json_build_object('id', s.id, 'month', to_char(s.month, 'YYYY-MM'), 'asOf', s.as_of) end as snapshot,
      (select count(*)::int from comment x where x.org_id = g.org_id and x.engagement_id = g.id and x.kind = 'request' and x.resolved_at is null) as "openRequests",
      (select count(*)::int from comment x where x.org_id = g.org_id and x.engagement_id = g.id and x.kind = 'finding') as findings
    from engagement g
    join person p on p.org_id = g.org_id and p.id = g.auditor_id
    join person c on c.org_id = g.org_id and c.id = g.created_by
    left join snapshot s on s.org_id = g.org_id and s.id = g.snapshot_id
    where g.org_id = ${organisationId} ${authority.role === 'auditor' ? sql`and g.auditor_id = ${actor.id}::uuid` : sql``} ${which}
    order by g.ends_at desc limit 200`);
  return rows;
}
