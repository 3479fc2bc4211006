import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { authSecret, isHttps } from '@/lib/kernel/env';
import { AppError } from '@/lib/kernel/errors';
import { parseInput } from '@/lib/kernel/parse';
import { sessionCookieName } from './cookie';
import { Credentials } from './credentials';
import { originOf } from './request-actor';
import { endSession, openSession } from './session';
import { signIn } from './sign-in';

/**
 * next-auth for clients that speak its protocol. Its JWT carries only the id of our session row, so that what it calls
 * a session can be revoked; roles are read from the database in each request (lib/auth/request-actor.ts).
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: authSecret(),
    session: { strategy: 'jwt' },
    pages: { signIn: '/sign-in' },
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() },
      },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: (given, request) => authorize(given ?? {}, new Headers(plainHeaders(request.headers))),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user && 'sid' in user ? { sid: user.sid } : token),
      async session({ session, token }) {
        const actor = typeof token.sid === 'string' ? await openSession(token.sid) : null;
        if (!actor) return { expires: session.expires };
        return {
          expires: actor.sessionEndsAt.toISOString(),
          user: { id: actor.id, name: actor.name, email: actor.email },
        };
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === 'string') await endSession(token.sid);
      },
    },
  };
}

/**
 * next-auth puts the text of whatever is thrown here into an address. So nothing is thrown but the code of what
 * happened: the text of a database error would tell of statements and their values.
 */
async function authorize(given: { email?: unknown; password?: unknown }, headers: Headers) {
  try {
    const { email, password } = parseInput(Credentials, { email: given.email, password: given.password });
    const { sessionId, actor } = await signIn({ email, password }, originOf(headers));
    return { id: actor.id, name: actor.name, email: actor.email, sid: sessionId };
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'UNAVAILABLE';
    if (code === 'INVALID' || code === 'UNAUTHENTICATED') return null;
    throw new Error(code, { cause: error });
  }
}

/** next-auth hands headers over as an untyped record. */
function plainHeaders(headers: Record<string, unknown> | undefined): [string, string][] {
  return Object.entries(headers ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
}
