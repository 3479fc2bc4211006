import { AppError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { OTHER_METHOD } from './address';
import { apiHeaders } from './headers';
import { problemResponse } from './problem';
import type { RouteHandler } from './route';

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const;
type Method = (typeof METHODS)[number];

/**
 * What a route file exports: a handler for every method, of which those the address does not have answer 405 as a
 * problem. Left to itself the framework would answer them with nothing.
 */
export function resource(own: Partial<Record<Method, RouteHandler>>): Record<Method | 'OPTIONS', RouteHandler> {
  const allowed = METHODS.filter((method) => own[method]);
  const allow = ['OPTIONS', ...(own.GET ? ['HEAD'] : []), ...allowed].toSorted().join(', ');
  const refuse: RouteHandler = async () => {
    const error = new AppError('INVALID', 'request.method', { status: 405, reason: 'method' });
    const response = problemResponse(error, newId());
    response.headers.set('allow', allow);
    return response;
  };
  return {
    DELETE: refuse,
    GET: refuse,
    PATCH: refuse,
    POST: refuse,
    PUT: refuse,
    ...own,
    OPTIONS: async (request, context) =>
      request.headers.has(OTHER_METHOD)
        ? refuse(request, context)
        : new Response(null, { status: 204, headers: apiHeaders({ allow }) }),
  };
}

/** The handlers of every API address nobody has. */
export function nowhere(): Record<Method | 'OPTIONS', RouteHandler> {
  const missing: RouteHandler = async () => problemResponse(new AppError('NOT_FOUND', 'missing.address'), newId());
  return { DELETE: missing, GET: missing, OPTIONS: missing, PATCH: missing, POST: missing, PUT: missing };
}
