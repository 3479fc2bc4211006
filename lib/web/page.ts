import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import type { z } from 'zod';
import { sessionCookieName, unsealSession } from '@/lib/auth/cookie';
import { openSession } from '@/lib/auth/session';
import { type Permission, permissionNames } from '@/lib/domain/policy/permissions';
import type { UserActor } from '@/lib/kernel/actor';
import { may } from '@/lib/kernel/authorise';
import { AppError } from '@/lib/kernel/errors';
import { execute } from '@/lib/kernel/execute';
import type { Query } from '@/lib/kernel/operation';

/** The signed-in person of this page request (one database read however often it is asked), or null. */
export const currentUser = cache(async (): Promise<UserActor | null> => {
  const sessionId = await unsealSession((await cookies()).get(sessionCookieName())?.value);
  return sessionId ? openSession(sessionId) : null;
});

/** The signed-in person; everybody else goes to the sign-in page and comes back to this address afterwards. */
export async function requireUser(): Promise<UserActor> {
  const user = await currentUser();
  if (user) return user;
  const path = (await headers()).get('x-heptad-path') ?? '/';
  redirect(path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`);
}

export type Loaded<O> = { allowed: true; data: O } | { allowed: false };

/**
 * Page data: runs a query as the signed-in person. What does not exist is the not-found page; what the role may not
 * read comes back as `allowed: false`, so that the page can say so in its own words.
 */
export async function load<I extends z.ZodType, O>(query: Query<I, O>, input: z.input<I>): Promise<Loaded<O>> {
  const user = await requireUser();
  try {
    return { allowed: true, data: await execute(query, user, input) };
  } catch (error) {
    if (error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'INVALID')) notFound();
    if (error instanceof AppError && error.code === 'UNAUTHENTICATED') redirect('/sign-in');
    if (error instanceof AppError && error.code === 'FORBIDDEN') return { allowed: false };
    throw error;
  }
}

/** Names of all rights the person's roles have: what the shell and pages may offer. */
export function allowedTo(user: UserActor): Permission[] {
  return permissionNames.filter((permission) => may(user, permission));
}
