import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inTransaction } from '@/db/client';
import { actorFor, makeWorld, type World } from '@/test/factories';
import { useDatabase } from '@/test/database';
import type { UserActor } from './actor';
import { AppError } from './errors';
import { execute } from './execute';
import { defineCommand, defineQuery } from './operation';

useDatabase();

const renameEntity = defineCommand({
  name: 'renameEntity',
  summary: 'For this test.',
  permission: 'entity:write',
  input: z.strictObject({ id: z.uuid(), name: z.string().min(1) }),
  async run({ db, record }, { id, name }) {
    const { rowCount } = await db.execute(sql`update entity set name = ${name} where id = ${id}`);
    record({ verb: 'entity.renamed', object: { kind: 'entity', id }, after: { name } });
    if (name === 'fail') throw new AppError('CONFLICT', 'system.exists');
    return { changed: rowCount };
  },
});

const entityNames = defineQuery({
  name: 'entityNames',
  summary: 'For this test.',
  permission: 'entity:read',
  input: z.strictObject({}),
  async run({ db }) {
    return (await db.execute<{ name: string }>(sql`select name from entity`)).rows.map((row) => row.name);
  },
});

const writingQuery = defineQuery({
  name: 'writingQuery',
  summary: 'For this test.',
  permission: 'entity:read',
  input: z.strictObject({}),
  run: ({ db }) => db.execute(sql`update entity set name = 'changed by a query'`),
});

let world: World;
let other: World;
let officer: UserActor;
let board: UserActor;

beforeAll(async () => {
  world = await makeWorld();
  other = await makeWorld();
  officer = await actorFor(world, world.people.compliance);
  board = await actorFor(world, world.people.board);
});

const events = async () =>
  (
    await inTransaction({ organisationId: world.organisationId, access: 'read' }, ({ db }) =>
      db.execute<{ position: number; verb: string; actor_id: string }>(
        sql`select position, verb, actor_id from event order by position`,
      ),
    )
  ).rows;

describe('a command', () => {
  it('changes and writes its event in one transaction, positions without a gap', async () => {
    await execute(renameEntity, officer, { id: world.entityId, name: 'First' });
    await execute(renameEntity, officer, { id: world.entityId, name: 'Second' });
    const lines = await events();
    expect(lines.map(({ position }) => position)).toEqual([1, 2]);
    expect(lines[0]).toMatchObject({ verb: 'entity.renamed', actor_id: world.people.compliance });
  });

  it('leaves nothing, not even an event, when it fails', async () => {
    const before = await events();
    await expect(execute(renameEntity, officer, { id: world.entityId, name: 'fail' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await events()).toEqual(before);
    expect(await execute(entityNames, officer, {})).not.toContain('fail');
  });

  it('is refused to a role without the right and to nobody at all', async () => {
    await expect(execute(renameEntity, board, { id: world.entityId, name: 'x' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(execute(renameEntity, null, { id: world.entityId, name: 'x' })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('does not reach into another organisation', async () => {
    expect(await execute(renameEntity, officer, { id: other.entityId, name: 'stolen' })).toEqual({ changed: 0 });
    const stranger = await actorFor(other, other.people.compliance);
    expect(await execute(entityNames, stranger, {})).not.toContain('stolen');
  });

  it('names unknown fields and wrong types', async () => {
    const input = { id: 'no-id', name: 'x', extra: 1 } as unknown as { id: string; name: string };
    await expect(execute(renameEntity, officer, input)).rejects.toMatchObject({
      code: 'INVALID',
      issues: expect.arrayContaining([
        expect.objectContaining({ path: 'id' }),
        expect.objectContaining({ path: 'extra' }),
      ]),
    });
  });

  it('gives a repeated request its first answer and refuses the key for another one', async () => {
    const input = { id: world.entityId, name: 'Once' };
    const first = await execute(renameEntity, officer, input, { idempotencyKey: 'k1' });
    const count = (await events()).length;
    expect(await execute(renameEntity, officer, input, { idempotencyKey: 'k1' })).toEqual(first);
    expect((await events()).length).toBe(count);
    await expect(
      execute(renameEntity, officer, { ...input, name: 'Twice' }, { idempotencyKey: 'k1' }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'repeated-key',
    });
  });

  it('keeps positions gapless and complete under parallel writes', async () => {
    const before = (await events()).length;
    await Promise.all(
      Array.from({ length: 40 }, (_, number) =>
        execute(renameEntity, officer, { id: world.entityId, name: `n${number}` }),
      ),
    );
    const positions = (await events()).map(({ position }) => position);
    expect(positions).toEqual(Array.from({ length: before + 40 }, (_, index) => index + 1));
  });
});

describe('a query', () => {
  it('cannot write, whatever it tries', async () => {
    await expect(execute(writingQuery, officer, {})).rejects.toThrow();
    expect(await execute(entityNames, officer, {})).not.toContain('changed by a query');
  });
});

describe('the event log', () => {
  it('refuses update and delete even from inside the app', async () => {
    const attempt = (statement: string) =>
      inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) =>
        db.execute(sql.raw(statement)),
      );
    await expect(attempt(`update event set verb = 'x.y'`)).rejects.toThrow();
    await expect(attempt('delete from event')).rejects.toThrow();
    await expect(attempt('truncate event')).rejects.toThrow();
  });
});
