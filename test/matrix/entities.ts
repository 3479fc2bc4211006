import { inTransaction } from '@/db/client';
import { entity, unit } from '@/db/schema/entities';
import { newId } from '@/lib/kernel/ids';
import type { World } from '@/test/factories';
import type { MatrixCases } from './case';

async function newEntity(world: World, archived = false): Promise<string> {
  const id = newId();
  await inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db, now }) =>
    db.insert(entity).values({
      orgId: world.organisationId,
      id,
      name: `Site ${id}`,
      country: 'AT',
      archivedAt: archived ? now : null,
    }),
  );
  return id;
}

async function newUnit(world: World): Promise<string> {
  const id = newId();
  await inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) =>
    db
      .insert(unit)
      .values({ orgId: world.organisationId, id, entityId: world.entityId, kind: 'ai_system', name: `System ${id}` }),
  );
  return id;
}

export const entityCases: MatrixCases = {
  listEntities: { prepare: async () => ({}), foreign: 'own-only' },
  getEntity: { prepare: async (world) => ({ id: world.entityId }), foreign: 'not-found' },
  previewClassification: {
    prepare: async () => ({ entityType: 'el-dso', facts: { headcount: 300 } }),
    foreign: 'own-only',
  },
  createEntity: { prepare: async () => ({ name: `New ${newId()}`, country: 'FR' }), foreign: 'own-only' },
  updateEntity: {
    prepare: async (world) => ({ id: await newEntity(world), version: 1, city: 'Graz' }),
    foreign: 'not-found',
  },
  overrideClassification: {
    prepare: async (world) => ({
      id: await newEntity(world),
      version: 1,
      classification: 'essential',
      reason: 'The authority told us so in writing.',
    }),
    foreign: 'not-found',
  },
  archiveEntity: { prepare: async (world) => ({ id: await newEntity(world), version: 1 }), foreign: 'not-found' },
  restoreEntity: { prepare: async (world) => ({ id: await newEntity(world, true), version: 1 }), foreign: 'not-found' },
  createUnit: {
    prepare: async (world) => ({ id: world.entityId, kind: 'supplier', name: `Supplier ${newId()}` }),
    foreign: 'not-found',
  },
  updateUnit: {
    prepare: async (world) => ({ id: await newUnit(world), version: 1, purpose: 'Plans the maintenance' }),
    foreign: 'not-found',
  },
  archiveUnit: { prepare: async (world) => ({ id: await newUnit(world), version: 1 }), foreign: 'not-found' },
};
