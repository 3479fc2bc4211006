import { NextRequest } from 'next/server';
import { AppError, notFound } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { apiHeaders } from './headers';
import { brokenJson, limitedBytes } from './input';
import { problemResponse } from './problem';
import type { RouteContext, RouteHandler } from './route';

/**
 * A route that a library answers. It gets no more body than our own routes take, its failures become problems, and its
 * answers carry the headers of every other.
 */
export function foreignRoute(handle: (request: NextRequest, context: RouteContext) => Promise<Response>): RouteHandler {
  return async (request, context) => {
    try {
      const response = await handle(await bounded(request), context);
      // The library says in plain text that it has no such address, sometimes as a 500.
      if (response.status >= 400 && response.headers.get('content-type')?.startsWith('text/plain'))
        throw notFound('address');
      for (const [name, value] of apiHeaders()) if (!response.headers.has(name)) response.headers.set(name, value);
      return response;
    } catch (error) {
      return problemResponse(error instanceof SyntaxError ? brokenJson(error) : error, newId());
    }
  };
}

async function bounded(request: Request): Promise<NextRequest> {
  const { url, method, headers } = request;
  if (method === 'GET' || method === 'HEAD') return new NextRequest(url, { method, headers });
  const body = await limitedBytes(request);
  if (/^multipart\//i.test(headers.get('content-type') ?? ''))
    throw new AppError('INVALID', 'request.sendJson', { status: 415, reason: 'unsupported-media' });
  return new NextRequest(url, { method, headers, ...(body.length > 0 && { body }) });
}
