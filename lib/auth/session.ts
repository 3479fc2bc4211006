import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { inTransaction } from '@/db/client';
import type { PersonRole } from '@/lib/domain/policy/roles';
import type { Engagement, UserActor } from '@/lib/kernel/actor';
import { newId } from '@/lib/kernel/ids';

export const IDLE_SECONDS = 30 * 60;
export const ABSOLUTE_SECONDS = 12 * 3600;
/** Auditors come from outside: a working day, not more. */
export const AUDITOR_SECONDS = 8 * 3600;

type SessionRow = {
  person_id: string;
  name: string;
  email: string;
  org_id: string;
  org_name: string;
  org_is_demo: boolean;
  time_zone: string;
  authenticated_at: string;
  expires_at: string;
  roles: { role: PersonRole; entityIds: string[] | null }[];
  engagement: Engagement | null;
};

/** Where a sign-in comes from: shown in the list of sessions and part of the throttling key. */
export type Origin = {
  network: string;
  userAgent: string;
  /** The cookie of a browser that signed in before, if there is one. */
  deviceCookie?: string | undefined;
};

/** Starts a server-side session and returns its secret id, which is stored only as a hash. */
export async function startSession(
  organisationId: string,
  personId: string,
  lifetimeSeconds: number,
  from: Origin,
): Promise<string> {
  const id = randomBytes(32).toString('base64url');
  await inTransaction({ organisationId, access: 'write' }, ({ db }) =>
    db.execute(
      sql`select start_session(${hashSessionId(id)}, ${organisationId}, ${personId}, ${lifetimeSeconds}, ${from.network}, ${from.userAgent.slice(0, 200)})`,
    ),
  );
  return id;
}

/** The person behind a session id with their roles as they are now, or null when it ended, idled out or was revoked. */
export async function openSession(id: string): Promise<UserActor | null> {
  const hash = hashSessionId(id);
  const { rows } = await inTransaction({ organisationId: null, access: 'write' }, ({ db }) =>
    db.execute<SessionRow>(sql`select * from open_session(${hash}, ${IDLE_SECONDS})`),
  );
  const row = rows[0];
  return row && row.roles.length > 0 ? toActor(row, hash.toString('hex')) : null;
}

export async function endSession(id: string): Promise<void> {
  await inTransaction({ organisationId: null, access: 'write' }, ({ db }) =>
    db.execute(sql`select end_session(${hashSessionId(id)})`),
  );
}

export function hashSessionId(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}

function toActor(row: SessionRow, sessionHash: string): UserActor {
  return {
    kind: 'user',
    id: row.person_id,
    name: row.name,
    email: row.email,
    organisation: { id: row.org_id, name: row.org_name, isDemo: row.org_is_demo, timeZone: row.time_zone },
    held: row.roles,
    requestId: newId(),
    authenticatedAt: new Date(row.authenticated_at),
    sessionEndsAt: new Date(row.expires_at),
    sessionHash,
    engagement: row.engagement,
  };
}
