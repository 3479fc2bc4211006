import { beforeAll, expect, it } from 'vitest';
import { proposeExclusion } from '@/lib/features/assessments/commands';
import { execute } from '@/lib/kernel/execute';
import { actorFor, makePerson, makeWorld, type World } from '@/test/factories';
import { inTransaction } from '@/db/client';
import { useDatabase } from '@/test/database';
import { getMyWork } from './queries';

useDatabase();

let world: World;

beforeAll(async () => {
  world = await makeWorld();
});

it('lists a proposed exclusion for whoever may decide it, and not for its proposer', async () => {
  const second = await inTransaction({ organisationId: world.organisationId, access: 'write' }, (tx) =>
    makePerson(tx, world.organisationId, 'compliance'),
  );
  const [proposer, decider, owner] = await Promise.all(
    [world.people.compliance, second, world.people.owner].map((person) => actorFor(world, person)),
  );
  const assessment = world.assessments['GOV-02']!;
  await execute(proposeExclusion, proposer!, {
    id: assessment,
    version: 1,
    reason: 'The site is let to another company.',
  });
  const work = await execute(getMyWork, decider!, {});
  expect(work.exclusions).toEqual([
    {
      assessment,
      control: 'GOV-02',
      entityName: expect.stringContaining('Works'),
      reason: 'The site is let to another company.',
      by: 'Person compliance',
    },
  ]);
  expect(work.waitingForMe.exclusions).toBe(1);
  for (const actor of [proposer!, owner!])
    expect(await execute(getMyWork, actor, {})).toMatchObject({ exclusions: [], waitingForMe: { exclusions: 0 } });
});
