import { sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import { evidenceSlot } from '@/db/schema/evidence';
import { conflict, forbidden, invalid, notFound, stale } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { defineCommand } from '@/lib/kernel/operation';
import { requireAssessments } from '../assessments/queries';
import { CancelRequest, RequestEvidence } from './schema';

export const requestEvidence = defineCommand({
  name: 'requestEvidence',
  summary: 'Asks a person for a proof by a date: opens an empty slot for each control.',
  permission: 'evidence:request',
  input: RequestEvidence,
  http: { method: 'POST', path: '/evidence-requests', status: 201 },
  async run(context, { assessments, type, ownerId, dueOn, note }): Promise<{ ids: string[] }> {
    const { db, organisationId, actor } = context;
    if (!catalogue().evidenceTypeById.has(type)) throw invalid('type', 'evidence.type');
    await requireAssessments(context, assessments);
    const owner = await db.execute(
      sql`select 1 from person where org_id = ${organisationId} and id = ${ownerId} and not is_disabled`,
    );
    if (owner.rows.length === 0) throw invalid('ownerId', 'person.unknown');
    const rows = [...new Set(assessments)].map((assessmentId) => ({
      orgId: organisationId,
      id: newId(),
      assessmentId,
      type,
      note: note ?? null,
      ownerId,
      dueOn,
      requestedBy: actor.kind === 'user' ? actor.id : null,
    }));
    await db.insert(evidenceSlot).values(rows);
    const ids = rows.map(({ id }) => id);
    context.record({
      verb: 'evidence.requested',
      object: { kind: 'evidence-request', id: ids[0]! },
      detail: { ids, type, ownerId, dueOn, assessments },
    });
    return { ids };
  },
});

export const cancelRequest = defineCommand({
  name: 'cancelRequest',
  summary: 'Takes back a request for evidence that nobody has answered yet.',
  permission: 'evidence:request',
  input: CancelRequest,
  http: { method: 'POST', path: '/evidence-requests/{id}/cancel' },
  async run(context, { id, version }): Promise<{ id: string; version: number }> {
    const { db, organisationId, actor, now } = context;
    const { rows } = await db.execute<{
      assessment: string;
      requestedBy: string | null;
      version: number;
      isOpen: boolean;
    }>(sql`
      select assessment_id as assessment, requested_by as "requestedBy", version, evidence_id is null and cancelled_at is null as "isOpen"
      from evidence_slot where org_id = ${organisationId} and id = ${id} for update`);
    const row = rows[0];
    if (!row) throw notFound('request');
    await requireAssessments(context, [row.assessment]);
    if (context.authority.reach === 'assigned' && row.requestedBy !== actor.id) throw forbidden('right.ownRequests');
    if (version !== undefined && version !== row.version) throw stale('request');
    if (!row.isOpen) throw conflict('evidence.requestClosed');
    await db
      .update(evidenceSlot)
      .set({ cancelledAt: now, version: row.version + 1 })
      .where(sql`org_id = ${organisationId} and id = ${id}`);
    context.record({ verb: 'evidence-request.cancelled', object: { kind: 'evidence-request', id } });
    return { id, version: row.version + 1 };
  },
});
