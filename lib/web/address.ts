import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** Methods that a route may have; the class Request knows no others, or refuses them. */
const KNOWN = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Marks a request whose method was another one, so that the route refuses it. */
export const OTHER_METHOD = 'x-heptad-other-method';

/**
 * Mends what Next answers with a bare 500, an empty 400 or a redirect to whatever host was written, before any code of
 * ours runs. Node tells of each request before that: a broken percent escape (`/entities/%ff`) then reaches its route
 * and is refused like any other wrong id, an address with a host in it loses the host, TRACE and its like are
 * answered with 405.
 */
export function mendRequests(): void {
  subscribe('http.server.request.start', (event) => {
    const { request } = event as { request: IncomingMessage };
    request.url = wellFormedAddress(request.url ?? '/');
    delete request.headers[OTHER_METHOD];
    if (KNOWN.has(request.method ?? '')) return;
    request.headers[OTHER_METHOD] = request.method;
    request.method = 'OPTIONS';
  });
}

/**
 * The path of an address, with every escape that is no UTF-8 replaced by that of the replacement character, as browsers
 * show it.
 */
export function wellFormedAddress(address: string): string {
  const path = address === '*' ? '/' : address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*\/*/i, '/');
  return path.replaceAll(/(?:%[0-9a-f]{2})+|%/gi, (escapes) => (isWellFormed(escapes) ? escapes : '%EF%BF%BD'));
}

function isWellFormed(escapes: string): boolean {
  try {
    decodeURIComponent(escapes);
    return true;
  } catch {
    return false;
  }
}
