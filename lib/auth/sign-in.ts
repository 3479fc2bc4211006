import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { inTransaction } from '@/db/client';
import { AppError, invalid } from '@/lib/kernel/errors';
import { appendEvents } from '@/lib/kernel/event';
import type { UserActor } from '@/lib/kernel/actor';
import type { Credentials } from './credentials';
import { knownDevice } from './device';
import { passwordMatches } from './password';
import { ABSOLUTE_SECONDS, AUDITOR_SECONDS, openSession, type Origin, startSession } from './session';
import { attempt } from './throttle';

export type SignedIn = { sessionId: string; actor: UserActor };

type Candidate = { user_id: string; password_hash: string | null; org_id: string | null };

/**
 * Checks email and password and starts a session. Unknown account, wrong password and disabled account give the same
 * answer after the same work.
 */
export async function signIn({ email, password }: z.output<typeof Credentials>, from: Origin): Promise<SignedIn> {
  const account = await attempt(await throttleKey(email, from), async () => {
    const [candidate] = await candidatesFor(email);
    const isRight = await passwordMatches(candidate?.password_hash ?? null, password);
    return isRight && candidate?.org_id ? { personId: candidate.user_id, organisationId: candidate.org_id } : null;
  });
  if (!account) throw new AppError('UNAUTHENTICATED', 'account.wrongCredentials');
  return open(account.organisationId, account.personId, from);
}

/** One-click sign-in of a demonstration account; the caller has checked that demonstration mode is on. */
export async function signInDemonstration(email: string, from: Origin): Promise<SignedIn> {
  const account = (await candidatesFor(email))[0];
  if (!account?.org_id) throw new AppError('UNAUTHENTICATED', 'account.noDemonstration');
  const signedIn = await open(account.org_id, account.user_id, from);
  if (!signedIn.actor.organisation.isDemo) throw new AppError('UNAUTHENTICATED', 'account.noDemonstration');
  return signedIn;
}

/** Proves again who sits there: for rights that need a sign-in of the last five minutes. */
export async function stepUp(actor: UserActor, password: string): Promise<void> {
  if (!(await knowsPassword(actor, password))) throw invalid('password', 'account.wrongPassword');
  await inTransaction({ organisationId: actor.organisation.id, access: 'write' }, async (tx) => {
    await tx.db.execute(
      sql`update session set authenticated_at = now() where id_hash = decode(${actor.sessionHash}, 'hex')`,
    );
    await appendEvents(tx, actor, [{ verb: 'session.confirmed', object: { kind: 'session', id: actor.id } }]);
  });
}

/**
 * Whether a signed-in person types their own password. Tries are counted for the session: whoever took it over cannot
 * guess on, and nobody outside can make the person wait.
 */
export async function knowsPassword(actor: UserActor, password: string): Promise<boolean> {
  const known = await attempt(`session|${actor.sessionHash}`, async () => {
    const [candidate] = await candidatesFor(actor.email);
    return (await passwordMatches(candidate?.password_hash ?? null, password)) || null;
  });
  return known !== null;
}

async function open(organisationId: string, personId: string, from: Origin): Promise<SignedIn> {
  const sessionId = await startSession(organisationId, personId, ABSOLUTE_SECONDS, from);
  const actor = await openSession(sessionId);
  if (!actor) throw new AppError('UNAUTHENTICATED', 'account.noRole');
  await inTransaction({ organisationId, access: 'write' }, async (tx) => {
    if (actor.held.some(({ role }) => role === 'auditor')) {
      await tx.db
        .execute(sql`update session set expires_at = least(expires_at, created_at + make_interval(secs => ${AUDITOR_SECONDS}))
        where id_hash = decode(${actor.sessionHash}, 'hex')`);
    }
    await appendEvents(tx, actor, [
      { verb: 'session.started', object: { kind: 'session', id: personId }, detail: { network: from.network } },
    ]);
  });
  return { sessionId, actor };
}

async function candidatesFor(email: string): Promise<Candidate[]> {
  const { rows } = await inTransaction({ organisationId: null, access: 'write' }, ({ db }) =>
    db.execute<Candidate>(sql`select user_id, password_hash, org_id from sign_in_candidates(${email})`),
  );
  return rows;
}

async function throttleKey(email: string, from: Origin): Promise<string> {
  const device = await knownDevice(from.deviceCookie, email);
  return `${email.trim().toLowerCase()}|${device ? `device ${device}` : from.network}`;
}
