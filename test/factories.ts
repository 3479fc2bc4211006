import { randomBytes } from 'node:crypto';
import { inTransaction, type Transaction } from '@/db/client';
import { entity } from '@/db/schema/entities';
import { assessment } from '@/db/schema/assessments';
import { engagement, membership, membershipEntity, person, userAccount } from '@/db/schema/identity';
import { organisation } from '@/db/schema/platform';
import { sealSession, sessionCookieName } from '@/lib/auth/cookie';
import { openSession, startSession } from '@/lib/auth/session';
import { type PersonRole, personRoles } from '@/lib/domain/policy/roles';
import type { UserActor } from '@/lib/kernel/actor';
import { newId } from '@/lib/kernel/ids';

/** One organisation with an entity, a person for every role, and the blank assessments of a few controls. */
export type World = {
  organisationId: string;
  entityId: string;
  /** Control id → assessment id in the entity. */
  assessments: Record<string, string>;
  people: Record<PersonRole, string>;
};

export const worldControls = ['GOV-01', 'GOV-02', 'RSK-01', 'MON-02', 'CUL-01'] as const;

/** Makes a world past the commands, so that a test of one command does not depend on the others. */
export async function makeWorld(options: { isDemo?: boolean } = {}): Promise<World> {
  const organisationId = newId();
  const tag = randomBytes(4).toString('hex');
  const world: World = { organisationId, entityId: newId(), assessments: {}, people: {} as World['people'] };
  await inTransaction({ organisationId, access: 'write' }, async (tx) => {
    await tx.db
      .insert(organisation)
      .values({ id: organisationId, name: `Group ${tag}`, slug: `group-${tag}`, isDemo: options.isDemo ?? false });
    await tx.db.insert(entity).values({
      orgId: organisationId,
      id: world.entityId,
      name: `Works ${tag}`,
      country: 'DE',
      classification: 'essential',
    });
    for (const role of personRoles) world.people[role] = await makePerson(tx, organisationId, role);
    for (const controlId of worldControls) {
      const id = newId();
      world.assessments[controlId] = id;
      await tx.db.insert(assessment).values({ orgId: organisationId, id, entityId: world.entityId, controlId });
    }
    await tx.db.insert(engagement).values({
      orgId: organisationId,
      id: newId(),
      auditorId: world.people.auditor,
      title: 'Yearly audit',
      startsAt: new Date(tx.now.getTime() - 3_600_000),
      endsAt: new Date(tx.now.getTime() + 30 * 86_400_000),
      createdBy: world.people.compliance,
    });
  });
  return world;
}

/** Adds a person with one role, limited to entities when some are given. */
export async function makePerson(
  tx: Transaction,
  organisationId: string,
  role: PersonRole,
  entityIds: string[] = [],
): Promise<string> {
  const id = newId();
  const email = `${role}-${randomBytes(6).toString('hex')}@example.test`;
  await tx.db.insert(userAccount).values({ id, email });
  await tx.db.insert(person).values({ orgId: organisationId, id, name: `Person ${role}`, email });
  const membershipId = newId();
  await tx.db
    .insert(membership)
    .values({ orgId: organisationId, id: membershipId, personId: id, role, startsAt: new Date(0) });
  for (const entityId of entityIds)
    await tx.db.insert(membershipEntity).values({ orgId: organisationId, membershipId, entityId });
  return id;
}

/** The actor a real session of this person gives. */
export async function actorFor(world: Pick<World, 'organisationId'>, personId: string): Promise<UserActor> {
  const actor = await openSession(
    await startSession(world.organisationId, personId, 3600, { network: 'test', userAgent: 'test' }),
  );
  if (!actor) throw new Error('The person cannot sign in.');
  return actor;
}

/** Headers of a signed-in browser on this site. */
export async function headersFor(
  world: Pick<World, 'organisationId'>,
  personId: string,
): Promise<Record<string, string>> {
  const sessionId = await startSession(world.organisationId, personId, 3600, { network: 'test', userAgent: 'test' });
  return {
    cookie: `${sessionCookieName()}=${await sealSession(sessionId)}`,
    host: 'localhost:3000',
    origin: 'http://localhost:3000',
  };
}
