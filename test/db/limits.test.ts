import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/client';
import { apiToken } from '@/db/schema/identity';
import { makeToken } from '@/lib/auth/token';
import type { PersonRole } from '@/lib/domain/policy/roles';
import { newId } from '@/lib/kernel/ids';
import { callOperation } from '@/test/call';
import { asSuperuser, databaseName, useDatabase } from '@/test/database';
import { headersFor, makePerson, makeWorld, type World } from '@/test/factories';
import { newEvidence } from '@/test/matrix/evidence';

useDatabase();

let world: World;

beforeEach(async () => {
  world = await makeWorld();
});

const as = (role: PersonRole) => headersFor(world, world.people[role]);
const asPerson = (id: string) => headersFor(world, id);
const another = (role: PersonRole) =>
  inTransaction({ organisationId: world.organisationId, access: 'write' }, (tx) =>
    makePerson(tx, world.organisationId, role),
  );
const past = (statement: string) => asSuperuser((client) => client.query(statement), databaseName());

const statusesOf = (answers: { status: number }[]) => answers.map(({ status }) => status).toSorted((a, b) => a - b);

describe('two people at the same moment', () => {
  it('accept a piece of evidence once: the second is told that it was decided', async () => {
    const id = await newEvidence(world, 'owner', { uploadedBy: world.people.owner });
    const [one, other] = [await as('compliance'), await as('ciso')];
    const answers = await Promise.all([
      callOperation('acceptEvidence', { id }, one),
      callOperation('acceptEvidence', { id }, other),
      callOperation('rejectEvidence', { id, comment: 'It shows another site.' }, one),
    ]);
    expect(statusesOf(answers)).toEqual([200, 409, 409]);
    const { rows } = await inTransaction({ organisationId: world.organisationId, access: 'read' }, ({ db }) =>
      db.execute<{ decisions: number }>(sql`
        select count(*)::int as decisions from event where object_id = ${id} and verb in ('evidence.accepted', 'evidence.rejected')`),
    );
    expect(rows[0]!.decisions).toBe(1);
  });

  it('change the same assessment: one wins, the other is told to read again', async () => {
    const id = world.assessments['GOV-01']!;
    const headers = await as('compliance');
    const change = (documentation: number) =>
      callOperation('updateAssessment', { id, documentation }, { ...headers, 'if-match': '"1"' });
    const answers = await Promise.all([change(2), change(3), change(4)]);
    expect(statusesOf(answers)).toEqual([200, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({ reason: 'stale-version' });
    expect((await callOperation('updateAssessment', { id, documentation: 1 }, headers)).body).toMatchObject({
      issues: [{ path: 'version', key: 'request.ifMatch' }],
    });
  });

  it('shut each other out as the last two administrators: one stays', async () => {
    const second = await another('admin');
    const [one, other] = [await as('admin'), await asPerson(second)];
    const answers = await Promise.all([
      callOperation('disablePerson', { id: second }, one),
      callOperation('disablePerson', { id: world.people.admin }, other),
    ]);
    // Whoever is later by much is not even signed in any more.
    const [stayed, refused] = answers.toSorted((a, b) => a.status - b.status);
    expect(stayed!.status).toBe(200);
    expect([401, 409]).toContain(refused!.status);
    if (refused!.status === 409) expect(refused!.body).toMatchObject({ reason: 'last-of-role' });
  });

  it('send one request twice under one key: it is done once and answered twice', async () => {
    const headers = { ...(await as('compliance')), 'idempotency-key': randomUUID() };
    const input = { name: `Works ${randomUUID()}`, country: 'DE' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => callOperation('createEntity', input, headers)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${String(body.id)}`)).size).toBe(1);
    const changed = await callOperation('createEntity', { ...input, city: 'Kiel' }, headers);
    expect(changed).toMatchObject({ status: 409, body: { reason: 'repeated-key' } });
  });
});

describe('the last of a role', () => {
  it.each(['admin', 'compliance'] as const)('%s cannot be shut out or lose the role', async (role) => {
    const acting = role === 'admin' ? await asPerson(await another('admin')) : await as('admin');
    if (role === 'admin') {
      expect((await callOperation('disablePerson', { id: world.people.admin }, acting)).status).toBe(200);
      return;
    }
    const refused = await callOperation('disablePerson', { id: world.people[role] }, acting);
    expect(refused).toMatchObject({ status: 409, body: { reason: 'last-of-role' } });
    const wish = await callOperation('requestRole', { id: world.people[role], role, change: 'revoke' }, acting);
    const decided = await callOperation('decideRole', { id: wish.body.id, approve: true }, await as('ciso'));
    expect(decided).toMatchObject({ status: 409, body: { reason: 'last-of-role' } });
    expect((await callOperation('listEntities', {}, await as(role))).status).toBe(200);
  });
});

describe('own work', () => {
  it('is never accepted by who brought it, whatever role they hold', async () => {
    for (const role of ['compliance', 'ciso', 'ai-officer'] as const) {
      const id = await newEvidence(world, role, { uploadedBy: world.people[role] });
      const answer = await callOperation('acceptEvidence', { id }, await as(role));
      expect(answer, role).toMatchObject({ status: 403, body: { reason: 'own-work', key: 'right.ownWork' } });
    }
  });
});

describe('an auditor', () => {
  const engagementOf = async () => {
    const { rows } = await inTransaction({ organisationId: world.organisationId, access: 'read' }, ({ db }) =>
      db.execute<{ id: string }>(sql`select id from engagement where auditor_id = ${world.people.auditor}`),
    );
    return rows[0]!.id;
  };
  const reads = ['listEvidence', 'listAssessments', 'listEntities', 'listControls', 'listEvents', 'getRaci'] as const;

  it.each([
    ['has begun', "starts_at = now() + interval '1 hour'"],
    ['is over', "starts_at = now() - interval '2 hours', ends_at = now()"],
    ['was ended', 'ended_at = now()'],
  ])('reads nothing unless the engagement runs: %s', async (_what, change) => {
    const id = await engagementOf();
    const headers = await as('auditor');
    const input = (name: string) => (name === 'getRaci' ? { entity: world.entityId } : {});
    for (const name of reads) expect((await callOperation(name, input(name), headers)).status, name).toBe(200);
    expect((await callOperation('exportWorkpaper', { id }, headers)).status).toBe(200);
    await past(`update heptad.engagement set ${change} where id = '${id}'`);
    for (const name of reads) {
      const answer = await callOperation(name, input(name), headers);
      expect(answer, name).toMatchObject({ status: 403, body: { key: 'right.noEngagement' } });
    }
    expect((await callOperation('exportWorkpaper', { id }, headers)).status).toBe(403);
    const comment = { assessment: world.assessments['GOV-01'], body: 'Late', kind: 'finding' };
    expect((await callOperation('addComment', comment, headers)).status).toBe(403);
  });

  it('leaves a line for each reading of evidence and of the log', async () => {
    const headers = await as('auditor');
    const id = await newEvidence(world, 'auditor');
    await callOperation('listEvidence', {}, headers);
    await callOperation('getEvidence', { id }, headers);
    await callOperation('listEvents', {}, headers);
    await callOperation('exportWorkpaper', { id: await engagementOf() }, headers);
    const { rows } = await inTransaction({ organisationId: world.organisationId, access: 'read' }, ({ db }) =>
      db.execute<{ kind: string }>(
        sql`select object_kind as kind from event where verb = 'record.read' and actor_id = ${world.people.auditor} order by position`,
      ),
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['listEvidence', 'getEvidence', 'listEvents', 'exportWorkpaper']);
  });

  it('sees of an organisation only the entities of the engagement', async () => {
    const scopeOnly = newId();
    await inTransaction({ organisationId: world.organisationId, access: 'write' }, async ({ db }) => {
      await db.execute(
        sql`insert into entity (org_id, id, name, country) values (${world.organisationId}, ${scopeOnly}, 'Other works', 'FR')`,
      );
      await db.execute(
        sql`insert into engagement_entity (org_id, engagement_id, entity_id) values (${world.organisationId}, ${await engagementOf()}, ${scopeOnly})`,
      );
    });
    const headers = await as('auditor');
    const entities = await callOperation('listEntities', {}, headers);
    expect((entities.body.items as { id: string }[]).map(({ id }) => id)).toEqual([scopeOnly]);
    expect((await callOperation('getAssessment', { id: world.assessments['GOV-01'] }, headers)).status).toBe(404);
    expect((await callOperation('getEvidence', { id: await newEvidence(world, 'owner') }, headers)).status).toBe(404);
  });
});

describe('a platform administrator', () => {
  it('does not read the working paper of an audit', async () => {
    const { rows } = await inTransaction({ organisationId: world.organisationId, access: 'read' }, ({ db }) =>
      db.execute<{ id: string }>(sql`select id from engagement limit 1`),
    );
    expect((await callOperation('exportWorkpaper', { id: rows[0]!.id }, await as('admin'))).status).toBe(403);
  });
});

describe('a token', () => {
  async function tokenOf(values: Partial<typeof apiToken.$inferInsert> = {}, inside = world): Promise<string> {
    const { text, hash } = makeToken();
    await inTransaction({ organisationId: inside.organisationId, access: 'write' }, ({ db, now }) =>
      db.insert(apiToken).values({
        orgId: inside.organisationId,
        id: newId(),
        name: 'Build server',
        kind: 'scanner',
        tokenHash: hash,
        createdBy: inside.people.ciso,
        expiresAt: new Date(now.getTime() + 3_600_000),
        ...values,
      }),
    );
    return text;
  }
  const scan = (assessments: string[]) => ({
    title: 'Scan',
    type: 'ci_scan_result',
    collectedOn: '2026-01-15',
    assessments,
  });
  const send = (token: string, own = world) =>
    callOperation('submitFile', scan([own.assessments['GOV-01']!]), { authorization: `Bearer ${token}` });

  it('works until it ends, is revoked, or is not quite itself', async () => {
    const good = await tokenOf();
    expect((await send(good)).status).toBe(201);
    expect((await send(await tokenOf({ expiresAt: new Date(Date.now() - 1_000) }))).status).toBe(401);
    expect((await send(await tokenOf({ revokedAt: new Date() }))).status).toBe(401);
    for (const wrong of [`${good}x`, good.slice(0, -1), good.toUpperCase(), 'hpt_', 'hpt_%00'])
      expect((await send(wrong)).status, wrong).toBe(401);
  });

  it('acts in its own organisation only, and with its own rights only', async () => {
    const other = await makeWorld();
    const token = await tokenOf({}, other);
    expect((await send(token)).status).toBe(404);
    const headers = { authorization: `Bearer ${await tokenOf()}` };
    for (const name of ['listPeople', 'listTokens', 'listEvidence', 'listOwnSessions', 'listEvents'])
      expect((await callOperation(name, {}, headers)).status, name).toBe(403);
    expect((await callOperation('createToken', { name: 'x', kind: 'agent' }, headers)).status).toBe(403);
  });

  it('beside a cookie acts alone: the cookie gives it nothing, however the header is written', async () => {
    const cookie = await as('admin');
    const token = await tokenOf();
    for (const authorization of [`Bearer ${token}`, `bearer ${token}`])
      expect((await callOperation('listPeople', {}, { ...cookie, authorization })).status, authorization).toBe(403);
    for (const authorization of ['Bearer', 'Bearer x', 'BEARER  hpt_x'])
      expect((await callOperation('listPeople', {}, { ...cookie, authorization })).status, authorization).toBe(401);
  });

  it('tells when it was used last', async () => {
    await send(await tokenOf({ name: 'Seen' }));
    const { items } = (await callOperation('listTokens', {}, await as('admin'))).body;
    expect(items).toMatchObject([{ name: 'Seen', lastUsedAt: expect.any(String) }]);
  });
});

describe('a write by cookie', () => {
  it.each([
    ['without an origin', { origin: '' }],
    ['from nowhere', { origin: 'null' }],
    ['from another site', { origin: 'https://evil.test' }],
    ['from another port', { origin: 'http://localhost:3001' }],
    ['from a name that points here', { host: 'evil.test:3000', origin: 'http://evil.test:3000' }],
    ['that the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['that the browser calls same-site', { 'sec-fetch-site': 'same-site' }],
  ])('%s is refused', async (_what, more) => {
    const headers: Record<string, string> = { ...(await as('compliance')), ...more };
    if (headers.origin === '') delete headers.origin;
    const answer = await callOperation('createEntity', { name: 'Works', country: 'DE' }, headers);
    expect(answer).toMatchObject({ status: 403, body: { reason: 'origin' } });
  });
});

describe('a list that leaves the house', () => {
  it('never lets a text run as a formula', async () => {
    const id = world.assessments['GOV-01']!;
    const body = '=HYPERLINK("http://evil.test","x")';
    await inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) =>
      db.execute(sql`update entity set name = ${body} where id = ${world.entityId}`),
    );
    await callOperation('addComment', { assessment: id, kind: 'request', body: '@SUM(A1)' }, await as('auditor'));
    const { rows } = await inTransaction({ organisationId: world.organisationId, access: 'read' }, ({ db }) =>
      db.execute<{ id: string }>(sql`select id from engagement limit 1`),
    );
    const paper = await callOperation('exportWorkpaper', { id: rows[0]!.id }, await as('compliance'));
    const text = String(paper.body.text);
    expect(text).toContain(`"'=HYPERLINK(`);
    for (const line of text.split('\r\n')) for (const field of line.split(',')) expect(field).not.toMatch(/^"?[=+@]/);
  });
});
