import { randomBytes } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import { membership, membershipEntity, person, roleRequest, userAccount } from '@/db/schema/identity';
import { hashPassword } from '@/lib/auth/password';
import type { PersonRole } from '@/lib/domain/policy/roles';
import { requireOtherPerson } from '@/lib/kernel/authorise';
import { conflict, forbidden, invalid, message, notFound, stale } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { type CommandContext, defineCommand } from '@/lib/kernel/operation';
import { DecideRole, InvitePerson, PersonRef, RequestRole, UpdatePerson } from './schema';

export const invitePerson = defineCommand({
  name: 'invitePerson',
  summary: 'Adds a person with a first password, shown once, and asks for their role; a second person grants it.',
  permission: 'user:invite',
  input: InvitePerson,
  isAnswerSecret: true,
  http: { method: 'POST', path: '/people', status: 201 },
  async run(
    context,
    { role, entityIds, ...input },
  ): Promise<{ id: string; firstPassword: string; roleRequest: string }> {
    const { db, organisationId, record } = context;
    requireFunctions(input.functions);
    await requireEntities(context, entityIds);
    const taken = await db.execute(sql`select 1 from sign_in_candidates(${input.email})`);
    if (taken.rows.length > 0) throw invalid('email', 'person.emailTaken');
    const id = newId();
    const firstPassword = randomBytes(12).toString('base64url');
    await db.insert(userAccount).values({ id, email: input.email, passwordHash: await hashPassword(firstPassword) });
    await db.insert(person).values({ ...input, orgId: organisationId, id });
    record({ verb: 'person.invited', object: { kind: 'person', id }, detail: { role } });
    return { id, firstPassword, roleRequest: await askForRole(context, id, role, 'grant', entityIds, null) };
  },
});

export const updatePerson = defineCommand({
  name: 'updatePerson',
  summary: 'Changes name, title, functions or the day of appointment to the management body.',
  permission: 'user:invite',
  input: UpdatePerson,
  http: { method: 'PATCH', path: '/people/{id}' },
  async run(context, { id, version, ...changes }): Promise<{ id: string; version: number }> {
    if (changes.functions) requireFunctions(changes.functions);
    const before = await lock(context, id, version);
    await context.db
      .update(person)
      .set({ ...changes, version: version + 1 })
      .where(sql`org_id = ${context.organisationId} and id = ${id}`);
    context.record({
      verb: 'person.changed',
      object: { kind: 'person', id },
      before,
      after: changes,
      detail: { fields: Object.keys(changes) },
    });
    return { id, version: version + 1 };
  },
});

export const disablePerson = defineCommand({
  name: 'disablePerson',
  summary: 'Shuts a person out at once: no sign-in, all sessions ended. What they wrote stays.',
  permission: 'user:disable',
  input: PersonRef,
  http: { method: 'POST', path: '/people/{id}/disable' },
  async run(context, { id, version }): Promise<{ id: string; version: number }> {
    const { db, organisationId, actor } = context;
    if (id === actor.id) throw conflict('person.notSelf');
    const before = await lock(context, id, version);
    if (before.isDisabled) throw conflict('person.shutOut');
    await requireNotLast(context, id, sql`true`);
    await db
      .update(person)
      .set({ isDisabled: true, version: before.version + 1 })
      .where(sql`org_id = ${organisationId} and id = ${id}`);
    await db.execute(sql`delete from session where org_id = ${organisationId} and person_id = ${id}`);
    context.record({ verb: 'person.disabled', object: { kind: 'person', id } });
    return { id, version: before.version + 1 };
  },
});

export const enablePerson = defineCommand({
  name: 'enablePerson',
  summary: 'Lets a person sign in again with the roles they had.',
  permission: 'user:disable',
  input: PersonRef,
  http: { method: 'POST', path: '/people/{id}/enable' },
  async run(context, { id, version }): Promise<{ id: string; version: number }> {
    const before = await lock(context, id, version);
    if (!before.isDisabled) throw conflict('person.notShutOut');
    await context.db
      .update(person)
      .set({ isDisabled: false, version: before.version + 1 })
      .where(sql`org_id = ${context.organisationId} and id = ${id}`);
    context.record({ verb: 'person.enabled', object: { kind: 'person', id } });
    return { id, version: before.version + 1 };
  },
});

export const requestRole = defineCommand({
  name: 'requestRole',
  summary: 'Asks to give a person a role or to take it away; a second person decides.',
  permission: 'role:request',
  input: RequestRole,
  http: { method: 'POST', path: '/people/{id}/roles', status: 201 },
  async run(context, { id, role, change, entityIds, reason }): Promise<{ id: string }> {
    if (id === context.actor.id) throw forbidden('right.ownRoles', 'own-work');
    await lock(context, id);
    await requireEntities(context, entityIds);
    const holds = await context.db.execute(activeMemberships(context, id, role));
    if (change === 'revoke' && holds.rows.length === 0) throw conflict('person.noSuchRole');
    return { id: await askForRole(context, id, role, change, entityIds, reason ?? null) };
  },
});

