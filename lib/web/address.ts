import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/**
 * Lets an address with a broken percent escape (`/entities/%ff`) reach its route, where it is refused like any other
 * wrong id. Next answers such an address with a bare 500 before any code of ours runs; Node tells of each request
 * before that.
 */
export function readAddressesLeniently(): void {
  subscribe('http.server.request.start', (event) => {
    const { request } = event as { request: IncomingMessage };
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
