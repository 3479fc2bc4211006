import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Transaction } from '@/db/client';
import type { Actor } from './actor';
import { newId } from './ids';

/** One line of the log: who did what to which thing. Hashes are over the thing before and after, never the thing itself. */
export type NewEvent = {
  verb: `${string}.${string}`;
  object: { kind: string; id: string | null; entityId?: string | null };
  before?: unknown;
  after?: unknown;
  /** Facts for the reader of the log: ids, classes, numbers. No evidence text, no secrets. */
  detail?: Record<string, unknown>;
};

/**
 * Appends events and moves the organisation's revision on by as many. The row lock on the organisation makes positions
 * gapless and in commit order; it is taken as the last statement so that it is held only for the commit.
 */
export async function appendEvents(tx: Transaction, actor: Actor, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const lines = events.map((event) => ({
    id: newId(),
    verb: event.verb,
    object_kind: event.object.kind,
    object_id: event.object.id,
    entity_id: event.object.entityId ?? null,
    before_hash: hashOf(event.before),
    after_hash: hashOf(event.after),
    detail: event.detail ?? {},
  }));
  await tx.db.execute(sql`
    with moved as (
      update organisation set revision = revision + ${lines.length} where id = ${actor.organisation.id} returning revision
    )
    insert into event (org_id, position, id, actor_kind, actor_id, verb, object_kind, object_id, entity_id, before_hash, after_hash, detail, request_id)
    select ${actor.organisation.id}, moved.revision - ${lines.length} + line.ordinality, line.id, ${actor.kind}, ${actor.id}::uuid,
      line.verb, line.object_kind, line.object_id, line.entity_id, line.before_hash, line.after_hash, line.detail, ${actor.requestId}
    from moved, rows from (
      jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
        as (id uuid, verb text, object_kind text, object_id text, entity_id uuid, before_hash text, after_hash text, detail jsonb)
    ) with ordinality as line`);
}

function hashOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return createHash('sha256').update(stable(value)).digest('hex');
}

/** JSON with sorted keys, so that the same thing always has the same hash. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
