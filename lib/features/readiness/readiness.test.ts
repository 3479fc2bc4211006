import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/client';
import type { Tagged } from '@/lib/kernel/answer';
import { execute } from '@/lib/kernel/execute';
import { useDatabase } from '@/test/database';
import { actorFor, headersFor, makePerson } from '@/test/factories';
import { handlerOf } from '@/test/handlers';
import {
  addEntity,
  freezeAs,
  freezeForAuditor,
  makeReadinessWorld,
  mark,
  prove,
  type ReadinessWorld,
} from '@/test/readiness-world';
import { getReadiness } from './queries';
import type { ReadinessAnswer } from './schema';

useDatabase();

let world: ReadinessWorld;
let other: ReadinessWorld;
let north: string;
let south: string;

beforeAll(async () => {
  [world, other] = [await makeReadinessWorld(), await makeReadinessWorld()];
  [north, south] = [await addEntity(world, 'North'), await addEntity(world, 'South')];
  for (const control of ['GOV-01', 'GOV-02', 'RSK-01', 'SUP-01']) await mark(world, north, control, 4);
  await prove(world, north, ['GOV-02', 'RSK-01'], { type: 'audit_report' });
  await prove(world, north, ['GOV-01'], { type: 'board_minutes', daysAgo: 40 });
  await mark(world, south, 'GOV-02', 3);
});

const ask = async (input: { entity?: string; asOf?: string } = {}, actor = world.board): Promise<ReadinessAnswer> =>
  (await execute(getReadiness, actor, input)).value;

const sum = (answer: ReadinessAnswer) => answer.explanation.reduce((total, line) => total + line.basisPoints, 0);

const get = async (person: string, query: string, more: Record<string, string> = {}) => {
  const headers = { ...(await headersFor(world, person)), ...more };
  const handler = await handlerOf(getReadiness);
  return handler(new Request(`http://localhost:3000/api/v1/readiness${query}`, { headers }), {
    params: Promise.resolve({}),
  });
};

