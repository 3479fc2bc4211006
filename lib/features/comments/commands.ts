import { sql } from 'drizzle-orm';
import { comment } from '@/db/schema/comments';
import { conflict, forbidden, invalid, notFound } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { defineCommand } from '@/lib/kernel/operation';
import { requireSubject } from './queries';
import { AddComment, ResolveComment } from './schema';

export const addComment = defineCommand({
  name: 'addComment',
  summary: 'Adds a comment, an answer, or – as an auditor – a request or a finding. Words once said stay.',
  permission: 'comment:write',
  input: AddComment,
  http: { method: 'POST', path: '/comments', status: 201 },
  async run(context, { kind, body, answers, addressedTo, ...subject }): Promise<{ id: string }> {
    const { db, organisationId, actor, authority, record } = context;
    if (actor.kind !== 'user') throw forbidden('right.onlyPeopleComment');
    if (kind === 'finding' && authority.role !== 'auditor') throw forbidden('right.onlyAuditors');
    await requireSubject(context, subject);
    // An auditor's words belong to the engagement, so that they can be handed over with it.
    const engagement = subject.engagement ?? (authority.role === 'auditor' ? actor.engagement?.id : undefined);
    if (answers) await requireSameThread(context.db, organisationId, answers);
    if (addressedTo) {
      const { rows } = await db.execute(
        sql`select 1 from person where org_id = ${organisationId} and id = ${addressedTo} and not is_disabled`,
      );
      if (rows.length === 0) throw invalid('addressedTo', 'person.unknown');
    }
    const id = newId();
    await db.insert(comment).values({
      orgId: organisationId,
      id,
      kind,
      body,
      authorId: actor.id,
      assessmentId: subject.assessment ?? null,
      evidenceId: subject.evidence ?? null,
      engagementId: engagement ?? null,
      answersId: answers ?? null,
      addressedTo: addressedTo ?? null,
    });
    record({
      verb: `comment.${kind === 'comment' ? 'added' : `${kind}-added`}`,
      object: { kind: 'comment', id },
      after: { body },
      detail: { ...subject, engagement, kind },
    });
    return { id };
  },
});

export const resolveComment = defineCommand({
  name: 'resolveComment',
  summary: 'Marks a comment or request as dealt with.',
  permission: 'comment:write',
  input: ResolveComment,
  http: { method: 'POST', path: '/comments/{id}/resolve' },
  async run(context, { id }): Promise<{ id: string }> {
    const { db, organisationId, actor, authority, now } = context;
    const { rows } = await db.execute<{
      assessment: string | null;
      evidence: string | null;
      engagement: string | null;
      authorId: string;
      resolved: boolean;
    }>(sql`
      select assessment_id as assessment, evidence_id as evidence, engagement_id as engagement, author_id as "authorId", resolved_at is not null as resolved
      from comment where org_id = ${organisationId} and id = ${id} for update`);
    const row = rows[0];
    if (!row) throw notFound('comment');
    await requireSubject(context, {
      ...(row.assessment && { assessment: row.assessment }),
      ...(row.evidence && { evidence: row.evidence }),
      ...(row.engagement && { engagement: row.engagement }),
    });
    if (authority.role === 'auditor' && row.authorId !== actor.id) throw forbidden('right.auditorsOwnRequests');
    if (row.resolved) throw conflict('comment.settled');
    await db
      .update(comment)
      .set({ resolvedAt: now, resolvedBy: actor.id })
      .where(sql`org_id = ${organisationId} and id = ${id}`);
    context.record({ verb: 'comment.resolved', object: { kind: 'comment', id } });
    return { id };
  },
});

async function requireSameThread(
  db: Parameters<typeof addComment.run>[0]['db'],
  organisationId: string,
  id: string,
): Promise<void> {
  const { rows } = await db.execute(sql`select 1 from comment where org_id = ${organisationId} and id = ${id}`);
  if (rows.length === 0) throw notFound('comment');
}
