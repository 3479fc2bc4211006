import { sql } from 'drizzle-orm';
import { engagement, engagementEntity } from '@/db/schema/identity';
import { conflict, invalid, notFound, stale } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { defineCommand } from '@/lib/kernel/operation';
import { CreateEngagement, EndEngagement } from './schema';

/** An outsider's access is never open-ended. */
const LONGEST_DAYS = 366;

export const createEngagement = defineCommand({
  name: 'createEngagement',
  summary: 'Lets an auditor read, within a scope and a window, what was frozen at its start.',
  permission: 'engagement:write',
  input: CreateEngagement,
  http: { method: 'POST', path: '/engagements', status: 201 },
  async run(context, { entityIds, startsAt, endsAt, ...input }): Promise<{ id: string }> {
    const { db, organisationId, actor, now } = context;
    const [start, end] = [new Date(startsAt), new Date(endsAt)];
    if (end <= start || end <= now) throw invalid('endsAt', 'engagement.window');
    if (end.getTime() - start.getTime() > LONGEST_DAYS * 86_400_000) throw invalid('endsAt', 'engagement.longest');
    const auditor = await db.execute(sql`
      select 1 from membership m join person p on p.org_id = m.org_id and p.id = m.person_id and not p.is_disabled
      where m.org_id = ${organisationId} and m.person_id = ${input.auditorId} and m.role = 'auditor' and (m.ends_at is null or m.ends_at > now())`);
    if (auditor.rows.length === 0) throw notFound('auditor');
    if (entityIds.length > 0) {
      const { rows } = await db.execute<{ found: number }>(sql`
        select count(*)::int as found from entity where org_id = ${organisationId} and id = any(${sql.param(entityIds)}::uuid[])`);
      if (rows[0]!.found !== new Set(entityIds).size) throw notFound('entity');
    }
    const id = newId();
    await db
      .insert(engagement)
      .values({ ...input, orgId: organisationId, id, startsAt: start, endsAt: end, createdBy: actor.id! });
    if (entityIds.length > 0) {
      await db
        .insert(engagementEntity)
        .values([...new Set(entityIds)].map((entityId) => ({ orgId: organisationId, engagementId: id, entityId })));
    }
    await context.enqueue(
      'freezeEngagement',
      { engagementId: id },
      { key: `freeze-${id}`, runAt: start > now ? start : now },
    );
    context.record({
      verb: 'engagement.created',
      object: { kind: 'engagement', id },
      detail: { auditorId: input.auditorId, startsAt, endsAt, entityIds },
    });
    return { id };
  },
});

export const endEngagement = defineCommand({
  name: 'endEngagement',
  summary: 'Ends an audit engagement now; the auditor reads nothing from this instant on.',
  permission: 'engagement:end',
  input: EndEngagement,
  http: { method: 'POST', path: '/engagements/{id}/end' },
  async run(context, { id, version }): Promise<{ id: string; version: number }> {
    const { db, organisationId, actor, now } = context;
    const { rows } = await db.execute<{ version: number; isOver: boolean }>(sql`
      select version, ended_at is not null or ends_at <= now() as "isOver" from engagement where org_id = ${organisationId} and id = ${id} for update`);
    const row = rows[0];
    if (!row) throw notFound('engagement');
    if (version !== undefined && version !== row.version) throw stale('engagement');
    if (row.isOver) throw conflict('engagement.over');
    await db
      .update(engagement)
      .set({ endedAt: now, endedBy: actor.id, version: row.version + 1 })
      .where(sql`org_id = ${organisationId} and id = ${id}`);
    context.record({ verb: 'engagement.ended', object: { kind: 'engagement', id } });
    return { id, version: row.version + 1 };
  },
});
