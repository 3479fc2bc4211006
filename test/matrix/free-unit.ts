import type { Transaction } from '@/db/client';
import { unit } from '@/db/schema/entities';
import { newId } from '@/lib/kernel/ids';
import type { World } from '@/test/factories';

/** A new AI system of the world's entity: gives each prepared assessment a place of its own. */
export async function freeUnit(tx: Transaction, world: World): Promise<string> {
  const id = newId();
  await tx.db
    .insert(unit)
    .values({ orgId: world.organisationId, id, entityId: world.entityId, kind: 'ai_system', name: `System ${id}` });
  return id;
}
