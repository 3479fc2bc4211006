import { type SQL, sql } from 'drizzle-orm';
import { csvLines, CSV_MEDIA_TYPE } from '@/lib/adapters/csv';
import { catalogue } from '@/db/catalogue';
import { FileAnswer } from '@/lib/kernel/answer';
import { forbidden, notFound } from '@/lib/kernel/errors';
import { defineQuery, type QueryContext } from '@/lib/kernel/operation';
import { applicabilityNow } from '../assessments/queries';
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

export const exportWorkpaper = defineQuery({
  name: 'exportWorkpaper',
  summary:
    'The auditor’s working paper as CSV: each control in scope with marks, accepted evidence and its hash, requests and findings.',
  permission: 'engagement:export',
  input: EngagementRef,
  http: { method: 'GET', path: '/engagements/{id}/workpaper' },
  async run(context, { id }): Promise<FileAnswer> {
    const [engagement] = await select(context, sql`and g.id = ${id}`);
    if (!engagement) throw notFound('engagement');
    if (context.authority.role === 'auditor' && engagement.state !== 'running') throw forbidden('right.noEngagement');
    const scope = engagement.entities.map((entity) => entity.id);
    const { rows } = await context.db.execute<WorkpaperRow>(sql`
      select e.name as entity, a.control_id as control, u.name as unit, ${applicabilityNow} as applicability, a.documentation, a.implementation,
        v.title as evidence, v.type, v.collected_on as "collectedOn", v.sha256,
        (select string_agg(c.kind || ': ' || c.body, ' | ' order by c.created_at) from comment c
          where c.org_id = a.org_id and c.assessment_id = a.id and c.engagement_id = ${id}) as remarks
      from assessment a
      join entity e on e.org_id = a.org_id and e.id = a.entity_id and e.archived_at is null
      left join unit u on u.org_id = a.org_id and u.id = a.unit_id
      left join evidence_link l on l.org_id = a.org_id and l.assessment_id = a.id
      left join evidence v on v.org_id = l.org_id and v.id = l.evidence_id and v.state = 'accepted'
      where a.org_id = ${context.organisationId} and (${scope.length === 0} or a.entity_id = any(${sql.param(scope)}::uuid[]))
      order by e.name, a.control_id, u.name nulls first, v.collected_on desc`);
    const { controlById } = catalogue();
    const body = Buffer.from(
      [
        ...csvLines(
          [
            'entity',
            'control',
            'title',
            'unit',
            'applicability',
            'on paper',
            'in practice',
            'evidence',
            'kind',
            'collected on',
            'sha-256',
            'remarks',
          ],
          rows.map((row) => [
            row.entity,
            row.control,
            controlById.get(row.control)?.title ?? '',
            row.unit,
            row.applicability,
            row.documentation,
            row.implementation,
            row.evidence,
            row.type,
            row.collectedOn,
            row.sha256,
            row.remarks,
          ]),
        ),
      ].join(''),
    );
    return new FileAnswer(body, {
      name: `workpaper-${engagement.id}.csv`,
      mediaType: CSV_MEDIA_TYPE,
      size: body.byteLength,
    });
  },
});

type WorkpaperRow = {
  entity: string;
  control: string;
  unit: string | null;
  applicability: string;
  documentation: number | null;
  implementation: number | null;
  evidence: string | null;
  type: string | null;
  collectedOn: string | null;
  sha256: string | null;
  remarks: string | null;
};

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
