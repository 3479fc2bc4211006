import { type SQL, sql } from 'drizzle-orm';
import { notFound } from '@/lib/kernel/errors';
import { defineQuery, type QueryContext } from '@/lib/kernel/operation';
import { entityScope } from '@/lib/kernel/scope';
import { evidenceScope } from '../evidence/queries';
import { type CommentItem, ListComments } from './schema';

type Subject = { assessment?: string; evidence?: string; engagement?: string };

export const listComments = defineQuery({
  name: 'listComments',
  summary: 'Comments, audit requests and findings about one assessment, piece of evidence or engagement.',
  permission: 'comment:read',
  input: ListComments,
  http: { method: 'GET', path: '/comments' },
  async run(context, subject): Promise<{ items: CommentItem[]; next: null }> {
    await requireSubject(context, subject);
    const { rows } = await context.db.execute<CommentItem>(sql`
      select c.id, c.kind, c.assessment_id as assessment, c.evidence_id as evidence, c.engagement_id as engagement, c.answers_id as answers,
        json_build_object('id', p.id, 'name', p.name) as author,
        case when t.id is not null then json_build_object('id', t.id, 'name', t.name) end as "addressedTo",
        c.body, to_json(c.created_at) #>> '{}' as "createdAt", to_json(c.resolved_at) #>> '{}' as "resolvedAt"
      from comment c join person p on p.org_id = c.org_id and p.id = c.author_id
      left join person t on t.org_id = c.org_id and t.id = c.addressed_to
      where c.org_id = ${context.organisationId} ${about(subject)} order by c.created_at, c.id limit 500`);
    return { items: rows, next: null };
  },
});

/** Throws NOT_FOUND unless everything the comment is about lies in the actor's reach. */
export async function requireSubject(
  context: QueryContext,
  { assessment, evidence, engagement }: Subject,
): Promise<void> {
  const { db, organisationId, authority, actor } = context;
  const checks: SQL[] = [];
  if (assessment)
    checks.push(
      sql`exists (select 1 from assessment a where a.org_id = ${organisationId} and a.id = ${assessment} and ${entityScope(authority, sql`a.entity_id`)})`,
    );
  if (evidence)
    checks.push(
      sql`exists (select 1 from evidence v where v.org_id = ${organisationId} and v.id = ${evidence} and ${evidenceScope(context)})`,
    );
  if (engagement) {
    const own = authority.role === 'auditor' ? sql`and g.auditor_id = ${actor.id}::uuid` : sql``;
    checks.push(
      sql`exists (select 1 from engagement g where g.org_id = ${organisationId} and g.id = ${engagement} ${own})`,
    );
  }
  const { rows } = await db.execute<{ ok: boolean }>(sql`select ${sql.join(checks, sql` and `)} as ok`);
  if (!rows[0]!.ok) throw notFound('subject');
}

function about({ assessment, evidence, engagement }: Subject): SQL {
  return sql`
    ${assessment ? sql`and c.assessment_id = ${assessment}` : sql``}
    ${evidence ? sql`and c.evidence_id = ${evidence}` : sql``}
    ${engagement ? sql`and c.engagement_id = ${engagement}` : sql``}`;
}
