import { sql } from 'drizzle-orm';
import { strongestAuthority } from '@/lib/domain/policy/strongest';
import type { Permission } from '@/lib/domain/policy/permissions';
import { defineQuery } from '@/lib/kernel/operation';
import { entityScope } from '@/lib/kernel/scope';
import { applicabilityNow } from '../assessments/queries';
import { evidenceScope, validityDaysOf } from '../evidence/queries';
import { onlyAi } from '../reviews/queries';
import {
  type Asked,
  type Expiring,
  GetMyWork,
  type MyWork,
  type Owed,
  type OwnAssessment,
  type ProposedExclusion,
} from './schema';

type ExpiringRow = {
  id: string;
  title: string;
  type: string;
  collectedOn: string;
  validUntil: string | null;
  controls: { control: string; entityName: string }[];
};
type Row = {
  owed: Owed[];
  assessments: OwnAssessment[];
  expiring: ExpiringRow[];
  asked: Asked[];
  reviews: number;
  exclusions: ProposedExclusion[];
  roles: number;
  releases: number;
};

const DAY_MS = 86_400_000;

export const getMyWork = defineQuery({
  name: 'getMyWork',
  summary: 'What I owe, what waits for my decision, and what of mine ends in the next 90 days.',
  permission: 'task:read',
  input: GetMyWork,
  http: { method: 'GET', path: '/tasks' },
  async run({ db, organisationId, actor, now }): Promise<MyWork> {
    const me = sql`${actor.id}::uuid`;
    const reviewing = may('evidence:accept');
    const excluding = may('assessment:approve-exclusion');
    const { rows } = await db.execute<Row>(sql`select
      coalesce((select json_agg(x order by x."dueOn") from (
        select s.id, s.assessment_id as assessment, a.control_id as control, e.name as "entityName", s.type, s.note, s.due_on as "dueOn", s.due_on < current_date as "isOverdue"
        from evidence_slot s join assessment a on a.org_id = s.org_id and a.id = s.assessment_id join entity e on e.org_id = a.org_id and e.id = a.entity_id and e.archived_at is null
        where s.org_id = ${organisationId} and s.owner_id = ${me} and s.evidence_id is null and s.cancelled_at is null order by s.due_on limit 100) x), '[]') as owed,
      coalesce((select json_agg(x) from (
        select a.id, a.control_id as control, e.name as "entityName", u.name as "unitName", a.documentation, a.implementation, a.due_on as "dueOn",
          coalesce(a.due_on < current_date, false) as "isOverdue"
        from assessment a join entity e on e.org_id = a.org_id and e.id = a.entity_id and e.archived_at is null left join unit u on u.org_id = a.org_id and u.id = a.unit_id
        where a.org_id = ${organisationId} and a.owner_id = ${me} and ${applicabilityNow} <> 'excluded'
          and (a.documentation is null or a.implementation is null or a.due_on < current_date + 30)
        order by a.due_on nulls last, a.control_id limit 100) x), '[]') as assessments,
      coalesce((select json_agg(x) from (
        select v.id, v.title, v.type, v.collected_on as "collectedOn", v.valid_until as "validUntil",
          coalesce((select json_agg(json_build_object('control', a.control_id, 'entityName', e.name)) from evidence_link l
            join assessment a on a.org_id = l.org_id and a.id = l.assessment_id join entity e on e.org_id = a.org_id and e.id = a.entity_id
            where l.org_id = v.org_id and l.evidence_id = v.id), '[]') as controls
        from evidence v where v.org_id = ${organisationId} and v.state = 'accepted'
          and (v.uploaded_by = ${me} or exists (select 1 from evidence_link l join assessment a on a.org_id = l.org_id and a.id = l.assessment_id
            where l.org_id = v.org_id and l.evidence_id = v.id and a.owner_id = ${me}))
          and not exists (select 1 from evidence n where n.org_id = v.org_id and n.revises_id = v.id and n.state in ('submitted', 'accepted'))
        limit 2000) x), '[]') as expiring,
      coalesce((select json_agg(x order by x.at desc) from (
        select c.id, c.kind, c.body, p.name as by, to_json(c.created_at) #>> '{}' as at, c.assessment_id as assessment, c.evidence_id as evidence
        from comment c join person p on p.org_id = c.org_id and p.id = c.author_id
        where c.org_id = ${organisationId} and c.addressed_to = ${me} and c.resolved_at is null order by c.created_at desc limit 50) x), '[]') as asked,
      ${
        reviewing
          ? sql`(select count(*)::int from evidence v where v.org_id = ${organisationId} and ${evidenceScope({ authority: reviewing, actor })} and ${onlyAi(reviewing.only === 'ai')}
        and ((v.state = 'submitted' and v.uploaded_by is distinct from ${me}) or (v.state <> 'withdrawn' and v.withdrawal_proposed_by <> ${me})))`
          : sql`0`
      } as reviews,
      ${
        excluding
          ? sql`coalesce((select json_agg(x order by x.control) from (
        select a.id as assessment, a.control_id as control, e.name as "entityName", a.exclusion_reason as reason, p.name as by
        from assessment a join entity e on e.org_id = a.org_id and e.id = a.entity_id and e.archived_at is null
        join person p on p.org_id = a.org_id and p.id = a.exclusion_proposed_by
        where a.org_id = ${organisationId} and a.applicability = 'exclusion-proposed'
          and a.exclusion_proposed_by <> ${me} and ${entityScope(excluding, sql`a.entity_id`)} order by a.control_id limit 100) x), '[]')`
          : sql`'[]'::json`
      } as exclusions,
      ${may('role:approve') ? sql`(select count(*)::int from role_request r where r.org_id = ${organisationId} and r.decided_at is null and r.requested_by <> ${me})` : sql`0`} as roles,
      ${may('report:release') ? sql`(select count(*)::int from report r where r.org_id = ${organisationId} and r.released_at is null and r.prepared_by <> ${me})` : sql`0`} as releases`);
    const { owed, assessments, expiring, asked, exclusions, ...counts } = rows[0]!;
    const waitingForMe = { ...counts, exclusions: exclusions.length };
    return { owed, assessments, asked, waitingForMe, exclusions, expiring: soon(expiring, now) };

    function may(permission: Permission) {
      return actor.kind === 'worker' ? undefined : strongestAuthority(permission, actor.held);
    }
  },
});

/** What ends within 90 days or has ended, soonest first; validity comes from the catalogue, so it is judged here. */
function soon(rows: ExpiringRow[], now: Date): Expiring[] {
  const today = Math.floor(now.getTime() / DAY_MS);
  return rows
    .map(({ collectedOn, validUntil, ...row }) => {
      const byType = Date.parse(`${collectedOn}T00:00:00Z`) / DAY_MS + validityDaysOf(row.type, row.controls);
      const end = validUntil ? Math.min(byType, Date.parse(`${validUntil}T00:00:00Z`) / DAY_MS) : byType;
      return { ...row, end };
    })
    .filter(({ end }) => end - today <= 90)
    .toSorted((a, b) => a.end - b.end)
    .slice(0, 100)
    .map(({ end, ...row }) => ({
      ...row,
      endsOn: new Date(end * DAY_MS).toISOString().slice(0, 10),
      withinDays: end - today <= 30 ? 30 : end - today <= 60 ? 60 : 90,
      hasExpired: end < today,
    }));
}
