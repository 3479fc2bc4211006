import { sql } from 'drizzle-orm';
import { expectPdf } from '@/lib/adapters/pdf/render-pdf';
import { localDate } from '@/lib/domain/deadline/instant';
import { grantOf } from '@/lib/domain/policy/permissions';
import { toPoints } from '@/lib/domain/score/points';
import { may } from '@/lib/kernel/authorise';
import { forbidden } from '@/lib/kernel/errors';
import { defineQuery, type QueryContext } from '@/lib/kernel/operation';
import { ListReports, type ReportItem, type ReportList } from './schema';

type Row = Omit<ReportItem, 'report'> & { report: Omit<NonNullable<ReportItem['report']>, 'mayRelease'> | null };

export const listReports = defineQuery({
  name: 'listReports',
  summary: 'Frozen months with their reports: prepared, released and read by whom, newest first.',
  permission: 'report:read',
  input: ListReports,
  http: { method: 'GET', path: '/reports' },
  async run(context, { cursor, limit }): Promise<ReportList> {
    const { db, organisationId, authority, actor, now } = context;
    const currentMonth = localDate(now.getTime(), actor.organisation.timeZone).slice(0, 7);
    // The group's months tell of every entity; whoever is limited to some reads those entities' snapshots instead.
    if (authority.entityIds !== null) throw forbidden('right.groupReports');
    const { rows } = await db.execute<Row>(sql`
      select s.id as snapshot, to_char(s.month, 'YYYY-MM') as month, s.kind, to_json(s.as_of) #>> '{}' as "asOf",
        s.proven, s.claimed, s.level, s.digest, s.method, s.restates_id as restates,
        (select n.id from snapshot n where n.org_id = s.org_id and n.scope = 'group' and 'engagement' not in (n.kind, s.kind) and n.month = s.month
          and n.id > s.id order by n.id desc limit 1) as "restatedBy",
        case when r.id is not null then json_build_object('id', r.id, 'version', r.version, 'note', r.note,
          'prepared', json_build_object('id', pp.id, 'name', pp.name, 'at', r.prepared_at),
          'released', case when rp.id is not null then json_build_object('id', rp.id, 'name', rp.name, 'at', r.released_at) end,
          'readers', coalesce((select json_agg(json_build_object('id', x.id, 'name', x.name, 'firstAt', x.first_at, 'lastAt', x.last_at, 'times', x.times) order by x.first_at)
            from (select p.id, p.name, min(g.at) as first_at, max(g.at) as last_at, count(*)::int as times from report_reading g
              join person p on p.org_id = g.org_id and p.id = g.person_id where g.org_id = r.org_id and g.report_id = r.id group by p.id, p.name) x), '[]')) end as report
      from snapshot s
      left join report r on r.org_id = s.org_id and r.snapshot_id = s.id
      left join person pp on pp.org_id = r.org_id and pp.id = r.prepared_by
      left join person rp on rp.org_id = r.org_id and rp.id = r.released_by
      where s.org_id = ${organisationId} and s.scope = 'group' and ${engagementOnly(context)} and ${readable(context)}
        ${cursor ? sql`and (s.month, s.id) < (split_part(${cursor}, '~', 1)::date, split_part(${cursor}, '~', 2)::uuid)` : sql``}
      order by s.month desc, s.id desc limit ${limit + 1}`);
    // Whoever looks at the list opens a report next: the first after a start then does not wait for the compiler.
    if (rows.length > 0) expectPdf();
    const isReleaser = may(actor, 'report:release');
    const items = rows.slice(0, limit).map((row): ReportItem => ({
      ...row,
      proven: toPoints(row.proven),
      claimed: toPoints(row.claimed),
      report: row.report && {
        ...row.report,
        mayRelease: isReleaser && row.report.released === null && row.report.prepared.id !== actor.id,
      },
    }));
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? `${last.month}-01~${last.snapshot}` : null, currentMonth };
  },
});

/** An auditor sees the month frozen for the engagement, everybody else every other month. */
function engagementOnly({ actor, authority }: QueryContext) {
  if (authority.role !== 'auditor') return sql`s.kind <> 'engagement'`;
  const frozenFor = actor.kind === 'user' ? (actor.engagement?.snapshotId ?? null) : null;
  return sql`s.id = ${frozenFor}::uuid`;
}

/** A draft is read by those who make or release reports; everybody else waits for the release. */
export function readsDrafts({ authority }: QueryContext): boolean {
  const { role } = authority;
  return (
    role === 'auditor' || grantOf('report:make', role) !== undefined || grantOf('report:release', role) !== undefined
  );
}

function readable(context: QueryContext) {
  return readsDrafts(context) ? sql`true` : sql`r.released_at is not null`;
}
