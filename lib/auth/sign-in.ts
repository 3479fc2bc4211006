import { sql } from 'drizzle-orm';
import { inTransaction } from '@/db/client';
import { AppError } from '@/lib/kernel/errors';
import { appendEvents } from '@/lib/kernel/event';
import type { UserActor } from '@/lib/kernel/actor';
import { passwordMatches } from './password';
import { ABSOLUTE_SECONDS, AUDITOR_SECONDS, openSession, type Origin, startSession } from './session';
import { countFailure, forgetFailures, requireNoDelay } from './throttle';

export type Credentials = { email: string; password: string };
export type SignedIn = { sessionId: string; actor: UserActor };

type Candidate = { user_id: string; password_hash: string | null; org_id: string | null };

/**
 * Checks email and password and starts a session. Unknown account, wrong password and disabled account give the same
 * answer after the same work.
 */
export async function signIn({ email, password }: Credentials, from: Origin): Promise<SignedIn> {
  const key = throttleKey(email, from);
  await requireNoDelay(key);
  const candidates = await candidatesFor(email);
  const account = candidates[0];
  if (!(await passwordMatches(account?.password_hash ?? null, password)) || !account?.org_id) {
    await countFailure(key);
    throw new AppError('UNAUTHENTICATED', 'account.wrongCredentials');
  }
  await forgetFailures(key);
  return open(account.org_id, account.user_id, from);
}

/** One-click sign-in of a demonstration account; the caller has checked that demonstration mode is on. */
export async function signInDemonstration(email: string, from: Origin): Promise<SignedIn> {
  const account = (await candidatesFor(email))[0];
  if (!account?.org_id) throw new AppError('UNAUTHENTICATED', 'account.noDemonstration');
  const signedIn = await open(account.org_id, account.user_id, from);
  if (!signedIn.actor.organisation.isDemo) throw new AppError('UNAUTHENTICATED', 'account.noDemonstration');
  return signedIn;
}

/** Proves again who sits there: for rights that need a sign-in of the last five minutes. Same throttling as sign-in. */
export async function stepUp(actor: UserActor, password: string, from: Origin): Promise<void> {
  const key = throttleKey(actor.email, from);
  await requireNoDelay(key);
  const account = (await candidatesFor(actor.email))[0];
  if (!(await passwordMatches(account?.password_hash ?? null, password))) {
    await countFailure(key);
    throw new AppError('INVALID', 'account.wrongPassword', {
      issues: [{ path: 'password', message: 'account.wrongPassword' }],
    });
  }
  await forgetFailures(key);
  await inTransaction({ organisationId: actor.organisation.id, access: 'write' }, async (tx) => {
    await tx.db.execute(
      sql`update session set authenticated_at = now() where id_hash = decode(${actor.sessionHash}, 'hex')`,
    );
    await appendEvents(tx, actor, [{ verb: 'session.confirmed', object: { kind: 'session', id: actor.id } }]);
  });
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

function throttleKey(email: string, from: Origin): string {
  return `${email.trim().toLowerCase()}|${from.network}`;
}
