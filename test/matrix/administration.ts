import { inTransaction } from '@/db/client';
import { apiToken, engagement, person, roleRequest } from '@/db/schema/identity';
import { makeToken } from '@/lib/auth/token';
import { newId } from '@/lib/kernel/ids';
import { makePerson, type World } from '@/test/factories';
import { sql } from 'drizzle-orm';
import type { MatrixCases } from './case';

const write = <T>(world: World, work: Parameters<typeof inTransaction<T>>[1]) =>
  inTransaction({ organisationId: world.organisationId, access: 'write' }, work);

const newPerson = (world: World) => write(world, (tx) => makePerson(tx, world.organisationId, 'owner'));

async function newRoleRequest(world: World): Promise<string> {
  const id = newId();
  const personId = await newPerson(world);
  await write(world, ({ db }) =>
    db.insert(roleRequest).values({
      orgId: world.organisationId,
      id,
      personId,
      role: 'ai-officer',
      change: 'grant',
      requestedBy: world.people.admin,
    }),
  );
  return id;
}

async function newEngagement(world: World): Promise<string> {
  const id = newId();
  await write(world, ({ db, now }) =>
    db.insert(engagement).values({
      orgId: world.organisationId,
      id,
      auditorId: world.people.auditor,
      title: 'Extra audit',
      startsAt: now,
      endsAt: new Date(now.getTime() + 86_400_000),
      createdBy: world.people.compliance,
    }),
  );
  return id;
}

async function newToken(world: World): Promise<string> {
  const id = newId();
  await write(world, ({ db, now }) =>
    db.insert(apiToken).values({
      orgId: world.organisationId,
      id,
      name: 'Build server',
      kind: 'scanner',
      tokenHash: makeToken().hash,
      createdBy: world.people.admin,
      expiresAt: new Date(now.getTime() + 86_400_000),
    }),
  );
  return id;
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

export const administrationCases: MatrixCases = {
  listPeople: { prepare: async () => ({}), foreign: 'own-only' },
  listRoleRequests: { prepare: async () => ({}), foreign: 'own-only' },
  invitePerson: {
    prepare: async () => ({ name: 'New Person', email: `${newId()}@example.test`, role: 'owner' }),
    foreign: 'own-only',
  },
  updatePerson: {
    prepare: async (world) => ({ id: await newPerson(world), version: 1, jobTitle: 'Head of Operations' }),
    foreign: 'not-found',
  },
  disablePerson: { prepare: async (world) => ({ id: await newPerson(world) }), foreign: 'not-found' },
  enablePerson: {
    async prepare(world) {
      const id = await newPerson(world);
      await write(world, ({ db }) =>
        db
          .update(person)
          .set({ isDisabled: true })
          .where(sql`id = ${id}`),
      );
      return { id };
    },
    foreign: 'not-found',
  },
  requestRole: {
    prepare: async (world) => ({ id: await newPerson(world), role: 'ai-officer', change: 'grant' }),
    foreign: 'not-found',
  },
  decideRole: { prepare: async (world) => ({ id: await newRoleRequest(world), approve: true }), foreign: 'not-found' },
  listEngagements: { prepare: async () => ({}), foreign: 'own-only' },
  getEngagement: { prepare: async (world) => ({ id: await newEngagement(world) }), foreign: 'not-found' },
  createEngagement: {
    prepare: async (world) => ({
      auditorId: world.people.auditor,
      title: 'Audit of the works',
      startsAt: inDays(0),
      endsAt: inDays(10),
      entityIds: [world.entityId],
    }),
    foreign: 'not-found',
  },
  exportWorkpaper: { prepare: async (world) => ({ id: await newEngagement(world) }), foreign: 'not-found' },
  endEngagement: { prepare: async (world) => ({ id: await newEngagement(world) }), foreign: 'not-found' },
  listTokens: { prepare: async () => ({}), foreign: 'own-only' },
  createToken: { prepare: async () => ({ name: 'Build server', kind: 'scanner' }), foreign: 'own-only' },
  revokeToken: { prepare: async (world) => ({ id: await newToken(world) }), foreign: 'not-found' },
  listPermissions: { prepare: async () => ({}), foreign: 'own-only' },
  listEvents: { prepare: async () => ({}), foreign: 'own-only' },
  exportEvents: { prepare: async () => ({}), foreign: 'own-only' },
};
