import type { Actor } from '@/lib/kernel/actor';
import { settings } from '@/lib/kernel/env';
import { sessionCookieName, unsealSession } from './cookie';
import { deviceCookieName } from './device';
import { openSession, type Origin } from './session';
import { openToken, TOKEN_PREFIX } from './token';

export type RequestActor = { actor: Actor | null; by: 'cookie' | 'token' | 'nothing'; sessionId: string | null };

/**
 * Who sends this request. A Bearer token of ours wins and then cookies are not looked at; any other Bearer value is
 * nobody (next-auth would take a session JWT there, we do not).
 */
export async function actorOf(request: Request): Promise<RequestActor> {
  const bearer = /^Bearer\b\s*(\S*)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (bearer !== undefined) {
    return { actor: bearer.startsWith(TOKEN_PREFIX) ? await openToken(bearer) : null, by: 'token', sessionId: null };
  }
  const sessionId = await unsealSession(readCookie(request.headers.get('cookie'), sessionCookieName()));
  if (!sessionId) return { actor: null, by: 'nothing', sessionId: null };
  return { actor: await openSession(sessionId), by: 'cookie', sessionId };
}

/** The network a request comes from, as coarse as throttling needs: IPv4 /24, IPv6 /48. */
export function originOf(headers: Headers): Origin {
  return {
    network: networkOf(clientAddress(headers)),
    userAgent: headers.get('user-agent') ?? '',
    deviceCookie: readCookie(headers.get('cookie'), deviceCookieName()),
  };
}

/** Counts from the right of X-Forwarded-For as many hops as the operator trusts; what stands left of them anyone may write. */
function clientAddress(headers: Headers): string {
  const hops = settings().TRUSTED_HOPS;
  if (hops === 0) return 'direct';
  const chain = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  return chain.at(-hops) || 'direct';
}

function networkOf(address: string): string {
  if (address.includes(':')) return address.split(':').slice(0, 3).join(':');
  return address.split('.').slice(0, 3).join('.');
}

function readCookie(header: string | null, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}
