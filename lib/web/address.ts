import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/**
 * Mends two things before Next sees them, each of which it answers with a bare 500 before any code of ours runs. Node
 * tells of each request before that.
 *
 * An address with a broken percent escape (`/entities/%ff`) then reaches its route, where it is refused like any other
 * wrong id. TRACE, which no Request may have, is taken as the question what the address takes.
 */
export function mendRequests(): void {
  subscribe('http.server.request.start', (event) => {
    const { request } = event as { request: IncomingMessage };
    if (request.method === 'TRACE') request.method = 'OPTIONS';
    if (request.url?.includes('%')) request.url = wellFormedAddress(request.url);
  });
}

/** The address with every escape that is no UTF-8 replaced by that of the replacement character, as browsers show it. */
export function wellFormedAddress(address: string): string {
  return address.replaceAll(/(?:%[0-9a-f]{2})+|%/gi, (escapes) => (isWellFormed(escapes) ? escapes : '%EF%BF%BD'));
}

function isWellFormed(escapes: string): boolean {
  try {
    decodeURIComponent(escapes);
    return true;
  } catch {
    return false;
  }
}