describe('readiness of an entity', () => {
  it('answers in the shape of the contract, with lines that add up to the score', async () => {
    const answer = await ask({ entity: north });
    expect(answer).toMatchObject({ method: 'R1', entity: { id: north, name: 'North' }, level: 0 });
    expect(answer.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(answer.proven).toBeGreaterThan(0);
    expect(answer.proven).toBeLessThanOrEqual(answer.claimed);
    expect(answer.claimed).toBeLessThanOrEqual(answer.open);
    expect(answer.layers.map(({ id }) => id)).toEqual(['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7']);
    expect(Math.abs(sum(answer) / 100 - answer.proven)).toBeLessThan(0.1);
    expect(answer.explanation.find((line) => line.id === 'GOV-02')).toMatchObject({
      kind: 'control',
      label: 'GOV-02 Security policy framework',
      layerId: 'L1',
    });
    expect(answer.forecast.map(({ days }) => days)).toEqual([30, 90]);
    expect(answer.forecast[1]!.proven).toBeLessThanOrEqual(answer.proven);
  });

  it('names each next step with the address to take it', async () => {
    const { nextSteps } = await ask({ entity: north });
    expect(nextSteps).toHaveLength(5);
    for (const step of nextSteps) {
      expect(step).toMatchObject({ entityId: north, entity: 'North' });
      expect(step.href).toMatch(/^\/controls\/[A-Z]{3}-\d{2}(\?assessment=[0-9a-f-]{36})?$/);
      expect(step.label).toContain(step.name);
    }
  });

  it('tells open caps with a reason in words and one as key', async () => {
    const { caps } = await ask({ entity: south });
    expect(caps[0]).toEqual({
      id: 'cap-board-approval',
      cap: 49,
      reason: 'The management body has not approved the measures.',
      entities: [{ id: south, name: 'South', reasonKey: 'score.caps.boardApproval.never', params: {} }],
    });
  });

  it('is not found for an entity of another organisation, or one that does not exist', async () => {
    await expect(ask({ entity: other.entityId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ask({ entity: world.organisationId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('readiness of the group', () => {
  it('adds up entity by entity and names the one that holds it', async () => {
    const answer = await ask();
    expect(answer.entity).toBeNull();
    expect(Math.abs(sum(answer) / 100 - answer.proven)).toBeLessThan(0.1);
    const entities = answer.explanation.filter((line) => line.kind === 'entity').map(({ name }) => name);
    expect(entities).toEqual(expect.arrayContaining(['North', 'South']));
    expect(answer.weakest?.name).toBeDefined();
  });

  it('gathers a cap that is open in several entities into one line', async () => {
    const cap = (await ask()).caps.find(({ id }) => id === 'cap-board-approval');
    expect(cap?.entities.map(({ name }) => name)).toContain('South');
    expect(cap?.reason).toMatch(/^2 entities: no management-body approval/);
  });

  it('covers only the entities somebody is limited to', async () => {
    const limited = await inTransaction({ organisationId: world.organisationId, access: 'write' }, (tx) =>
      makePerson(tx, world.organisationId, 'owner', [north]),
    );
    const owner = await actorFor(world, limited);
    const group = await ask({}, owner);
    expect(group.explanation.map(({ id }) => id)).toEqual([north]);
    expect(group.proven).toBe((await ask({ entity: north })).proven);
    await expect(ask({ entity: south }, owner)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('readiness over time', () => {
  it('shows a frozen month as it was, and to an auditor nothing else', async () => {
    const before = await ask({ entity: north });
    const frozen = await freezeAs(world, '2026-01');
    await mark(world, north, 'GOV-05', 5);
    await prove(world, north, ['GOV-05']);
    expect((await ask({ entity: north })).proven).toBeGreaterThan(before.proven);
    expect(await ask({ entity: north, asOf: '2026-01' })).toMatchObject({ asOf: '2026-01', proven: before.proven });
    await freezeForAuditor(world, frozen);
    const auditor = await actorFor(world, world.people.auditor);
    expect(await ask({ entity: north }, auditor)).toMatchObject({ asOf: '2026-01', proven: before.proven });
  });
});

describe('GET /api/v1/readiness', () => {
  it('answers 304 while nothing changed, and anew after a change', async () => {
    const first = await get(world.people.board, `?entity=${south}`);
    const etag = first.headers.get('etag')!;
    expect(first.status).toBe(200);
    const again = await get(world.people.board, `?entity=${south}`, { 'if-none-match': etag });
    expect(again.status).toBe(304);
    await mark(world, south, 'GOV-02', 5);
    const changed = await get(world.people.board, `?entity=${south}`, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('gives different questions different validators', async () => {
    const tags = await Promise.all(
      ['', `?entity=${north}`, `?entity=${south}`].map(async (query) =>
        (await get(world.people.board, query)).headers.get('etag'),
      ),
    );
    expect(new Set(tags).size).toBe(3);
  });

  it('names what is wrong with the question', async () => {
    const response = await get(world.people.board, '?entity=nonsense&asOf=2026-13&colour=red');
    expect(response.status).toBe(422);
    const { issues } = (await response.json()) as { issues: { path: string }[] };
    expect(issues.map(({ path }) => path).toSorted()).toEqual(['asOf', 'colour', 'entity']);
  });

  it('takes three statements for an entity once the board is known', async () => {
    const { statementCount } = await import('@/db/client');
    await ask({ entity: north });
    const before = statementCount();
    const tagged: Tagged<ReadinessAnswer> = await execute(getReadiness, world.board, { entity: north });
    expect(tagged.value.nextSteps.length).toBeGreaterThan(0);
    expect(statementCount() - before).toBeLessThanOrEqual(3);
  });
});

describe('an organisation without entities', () => {
  it('has a group score of nothing, without an error', async () => {
    const empty = await makeReadinessWorld();
    await inTransaction({ organisationId: empty.organisationId, access: 'write' }, ({ db }) =>
      db.execute(sql`update entity set archived_at = now() where org_id = ${empty.organisationId}`),
    );
    expect(await ask({}, empty.board)).toMatchObject({
      proven: 0,
      claimed: 0,
      open: 0,
      level: 0,
      explanation: [],
      caps: [],
    });
  });
});
