import { decode, encode } from 'next-auth/jwt';
import { authSecret, isHttps } from '@/lib/kernel/env';
import { ABSOLUTE_SECONDS } from './session';

/** `__Host-` pins the cookie to this host and to https; plain http is only ever served on loopback. */
export function sessionCookieName(): string {
  return isHttps() ? '__Host-heptad.session' : 'heptad.session';
}

/** The cookie is a next-auth JWT that carries nothing but the id of the session row. */
export function sealSession(sessionId: string): Promise<string> {
  return encode({ token: { sid: sessionId }, secret: authSecret(), maxAge: ABSOLUTE_SECONDS });
}

/** The session id inside a cookie's value, or null when it is not ours or too old. */
export async function unsealSession(value: string | undefined): Promise<string | null> {
  if (!value) return null;
  try {
    const token = await decode({ token: value, secret: authSecret() });
    return typeof token?.sid === 'string' ? token.sid : null;
  } catch {
    return null;
  }
}

export function sessionCookie(value: string): string {
  return `${sessionCookieName()}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${ABSOLUTE_SECONDS}${isHttps() ? '; Secure' : ''}`;
}

export function expiredSessionCookie(): string {
  return `${sessionCookieName()}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${isHttps() ? '; Secure' : ''}`;
}
