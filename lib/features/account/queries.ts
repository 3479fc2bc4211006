import { sql } from 'drizzle-orm';
import { defineQuery } from '@/lib/kernel/operation';
import { NoInput, type OwnSession } from './schema';

export const listOwnSessions = defineQuery({
  name: 'listOwnSessions',
  summary: 'The sessions you are signed in with.',
  permission: 'account:own',
  input: NoInput,
  http: { method: 'GET', path: '/account/sessions' },
  async run({ db, actor, organisationId }): Promise<{ items: OwnSession[]; next: null }> {
    const { rows } = await db.execute<Omit<OwnSession, 'isThisOne'>>(sql`
      select encode(id_hash, 'hex') as id, to_json(created_at) #>> '{}' as "startedAt", to_json(last_seen_at) #>> '{}' as "lastSeenAt",
        to_json(expires_at) #>> '{}' as "endsAt", network, user_agent as "userAgent"
      from session where org_id = ${organisationId} and person_id = ${actor.id} and expires_at > now()
      order by last_seen_at desc limit 100`);
    const thisOne = actor.kind === 'user' ? actor.sessionHash : '';
    return { items: rows.map((row) => ({ ...row, isThisOne: row.id === thisOne })), next: null };
  },
});
