import { sql } from 'drizzle-orm';
import { checkNewPassword, hashPassword } from '@/lib/auth/password';
import { knowsPassword } from '@/lib/auth/sign-in';
import { invalid, notFound } from '@/lib/kernel/errors';
import { defineCommand } from '@/lib/kernel/operation';
import { ChangePassword, NoInput, SessionRef } from './schema';

export const endOwnSession = defineCommand({
  name: 'endOwnSession',
  summary: 'Signs out one of your sessions.',
  permission: 'account:own',
  input: SessionRef,
  http: { method: 'DELETE', path: '/account/sessions/{id}', status: 204 },
  async run({ db, actor, organisationId, record }, { id }): Promise<void> {
    const { rowCount } = await db.execute(sql`
      delete from session where org_id = ${organisationId} and person_id = ${actor.id} and id_hash = decode(${id}, 'hex')`);
    if (!rowCount) throw notFound('session');
    record({ verb: 'session.ended', object: { kind: 'session', id: actor.id }, detail: { sessions: 1 } });
  },
});

export const endAllOwnSessions = defineCommand({
  name: 'endAllOwnSessions',
  summary: 'Signs you out everywhere, here included.',
  permission: 'account:own',
  input: NoInput,
  http: { method: 'DELETE', path: '/account/sessions', status: 204 },
  async run({ db, actor, organisationId, record }): Promise<void> {
    const { rowCount } = await db.execute(
      sql`delete from session where org_id = ${organisationId} and person_id = ${actor.id}`,
    );
    record({ verb: 'session.ended', object: { kind: 'session', id: actor.id }, detail: { sessions: rowCount ?? 0 } });
  },
});

export const changeOwnPassword = defineCommand({
  name: 'changeOwnPassword',
  summary: 'Changes your password and signs out your other sessions.',
  permission: 'account:own',
  input: ChangePassword,
  http: { method: 'POST', path: '/account/password', status: 204 },
  async run({ db, actor, organisationId, record }, { current, password }): Promise<void> {
    if (actor.kind !== 'user') throw invalid('current', 'account.onlyPeople');
    checkNewPassword(password, [actor.name, actor.email.split('@')[0]!, actor.organisation.name]);
    if (!(await knowsPassword(actor, current))) throw invalid('current', 'account.wrongPresentPassword');
    const hash = await hashPassword(password);
    await db.execute(sql`select change_password_hash(${actor.id}, ${hash})`);
    await db.execute(sql`
      delete from session where org_id = ${organisationId} and person_id = ${actor.id} and id_hash <> decode(${actor.sessionHash}, 'hex')`);
    record({ verb: 'password.changed', object: { kind: 'person', id: actor.id } });
  },
});
