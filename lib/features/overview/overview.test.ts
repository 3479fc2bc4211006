import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/client';
import { execute } from '@/lib/kernel/execute';
import { useDatabase } from '@/test/database';
import { actorFor, makePerson } from '@/test/factories';
import {
  addEntity,
  freezeAs,
  freezeForAuditor,
  makeReadinessWorld,
  mark,
  prove,
  type ReadinessWorld,
} from '@/test/readiness-world';
import { getChanges } from './queries';

useDatabase();

let world: ReadinessWorld;
let other: ReadinessWorld;
let north: string;
let south: string;

beforeAll(async () => {
  [world, other] = [await makeReadinessWorld(), await makeReadinessWorld()];
  [north, south] = [await addEntity(world, 'North'), await addEntity(world, 'South')];
  for (const entity of [north, south])
    for (const control of ['GOV-02', 'RSK-02', 'CUL-02']) await mark(world, entity, control, 3);
});

const ask = (input: { entity?: string; asOf?: string } = {}, actor = world.board) => execute(getChanges, actor, input);

describe('what changed', () => {
  it('is nothing before the first month is frozen', async () => {
    expect(await ask()).toEqual({ since: null, items: [] });
  });

  it('names entity, layer, control and cause of what moved since the month before', async () => {
    const frozen = await freezeAs(world, '2026-01');
    await prove(world, north, ['RSK-02', 'CUL-02']);
    const changes = await ask();
    expect(changes.since).toBe('2026-01');
    expect(changes.items.map(({ control, cause }) => [control.id, cause])).toContainEqual(['CUL-02', 'evidence-added']);
    for (const item of changes.items) {
      expect(item.entity).toEqual({ id: north, name: 'North' });
      expect(item.points).toBeGreaterThanOrEqual(1);
      expect(item.control.title).not.toBe(item.control.id);
    }
    await freezeForAuditor(world, frozen);
  });

  it('covers only the entity asked for, and only entities in reach', async () => {
    expect((await ask({ entity: south })).items).toEqual([]);
    const limited = await inTransaction({ organisationId: world.organisationId, access: 'write' }, (tx) =>
      makePerson(tx, world.organisationId, 'owner', [south]),
    );
    const owner = await actorFor(world, limited);
    expect((await ask({}, owner)).items).toEqual([]);
    await expect(ask({ entity: north }, owner)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('shows an auditor the frozen month alone', async () => {
    expect(await ask({}, await actorFor(world, world.people.auditor))).toEqual({ since: null, items: [] });
  });

  it('is not found for another organisation and forbidden without the right', async () => {
    await expect(ask({ entity: other.entityId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ask({}, await actorFor(world, world.people.admin))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(ask({ asOf: '2025-01' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
