import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { inTransaction, type Transaction } from '@/db/client';
import type { Actor } from './actor';
import { authorise } from './authorise';
import { AppError } from './errors';
import { translateDatabaseError } from './database-error';
import { appendEvents, type NewEvent } from './event';
import { answerOnce, type Repeat } from './idempotency';
import type { Command, CommandContext, Operation, Query, QueryContext } from './operation';
import { parseInput } from './parse';

export type ExecuteOptions = {
  /** The caller's Idempotency-Key: the same key and input get the first answer again. */
  idempotencyKey?: string;
  /** Called when the answer is that of an earlier, equal request. */
  onRepeated?: () => void;
};

/** Runs any operation for an actor. The one door: pages, routes, jobs and the CLI all come through here. */
export async function execute<I extends z.ZodType, O>(
  operation: Operation<I, O>,
  actor: Actor | null,
  input: z.input<I>,
  options: ExecuteOptions = {},
): Promise<O> {
  if (!actor) throw new AppError('UNAUTHENTICATED', 'account.signIn');
  try {
    return operation.kind === 'query'
      ? await runQuery(operation, actor, input)
      : await runCommand(operation, actor, input, options);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

async function runQuery<I extends z.ZodType, O>(query: Query<I, O>, actor: Actor, input: unknown): Promise<O> {
  const early = authorise(actor, query.permission, new Date());
  const data = parseInput(query.input, input);
  const result = await inTransaction({ organisationId: actor.organisation.id, access: 'read' }, async (tx) => {
    const authority = authorise(actor, query.permission, tx.now);
    return query.run(contextOf(tx, actor, authority), data);
  });
  if (early.logged) await recordReading(query, actor, data);
  return result;
}

async function runCommand<I extends z.ZodType, O>(
  command: Command<I, O>,
  actor: Actor,
  input: unknown,
  { idempotencyKey, onRepeated }: ExecuteOptions,
): Promise<O> {
  authorise(actor, command.permission, new Date());
  const data = parseInput(command.input, input);
  return inTransaction({ organisationId: actor.organisation.id, access: 'write' }, async (tx) => {
    const authority = authorise(actor, command.permission, tx.now);
    const events: NewEvent[] = [];
    const context: CommandContext = {
      ...contextOf(tx, actor, authority),
      record: (event) => void events.push(event),
      enqueue: (task, payload, job = {}) => enqueueJob(tx, actor, task, payload, job),
    };
    const once: Repeat = {
      tx,
      actor,
      key: idempotencyKey,
      operation: command.name,
      input: data,
      isAnswerSecret: command.isAnswerSecret ?? false,
      onRepeated,
    };
    return answerOnce(once, async () => {
      const result = await command.run(context, data);
      await appendEvents(tx, actor, events);
      return result;
    });
  });
}

function contextOf(tx: Transaction, actor: Actor, authority: QueryContext['authority']): QueryContext {
  return { db: tx.db, now: tx.now, actor, authority, organisationId: actor.organisation.id };
}

/** Rights marked `logged` leave a line for each use; the read itself stays in its read-only transaction. */
async function recordReading(query: Query, actor: Actor, input: unknown): Promise<void> {
  const id = typeof input === 'object' && input !== null && 'id' in input ? String(input.id) : null;
  await inTransaction({ organisationId: actor.organisation.id, access: 'write' }, (tx) =>
    appendEvents(tx, actor, [{ verb: 'record.read', object: { kind: query.name, id }, detail: { input } }]),
  );
}

async function enqueueJob(
  tx: Transaction,
  actor: Actor,
  task: string,
  payload: Record<string, unknown>,
  { key, runAt }: { key?: string; runAt?: Date },
): Promise<void> {
  const body = JSON.stringify({ ...payload, organisationId: actor.organisation.id });
  await tx.db.execute(
    sql`select enqueue_job(${task}, ${body}::json, ${key ?? null}, ${runAt?.toISOString() ?? null}::timestamptz)`,
  );
}
