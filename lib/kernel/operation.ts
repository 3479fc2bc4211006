import type { z } from 'zod';
import type { Transaction } from '@/db/client';
import type { Permission } from '@/lib/domain/policy/permissions';
import type { Authority } from '@/lib/domain/policy/strongest';
import type { Actor } from './actor';
import type { NewEvent } from './event';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Where an operation stands in the public API. Path parameters are `{id}`; path, query and body make one input. */
export type HttpDoor = {
  method: Method;
  path: `/${string}`;
  /** Status of a good answer; 200 if not said. */
  status?: 200 | 201 | 202 | 204;
  /** `upload`: the body is a file stream and goes through lib/web/upload.ts. */
  body?: 'json' | 'upload';
};

type Common<I extends z.ZodType> = {
  name: string;
  /** One sentence for the OpenAPI file and the permission page. */
  summary: string;
  permission: Permission;
  input: I;
  /** The answer holds a secret that is shown once: it is never kept for a repeated request. */
  isAnswerSecret?: true;
  http?: HttpDoor;
};

export type QueryContext = {
  db: Transaction['db'];
  now: Date;
  actor: Actor;
  authority: Authority;
  organisationId: string;
};

export type CommandContext = QueryContext & {
  /** Writes one line of the event log in this transaction. Every command records at least one. */
  record: (event: NewEvent) => void;
  /** Enqueues a job in this transaction: it runs only if the change is committed. */
  enqueue: (task: string, payload: Record<string, unknown>, options?: { key?: string; runAt?: Date }) => Promise<void>;
};

export type Query<I extends z.ZodType = z.ZodType, O = unknown> = Common<I> & {
  kind: 'query';
  // Method syntax on purpose: a list of operations with different inputs stays assignable.
  run(context: QueryContext, input: z.output<I>): Promise<O>;
};

export type Command<I extends z.ZodType = z.ZodType, O = unknown> = Common<I> & {
  kind: 'command';
  run(context: CommandContext, input: z.output<I>): Promise<O>;
};

export type Operation<I extends z.ZodType = z.ZodType, O = unknown> = Query<I, O> | Command<I, O>;

/** A read: parse, authorise, one read-only transaction. */
export function defineQuery<I extends z.ZodType, O>(query: Omit<Query<I, O>, 'kind'>): Query<I, O> {
  return { kind: 'query', ...query };
}

/** A change: parse, authorise, one transaction with its event and jobs. */
export function defineCommand<I extends z.ZodType, O>(command: Omit<Command<I, O>, 'kind'>): Command<I, O> {
  return { kind: 'command', ...command };
}
