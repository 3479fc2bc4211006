import type { z } from 'zod';
import { actorOf, type RequestActor } from '@/lib/auth/request-actor';
import { FileAnswer, Tagged } from '@/lib/kernel/answer';
import { AppError } from '@/lib/kernel/errors';
import { execute } from '@/lib/kernel/execute';
import { newId } from '@/lib/kernel/ids';
import type { Operation } from '@/lib/kernel/operation';
import { fileResponse } from './answer';
import { apiHeaders } from './headers';
import { inputOf } from './input';
import { requireOwnOrigin } from './origin';
import { problemResponse } from './problem';

export type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };
export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

/** The HTTP door of an operation: who, guard, input, run, answer. Nothing raw ever leaves. */
export function route<I extends z.ZodType, O>(operation: Operation<I, O>): RouteHandler {
  return guarded(async (request, params, caller) => {
    const input = await inputOf(request, params);
    const result = await execute(operation, caller.actor, input as z.input<I>, {
      // A read that leaves a line (a report being read) leaves one each time.
      idempotencyKey: request.method === 'GET' ? undefined : (request.headers.get('idempotency-key') ?? undefined),
    });
    return answer(result, request, operation.http?.status ?? 200);
  });
}

type Work = (
  request: Request,
  params: Record<string, string | string[] | undefined>,
  caller: RequestActor,
) => Promise<Response>;

/** What every API route shares, also those that are no operation (sign-in, uploads): actor, origin guard, one error shape. */
export function guarded(
  work: Work,
  guard: (request: Request, caller: RequestActor) => void = requireOriginOfCookies,
): RouteHandler {
  return async (request, context) => {
    const requestId = newId();
    try {
      const caller = await actorOf(request);
      guard(request, caller);
      if (caller.actor) Object.assign(caller.actor, { requestId });
      // Next leaves `params` out for routes without a dynamic part.
      return await work(request, (await context.params) ?? {}, caller);
    } catch (error) {
      return problemResponse(error, requestId);
    }
  };
}

function requireOriginOfCookies(request: Request, caller: RequestActor): void {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!reads && caller.by !== 'token') requireOwnOriginOrSignIn(request, caller);
}

/** Nobody signed in is told so (401) before where the request comes from matters. */
function requireOwnOriginOrSignIn(request: Request, caller: RequestActor): void {
  if (!caller.actor) throw new AppError('UNAUTHENTICATED', 'account.signIn');
  requireOwnOrigin(request);
}

async function answer(result: unknown, request: Request, status: number): Promise<Response> {
  if (result instanceof FileAnswer) return fileResponse(result, request);
  if (result instanceof Tagged) {
    const headers = apiHeaders({ etag: result.etag });
    if (request.headers.get('if-none-match') === result.etag) return new Response(null, { status: 304, headers });
    headers.set('content-type', 'application/json');
    return new Response(JSON.stringify(result.value), { status, headers });
  }
  if (status === 204 || result === undefined) return new Response(null, { status: 204, headers: apiHeaders() });
  return new Response(JSON.stringify(result), { status, headers: apiHeaders({ 'content-type': 'application/json' }) });
}