export const decideRole = defineCommand({
  name: 'decideRole',
  summary: 'Grants or refuses, as the second person, a role change that was asked for.',
  permission: 'role:approve',
  input: DecideRole,
  http: { method: 'POST', path: '/role-requests/{id}/decision' },
  async run(context, { id, approve }): Promise<{ id: string; decision: 'approved' | 'refused' }> {
    const { db, organisationId, actor, authority, now } = context;
    const { rows } = await db.execute<{
      person: string;
      role: PersonRole;
      change: 'grant' | 'revoke';
      entityIds: string[];
      requestedBy: string;
      decided: boolean;
    }>(sql`
      select person_id as person, role, change, entity_ids as "entityIds", requested_by as "requestedBy", decided_at is not null as decided
      from role_request where org_id = ${organisationId} and id = ${id} for update`);
    const wish = rows[0];
    if (!wish) throw notFound('roleRequest');
    if (wish.decided) throw conflict('review.decided');
    requireOtherPerson(actor, authority, wish.requestedBy);
    if (wish.person === actor.id) throw forbidden('right.decideOwnRoles', 'own-work');
    if (approve) await (wish.change === 'grant' ? grant(context, wish) : revoke(context, wish));
    const decision = approve ? 'approved' : 'refused';
    await db
      .update(roleRequest)
      .set({ decidedBy: actor.id, decidedAt: now, decision })
      .where(sql`org_id = ${organisationId} and id = ${id}`);
    context.record({
      verb: `role.${approve ? (wish.change === 'grant' ? 'granted' : 'revoked') : 'refused'}`,
      object: { kind: 'person', id: wish.person },
      detail: { role: wish.role },
    });
    return { id, decision };
  },
});

type Wish = { person: string; role: PersonRole; entityIds: string[]; requestedBy: string };

async function grant(context: CommandContext, { person: personId, role, entityIds, requestedBy }: Wish): Promise<void> {
  const { db, organisationId, actor, now } = context;
  const id = newId();
  await db
    .insert(membership)
    .values({ orgId: organisationId, id, personId, role, startsAt: now, grantedBy: requestedBy, approvedBy: actor.id });
  if (entityIds.length > 0)
    await db
      .insert(membershipEntity)
      .values(entityIds.map((entityId) => ({ orgId: organisationId, membershipId: id, entityId })));
}

/** Takes effect with the person's next request, and their sessions end, so that nothing keeps the old rights. */
async function revoke(context: CommandContext, { person: personId, role }: Wish): Promise<void> {
  const { db, organisationId, now } = context;
  await requireNotLast(context, personId, sql`m.role = ${role}`);
  await db.execute(sql`update membership set ends_at = greatest(${now.toISOString()}::timestamptz, starts_at + interval '1 microsecond')
    where org_id = ${organisationId} and person_id = ${personId} and role = ${role} and (ends_at is null or ends_at > now())`);
  await db.execute(sql`delete from session where org_id = ${organisationId} and person_id = ${personId}`);
}

/** The last platform admin and the last compliance officer stay, else nobody could let anyone in again. */
async function requireNotLast({ db, organisationId }: CommandContext, personId: string, which: SQL): Promise<void> {
  // Two of them could shut each other out in the same moment; whoever comes second must see what the first did.
  await db.execute(sql`select 1 from organisation where id = ${organisationId} for no key update`);
  const { rows } = await db.execute<{ role: string }>(sql`
    select m.role from membership m where m.org_id = ${organisationId} and m.person_id = ${personId} and ${which}
      and m.role in ('admin', 'compliance') and (m.ends_at is null or m.ends_at > now())
      and not exists (select 1 from membership o join person p on p.org_id = o.org_id and p.id = o.person_id and not p.is_disabled
        where o.org_id = m.org_id and o.role = m.role and o.person_id <> m.person_id and (o.ends_at is null or o.ends_at > now()))`);
  const role = rows[0]?.role;
  if (role) throw conflict(role === 'admin' ? 'person.lastAdmin' : 'person.lastCompliance', 'last-of-role');
}

async function askForRole(
  context: CommandContext,
  personId: string,
  role: PersonRole,
  change: 'grant' | 'revoke',
  entityIds: string[],
  reason: string | null,
): Promise<string> {
  const id = newId();
  await context.db.insert(roleRequest).values({
    orgId: context.organisationId,
    id,
    personId,
    role,
    change,
    entityIds,
    reason,
    requestedBy: context.actor.id!,
  });
  context.record({ verb: 'role.requested', object: { kind: 'person', id: personId }, detail: { role, change } });
  return id;
}

function activeMemberships({ organisationId }: CommandContext, personId: string, role: PersonRole): SQL {
  return sql`select 1 from membership where org_id = ${organisationId} and person_id = ${personId} and role = ${role} and (ends_at is null or ends_at > now())`;
}

async function lock({ db, organisationId }: CommandContext, id: string, version?: number) {
  const { rows } = await db.execute<{ version: number; isDisabled: boolean }>(sql`
    select version, is_disabled as "isDisabled" from person where org_id = ${organisationId} and id = ${id} for update`);
  const row = rows[0];
  if (!row) throw notFound('person');
  if (version !== undefined && row.version !== version) throw stale('person');
  return row;
}

async function requireEntities({ db, organisationId }: CommandContext, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await db.execute<{ found: number }>(sql`
    select count(*)::int as found from entity where org_id = ${organisationId} and id = any(${sql.param([...ids])}::uuid[])`);
  if (rows[0]!.found !== new Set(ids).size) throw notFound('entity');
}

function requireFunctions(functions: readonly string[]): void {
  const known = new Set(catalogue().roles.map(({ id }) => id));
  const wrong = functions.find((id) => !known.has(id));
  if (wrong) throw invalid('functions', message('person.function', { name: wrong }));
}
