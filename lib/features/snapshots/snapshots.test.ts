import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/client';
import { entity } from '@/db/schema/entities';
import { evidence, evidenceLink } from '@/db/schema/evidence';
import type { EntitySnapshotContent, SnapshotContent } from '@/lib/domain/snapshot/content';
import { execute } from '@/lib/kernel/execute';
import { newId } from '@/lib/kernel/ids';
import { runJob } from '@/lib/kernel/job';
import { asSuperuser, databaseName, useDatabase } from '@/test/database';
import { actorFor, makePerson, makeWorld, type World } from '@/test/factories';
import { canonicalise, checkSnapshot, compareSnapshots, listSnapshots, sha256 } from './queries';
import { freezeMonth } from './commands';
import { closeMonth, freezeEngagement } from './jobs';

useDatabase();

/** PostgreSQL's insufficient_privilege: the app's role has no right to change or remove rows of this table. */
const DENIED = { cause: { code: '42501' } };

let world: World;
let month: string;

beforeAll(async () => {
  world = await makeWorld();
  month = new Date().toISOString().slice(0, 7);
  await proveControl(world, 'GOV-01', 4);
});

describe('freezing a month on demand', () => {
  it('writes the group and each entity once, with the digest of exactly what is stored, and an event', async () => {
    const frozen = await freeze(world);
    const rows = await stored(world, frozen.id);
    const group = rows.find((row) => row.scope === 'group')!;
    const content = JSON.parse(group.content) as SnapshotContent;
    expect(group.digest).toBe(sha256(group.content));
    expect(group.content).toBe(canonicalise(content));
    expect(content).toMatchObject({ month, zone: 'Europe/Brussels', organisation: { id: world.organisationId } });
    expect(content.group.proven).toBe(group.proven);
    expect(frozen).toMatchObject({ month, scope: 'group', digest: group.digest, method: 'R1', kind: 'on-demand' });

    const own = rows.find((row) => row.scope === 'entity')!;
    const ownContent = JSON.parse(own.content) as EntitySnapshotContent;
    expect(own).toMatchObject({ entity_id: world.entityId, digest: sha256(own.content) });
    expect(ownContent.group).toEqual({ id: frozen.id, digest: group.digest });
    const { input: _input, ...readable } = content.entities[0]!;
    expect(ownContent.entity).toEqual(readable);

    expect(await events(world, frozen.id)).toEqual(['snapshot.frozen']);
  });

  it('names the evidence it rests on with its hash', async () => {
    const { id } = await freeze(world);
    const content = await contentOf(world, id);
    const used = content.entities[0]!.input.controls.find((control) => control.id === 'GOV-01')!.evidence;
    expect(used).toHaveLength(1);
    expect(content.evidence).toEqual([{ id: used[0]!.id, sha256: 'e'.repeat(64) }]);
  });

  it('restates a month that is frozen already: linked to the first, both visible', async () => {
    const own = await makeWorld();
    const [first, second, third] = [await freeze(own), await freeze(own), await freeze(own)];
    expect([first.restates, second.restates, third.restates]).toEqual([null, first.id, first.id]);
    const { items } = await execute(listSnapshots, await actorFor(own, own.people.board), {});
    expect(items.map((item) => item.id)).toEqual([third.id, second.id, first.id]);
    expect(await events(own, second.id)).toEqual(['snapshot.restated']);
  });

  it('answers a repeated request with the first answer and freezes nothing twice', async () => {
    const own = await makeWorld();
    const actor = await actorFor(own, own.people.compliance);
    const first = await execute(freezeMonth, actor, { month }, { idempotencyKey: 'once' });
    expect(await execute(freezeMonth, actor, { month }, { idempotencyKey: 'once' })).toEqual(first);
    const { items } = await execute(listSnapshots, actor, {});
    expect(items).toHaveLength(1);
  });

  it.each([
    ['a month that has not begun', '2999-01'],
    ['a month whose facts are gone', '2020-01'],
    ['no month at all', '2026-13'],
  ])('refuses %s, naming the field', async (_what, wanted) => {
    const actor = await actorFor(world, world.people.compliance);
    await expect(execute(freezeMonth, actor, { month: wanted })).rejects.toMatchObject({
      code: 'INVALID',
      issues: [{ path: 'month' }],
    });
  });

  it('is not for somebody who answers for some entities only', async () => {
    const person = await inTransaction({ organisationId: world.organisationId, access: 'write' }, (tx) =>
      makePerson(tx, world.organisationId, 'compliance', [world.entityId]),
    );
    await expect(execute(freezeMonth, await actorFor(world, person), { month })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('cannot be changed or removed afterwards', async () => {
    const { id } = await freeze(world);
    const change = (statement: ReturnType<typeof sql>) =>
      inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) => db.execute(statement));
    await expect(change(sql`update snapshot set proven = 10000 where id = ${id}`)).rejects.toMatchObject(DENIED);
    await expect(change(sql`delete from snapshot where id = ${id}`)).rejects.toMatchObject(DENIED);
  });
});

describe('checking a snapshot', () => {
  it('reproduces it byte for byte from its own inputs', async () => {
    const { id, digest } = await freeze(world);
    const check = await execute(checkSnapshot, await actorFor(world, world.people.ciso), { id });
    expect(check).toMatchObject({ ok: true, digest, storedDigest: digest, recomputedDigest: digest });
  });

  it('finds a content that was changed past the application, even with a digest to match', async () => {
    const own = await makeWorld();
    const { id } = await freeze(own);
    const content = await contentOf(own, id);
    const forged = canonicalise({ ...content, group: { ...content.group, proven: content.group.proven + 100 } });
    await pastTheTriggers(`update heptad.snapshot set content = $1, digest = $2 where id = $3`, [
      forged,
      sha256(forged),
      id,
    ]);
    const check = await execute(checkSnapshot, await actorFor(own, own.people.ciso), { id });
    expect(check.ok).toBe(false);
    expect(check.recomputedDigest).not.toBe(check.storedDigest);
  });
});

describe('closing months', () => {
  it('chains a year that is replayed: each names the one before, and remembers the months', async () => {
    const own = await makeWorld();
    await bornIn(own, '2026-05-01');
    for (const asOf of ['2026-06-30T21:50:00Z', '2026-08-01T00:00:00Z', '2026-08-31T21:50:00Z']) {
      await runJob(closeMonth, { organisationId: own.organisationId, asOf });
    }
    const actor = await actorFor(own, own.people.compliance);
    const { items } = await execute(listSnapshots, actor, {});
    expect(items.map((item) => [item.month, item.kind])).toEqual([
      ['2026-08', 'month-end'],
      ['2026-07', 'month-end'],
      ['2026-06', 'month-end'],
    ]);
    const [august, july, june] = items;
    const content = await contentOf(own, august!.id);
    expect(content.previous).toEqual({ id: july!.id, month: '2026-07', digest: july!.digest });
    expect(content.facts.history.map((one) => one.id)).toEqual([june!.id, july!.id]);
    expect(content.asOf).toBe('2026-08-31T23:50:00+02:00');
    expect((await contentOf(own, july!.id)).asOf).toBe('2026-07-31T23:59:59+02:00');
    for (const { id } of items) expect(await execute(checkSnapshot, actor, { id })).toMatchObject({ ok: true });
  });

  it('notices a month before that was exchanged', async () => {
    const own = await makeWorld();
    await bornIn(own, '2026-05-01');
    for (const asOf of ['2026-06-30T21:50:00Z', '2026-07-31T21:50:00Z'])
      await runJob(closeMonth, { organisationId: own.organisationId, asOf });
    const actor = await actorFor(own, own.people.compliance);
    const [july, june] = (await execute(listSnapshots, actor, {})).items;
    await pastTheTriggers(`update heptad.snapshot set digest = $1 where id = $2`, ['0'.repeat(64), june!.id]);
    expect(await execute(checkSnapshot, actor, { id: july!.id })).toMatchObject({ ok: false, isChained: false });
  });

  it('closes a month once, on its last day or in the week after, and none from before the organisation', async () => {
    const own = await makeWorld();
    await bornIn(own, '2026-07-20');
    for (const asOf of [
      '2026-07-02T00:00:00Z', // June: the organisation did not exist
      '2026-07-30T12:00:00Z', // not the last day
      '2026-07-31T21:50:00Z',
      '2026-07-31T22:10:00Z', // the first of August in Brussels: July is closed already
      '2026-08-05T00:00:00Z',
      '2026-08-12T00:00:00Z',
    ])
      await runJob(closeMonth, { organisationId: own.organisationId, asOf });
    const { items } = await execute(listSnapshots, await actorFor(own, own.people.compliance), {});
    expect(items.map((item) => item.month)).toEqual(['2026-07']);
  });
});

describe('what an auditor and a person of one entity see', () => {
  it('is, for the auditor, the month frozen for the engagement and nothing else', async () => {
    const own = await makeWorld();
    await freeze(own);
    const engagementId = await engagementOf(own);
    await runJob(freezeEngagement, { organisationId: own.organisationId, engagementId });
    await runJob(freezeEngagement, { organisationId: own.organisationId, engagementId });
    const { items } = await execute(listSnapshots, await actorFor(own, own.people.auditor), {});
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ kind: 'engagement', restates: null });
    const seenByBoard = await execute(listSnapshots, await actorFor(own, own.people.board), {});
    expect(seenByBoard.items.map((item) => item.kind)).toEqual(['on-demand']);
  });

  it('is, within an engagement or membership of one entity, that entity’s months and never the group’s', async () => {
    const own = await makeWorld();
    const other = await addEntity(own);
    const engagementId = await engagementOf(own);
    await asSuperuser(
      (client) =>
        client.query(`insert into heptad.engagement_entity (org_id, engagement_id, entity_id) values ($1, $2, $3)`, [
          own.organisationId,
          engagementId,
          other,
        ]),
      databaseName(),
    );
    await runJob(freezeEngagement, { organisationId: own.organisationId, engagementId });
    const frozen = await freeze(own);
    const auditor = await actorFor(own, own.people.auditor);
    expect((await execute(listSnapshots, auditor, {})).items).toEqual([]);
    const seen = await execute(listSnapshots, auditor, { scope: 'entity' });
    expect(seen.items.map((item) => item.entity?.id)).toEqual([other]);

    const member = await inTransaction({ organisationId: own.organisationId, access: 'write' }, (tx) =>
      makePerson(tx, own.organisationId, 'ciso', [other]),
    );
    const limited = await actorFor(own, member);
    expect((await execute(listSnapshots, limited, { scope: 'entity' })).items.map((item) => item.entity?.id)).toEqual([
      other,
    ]);
    await expect(execute(checkSnapshot, limited, { id: frozen.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('comparing two months', () => {
  it('splits the difference, whichever of the two comes first', async () => {
    const own = await makeWorld();
    const before = await freeze(own);
    await proveControl(own, 'GOV-01', 5);
    const after = await freeze(own);
    const actor = await actorFor(own, own.people.board);
    const comparison = await execute(compareSnapshots, actor, { id: after.id, with: before.id });
    expect(comparison.total).toBeGreaterThanOrEqual(0);
    expect(comparison.causes.find((one) => one.cause === 'real')?.points).toBe(comparison.total);
    expect(comparison.entities).toHaveLength(1);
    expect(await execute(compareSnapshots, actor, { id: before.id, with: after.id })).toEqual(comparison);
  });
});

describe('the facts of a month', () => {
  it('hold overdue work, gaps, exclusions and renewals as they are', async () => {
    const own = await makeWorld();
    const assessment = own.assessments['RSK-01']!;
    await asSuperuser(
      (client) =>
        client.query(
          `update heptad.assessment set due_on = '2020-05-01', owner_id = $2, documentation = 1, implementation = 1 where id = $1`,
          [assessment, own.people.owner],
        ),
      databaseName(),
    );
    await asSuperuser(
      (client) =>
        client.query(
          `update heptad.assessment set applicability = 'excluded', exclusion_reason = 'No such thing is run here.',
             exclusion_proposed_by = $2, exclusion_approved_by = $3, exclusion_until = '2999-01-01' where id = $1`,
          [own.assessments['GOV-02'], own.people.compliance, own.people.ciso],
        ),
      databaseName(),
    );
    await proveControl(own, 'GOV-01', 3, '2020-01-01');
    const { facts } = await contentOf(own, (await freeze(own)).id);
    expect(facts.overdue).toEqual([
      {
        kind: 'assessment',
        id: assessment,
        entity: own.entityId,
        control: 'RSK-01',
        unit: null,
        owner: 'Person owner',
        dueOn: '2020-05-01',
      },
    ]);
    expect(facts.notApplicable).toMatchObject([{ control: 'GOV-02', until: '2999-01-01' }]);
    expect(facts.renewals).toMatchObject([
      { title: 'Minutes', owner: 'Person owner', controls: 1, validUntil: '2020-12-31' },
    ]);
    expect(facts.gaps.find((gap) => gap.kind === 'no-accountable')?.count).toBeGreaterThan(100);
    expect(facts.decisions.length).toBeGreaterThan(0);
    expect(facts.decisions[0]).toMatchObject({ record: { kind: 'control', id: 'GOV-01' } });
  });
});

async function freeze(own: World) {
  return execute(freezeMonth, await actorFor(own, own.people.compliance), { month });
}

async function stored({ organisationId }: World, id: string) {
  const { rows } = await inTransaction({ organisationId, access: 'read' }, ({ db }) =>
    db.execute<{ scope: string; entity_id: string | null; proven: number; content: string; digest: string }>(
      sql`select scope, entity_id, proven, content, digest from snapshot where id = ${id} or group_id = ${id}`,
    ),
  );
  return rows;
}

async function contentOf(own: World, id: string): Promise<SnapshotContent> {
  const rows = await stored(own, id);
  return JSON.parse(rows.find((row) => row.scope === 'group')!.content) as SnapshotContent;
}

async function events({ organisationId }: World, id: string): Promise<string[]> {
  const { rows } = await inTransaction({ organisationId, access: 'read' }, ({ db }) =>
    db.execute<{ verb: string }>(sql`select verb from event where object_id = ${id} order by position`),
  );
  return rows.map((row) => row.verb);
}

/** Full marks for a control of the world's entity, with one accepted piece of evidence. */
async function proveControl(own: World, control: string, mark: number, collectedOn = '2026-09-01'): Promise<void> {
  const id = newId();
  await inTransaction({ organisationId: own.organisationId, access: 'write' }, async ({ db, now }) => {
    await db.execute(
      sql`update assessment set documentation = ${mark}, implementation = ${mark} where id = ${own.assessments[control]!}`,
    );
    await db.insert(evidence).values({
      orgId: own.organisationId,
      id,
      title: 'Minutes',
      type: 'board_minutes',
      kind: 'file',
      state: 'accepted',
      strength: 'document',
      collectedOn,
      fileName: 'minutes.pdf',
      mediaType: 'application/pdf',
      sizeBytes: 1,
      sha256: 'e'.repeat(64),
      storageKey: id,
      uploadedBy: own.people.owner,
      reviewedBy: own.people.compliance,
      reviewedAt: now,
    });
    await db
      .insert(evidenceLink)
      .values({ orgId: own.organisationId, evidenceId: id, assessmentId: own.assessments[control]! });
  });
}

async function addEntity({ organisationId }: World): Promise<string> {
  const id = newId();
  await inTransaction({ organisationId, access: 'write' }, ({ db }) =>
    db.insert(entity).values({
      orgId: organisationId,
      id,
      name: `Harbour ${id.slice(-6)}`,
      country: 'NL',
      classification: 'important',
    }),
  );
  return id;
}

async function engagementOf({ organisationId }: World): Promise<string> {
  const { rows } = await inTransaction({ organisationId, access: 'read' }, ({ db }) =>
    db.execute<{ id: string }>(sql`select id from engagement where org_id = ${organisationId}`),
  );
  return rows[0]!.id;
}

async function bornIn({ organisationId }: World, day: string): Promise<void> {
  await asSuperuser(
    (client) => client.query(`update heptad.organisation set created_at = $1 where id = $2`, [day, organisationId]),
    databaseName(),
  );
}

/** What somebody with the database's own password could do. */
async function pastTheTriggers(statement: string, values: unknown[]): Promise<void> {
  await asSuperuser(async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query(statement, values);
  }, databaseName());
}
