import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Transaction } from '@/db/client';
import type { Actor } from './actor';
import { AppError, invalid } from './errors';

export type Repeat = {
  tx: Transaction;
  actor: Actor;
  key: string | undefined;
  operation: string;
  input: unknown;
  isAnswerSecret: boolean;
  onRepeated?: (() => void) | undefined;
};

/**
 * Gives a repeated write its first answer. The key is claimed by an insert, so a twin that comes while the first
 * still runs waits for it; a failed first leaves nothing behind and may be tried again.
 */
export async function answerOnce<T>(repeat: Repeat, work: () => Promise<T>): Promise<T> {
  const { tx, actor, key, operation, input, isAnswerSecret } = repeat;
  if (key === undefined || !actor.id) return work();
  if (!/^[\x20-\x7e]{1,200}$/.test(key)) throw invalid('Idempotency-Key', 'request.keyForm');
  const bodyHash = createHash('sha256').update(JSON.stringify(input, withoutPlace)).digest('hex');
  const claimed = await tx.db.execute<{ key: string }>(sql`
    insert into idempotency (org_id, actor_id, key, operation, body_hash, status)
    values (${actor.organisation.id}, ${actor.id}, ${key}, ${operation}, ${bodyHash}, 0)
    on conflict (org_id, actor_id, key) do update set operation = excluded.operation, body_hash = excluded.body_hash, created_at = now(), answer = null
      where idempotency.created_at < now() - interval '24 hours'
    returning key`);
  if (claimed.rows.length === 0) return firstAnswer<T>(repeat, bodyHash);
  const answer = await work();
  await tx.db.execute(sql`
    update idempotency set answer = ${JSON.stringify(isAnswerSecret ? null : (answer ?? null))}::jsonb, status = 200
    where org_id = ${actor.organisation.id} and actor_id = ${actor.id} and key = ${key}`);
  return answer;
}

/** Where a file was put differs between two tries of the same upload; its name, size and hash do not. */
function withoutPlace(key: string, value: unknown): unknown {
  return key === 'storageKey' ? undefined : value;
}

async function firstAnswer<T>(
  { tx, actor, key, operation, isAnswerSecret, onRepeated }: Repeat,
  bodyHash: string,
): Promise<T> {
  const { rows } = await tx.db.execute<{ operation: string; body_hash: string; answer: T }>(sql`
    select operation, body_hash, answer from idempotency
    where org_id = ${actor.organisation.id} and actor_id = ${actor.id} and key = ${key}`);
  const first = rows[0];
  if (!first || first.operation !== operation || first.body_hash !== bodyHash) {
    throw new AppError('CONFLICT', 'request.keyUsed', {
      reason: 'repeated-key',
      issues: [{ path: 'Idempotency-Key', message: 'request.newKey' }],
    });
  }
  if (isAnswerSecret)
    throw new AppError('CONFLICT', 'request.secretShown', {
      reason: 'repeated-key',
    });
  onRepeated?.();
  return first.answer;
}
