import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { authSecret, isHttps } from '@/lib/kernel/env';
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
        async authorize(given, request) {
          const { email, password } = given ?? {};
          const typed = Credentials.safeParse({ email, password });
          if (!typed.success) return null;
          const { sessionId, actor } = await signIn(typed.data, originOf(new Headers(plainHeaders(request.headers))));
          return { id: actor.id, name: actor.name, email: actor.email, sid: sessionId };
        },
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

/** next-auth hands headers over as an untyped record. */
function plainHeaders(headers: Record<string, unknown> | undefined): [string, string][] {
  return Object.entries(headers ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
}
