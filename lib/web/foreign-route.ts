import type { NextRequest } from 'next/server';
import { newId } from '@/lib/kernel/ids';
import { apiHeaders } from './headers';
import { problemResponse } from './problem';
import type { RouteContext, RouteHandler } from './route';

/** A route that a library answers: its failures become problems, and its answers carry the headers of every other. */
export function foreignRoute(handle: (request: NextRequest, context: RouteContext) => Promise<Response>): RouteHandler {
  return async (request, context) => {
    try {
      const response = await handle(request as NextRequest, context);
      for (const [name, value] of apiHeaders()) if (!response.headers.has(name)) response.headers.set(name, value);
      return response;
    } catch (error) {
      return problemResponse(error, newId());
    }
  };
}
