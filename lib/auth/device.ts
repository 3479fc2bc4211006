import { createHash, randomBytes } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';
import { authSecret, isHttps } from '@/lib/kernel/env';

/** How long a browser counts as one that this person uses. */
const KNOWN_SECONDS = 180 * 86_400;

/**
 * A browser from which somebody signed in before. Its failures are counted apart from those of the network, so that
 * nobody who merely knows an address can make its owner wait. The cookie opens nothing by itself.
 */
export function deviceCookieName(): string {
  return isHttps() ? '__Host-heptad.device' : 'heptad.device';
}

/** The Set-Cookie value that makes this browser known for one address, from now on for half a year. */
export async function deviceCookie(email: string): Promise<string> {
  const token = { device: randomBytes(12).toString('base64url'), account: accountOf(email) };
  const value = await encode({ token, secret: authSecret(), maxAge: KNOWN_SECONDS, salt: 'device' });
  return `${deviceCookieName()}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${KNOWN_SECONDS}${isHttps() ? '; Secure' : ''}`;
}

/** The id of a known browser of this address, or null for a cookie that is missing, forged, too old or somebody else's. */
export async function knownDevice(cookie: string | undefined, email: string): Promise<string | null> {
  if (!cookie) return null;
  try {
    const token = await decode({ token: cookie, secret: authSecret(), salt: 'device' });
    return token?.account === accountOf(email) && typeof token.device === 'string' ? token.device : null;
  } catch {
    return null;
  }
}

function accountOf(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('base64url');
}
