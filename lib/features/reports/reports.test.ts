import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import readExcelFile from 'read-excel-file/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/client';
import type { PersonRole } from '@/lib/domain/policy/roles';
import { execute } from '@/lib/kernel/execute';
import { useDatabase } from '@/test/database';
import { actorFor, headersFor, makePerson, makeWorld, type World } from '@/test/factories';
import { handlerOf } from '@/test/handlers';
import { newSnapshot, thisMonth } from '@/test/matrix/reports';
import { prepareReport, readReport, releaseReport } from './commands';
import { listReports } from './queries';
import type { ReportFileFormat, ReportItem } from './schema';

useDatabase();

let world: World;

beforeAll(async () => {
  world = await makeWorld();
  await inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) =>
    db.execute(sql`update assessment set documentation = 3, implementation = 2 where entity_id = ${world.entityId}`),
  );
});

describe('the life of a report', () => {
  it('is prepared by one person and released by another, each with its event', async () => {
    const id = await newSnapshot(world);
    const prepared = await prepare(world, id);
    const released = await execute(releaseReport, await as('ciso'), prepared);
    expect(released).toEqual({ id: prepared.id, version: 2 });
    const item = await itemOf(world, id);
    expect(item.report).toMatchObject({
      prepared: { id: world.people.compliance, name: 'Person compliance' },
      released: { id: world.people.ciso, name: 'Person ciso' },
      note: 'As discussed on Monday.',
      readers: [],
    });
    expect(await verbs(world, prepared.id)).toEqual(['report.prepared', 'report.released']);
  });

  it('is never released by who prepared it', async () => {
    const prepared = await prepare(world, await newSnapshot(world));
    await expect(execute(releaseReport, await as('compliance'), prepared)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      reason: 'own-work',
    });
    const seen = (role: PersonRole) => listOf(world, role).then((items) => items[0]?.report?.mayRelease);
    expect([await seen('compliance'), await seen('board'), await seen('ciso')]).toEqual([false, true, true]);
  });

  it('is prepared once and released once; a stale version changes nothing', async () => {
    const id = await newSnapshot(world);
    const prepared = await prepare(world, id);
    await expect(prepare(world, id)).rejects.toMatchObject({ code: 'CONFLICT' });
    const board = await as('board');
    await expect(execute(releaseReport, board, { ...prepared, version: 7 })).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'stale-version',
    });
    await execute(releaseReport, board, prepared);
    await expect(execute(releaseReport, await as('ciso'), { ...prepared, version: 2 })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('can be released again and again only in words: a repeated request gets the first answer', async () => {
    const prepared = await prepare(world, await newSnapshot(world));
    const board = await as('board');
    const first = await execute(releaseReport, board, prepared, { idempotencyKey: 'release' });
    expect(await execute(releaseReport, board, prepared, { idempotencyKey: 'release' })).toEqual(first);
  });

  it('is a draft until released: readers of reports who do not make or release them wait', async () => {
    const own = await makeWorld();
    const id = await newSnapshot(own);
    const prepared = await prepare(own, id);
    const officer = await actorFor(own, own.people['ai-officer']);
    expect(await listOf(own, 'ai-officer')).toEqual([]);
    await expect(execute(readReport, officer, { id, format: 'csv' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await execute(releaseReport, await actorFor(own, own.people.board), prepared);
    expect((await listOf(own, 'ai-officer')).map((item) => item.snapshot)).toEqual([id]);
    await expect(execute(readReport, officer, { id, format: 'csv' })).resolves.toBeDefined();
  });

  it('keeps who read it: each person once, with first and last time and how often', async () => {
    const own = await makeWorld();
    const id = await newSnapshot(own);
    const { id: report } = await prepare(own, id);
    const board = await actorFor(own, own.people.board);
    await execute(readReport, board, { id, format: 'csv' });
    await execute(readReport, board, { id, format: 'json' });
    await execute(readReport, await actorFor(own, own.people.ciso), { id, format: 'csv' });
    const { readers } = (await itemOf(own, id)).report!;
    expect(readers.map(({ name, times }) => [name, times])).toEqual([
      ['Person board', 2],
      ['Person ciso', 1],
    ]);
    expect(readers[0]!.lastAt >= readers[0]!.firstAt).toBe(true);
    expect((await verbs(own, report)).filter((verb) => verb === 'report.read')).toHaveLength(3);
  });

  it('tells of a restatement on both sides', async () => {
    const own = await makeWorld();
    const [first, second] = [await newSnapshot(own), await newSnapshot(own)];
    expect(await itemOf(own, first)).toMatchObject({ restates: null, restatedBy: second });
    expect(await itemOf(own, second)).toMatchObject({ restates: first, restatedBy: null });
  });

  it('is not for somebody limited to some entities: the group’s report tells of all of them', async () => {
    const id = await newSnapshot(world);
    const person = await inTransaction({ organisationId: world.organisationId, access: 'write' }, (tx) =>
      makePerson(tx, world.organisationId, 'board', [world.entityId]),
    );
    const limited = await actorFor(world, person);
    await expect(execute(readReport, limited, { id, format: 'csv' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(execute(listReports, limited, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the formats of a report', () => {
  let id: string;

  beforeAll(async () => {
    id = await newSnapshot(world);
  });

  it('PDF: set in the language asked for, with the same bytes each time and a validator', async () => {
    const english = await download(id, 'pdf');
    expect(english.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(english.headers.get('content-type')).toBe('application/pdf');
    expect(english.headers.get('content-disposition')).toContain(`heptad-${thisMonth()}`);
    const again = await download(id, 'pdf');
    expect(sha256(again.bytes)).toBe(sha256(english.bytes));
    expect(again.headers.get('etag')).toBe(english.headers.get('etag'));
    const german = await download(id, 'pdf', { locale: 'de' });
    expect(german.headers.get('etag')).not.toBe(english.headers.get('etag'));
    expect(german.bytes.includes('/Lang (de')).toBe(true);
  });

  it.each(['pdf', 'xlsx', 'csv', 'json'] as const)('%s: answers 304 while nothing changed', async (format) => {
    const { headers } = await download(id, format);
    const etag = headers.get('etag')!;
    expect((await download(id, format, {}, { 'if-none-match': etag })).status).toBe(304);
  });

  it('JSON: the very content the digest is over', async () => {
    const { bytes, headers } = await download(id, 'json');
    const { digest } = await itemOf(world, id);
    expect(sha256(bytes)).toBe(digest);
    expect(headers.get('etag')).toBe(`"${digest}"`);
    expect(JSON.parse(bytes.toString())).toMatchObject({ schema: 'heptad.snapshot/1', month: thisMonth() });
  });

  it('CSV: one number a line, each with its record', async () => {
    const { bytes, headers } = await download(id, 'csv');
    const rows: Record<string, string>[] = parse(bytes, { columns: true, bom: true });
    const item = await itemOf(world, id);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(rows.find((row) => row.section === 'group' && row.measure === 'proven')).toMatchObject({
      value: String(item.proven),
      record: id,
    });
    expect(rows.filter((row) => row.section === 'heatmap' && row.measure === 'proven').length).toBeGreaterThan(1);
  });

  it('XLSX: sheets in the language asked for, with typed cells', async () => {
    const sheets = await readExcelFile((await download(id, 'xlsx', { locale: 'de' })).bytes);
    expect(sheets.map((sheet) => sheet.sheet)).toEqual(expect.arrayContaining(['Übersicht', 'Heatmap', 'Deckel']));
    const heatmap = sheets.find((sheet) => sheet.sheet === 'Heatmap')!.data;
    expect(heatmap[1]?.[3]).toBeTypeOf('number');
  });

  it('refuses a format there is not, naming the field', async () => {
    const { status, bytes } = await download(id, 'docx' as ReportFileFormat);
    expect(status).toBe(422);
    expect(bytes.toString()).toContain('"format"');
  });
});

async function as(role: PersonRole) {
  return actorFor(world, world.people[role]);
}

async function prepare(own: World, id: string): Promise<{ id: string; version: number }> {
  const actor = await actorFor(own, own.people.compliance);
  return execute(prepareReport, actor, { id, note: 'As discussed on Monday.' });
}

async function listOf(own: World, role: PersonRole): Promise<ReportItem[]> {
  return (await execute(listReports, await actorFor(own, own.people[role]), {})).items;
}

async function itemOf(own: World, id: string): Promise<ReportItem> {
  return (await listOf(own, 'compliance')).find((item) => item.snapshot === id)!;
}

async function verbs({ organisationId }: World, id: string): Promise<string[]> {
  const { rows } = await inTransaction({ organisationId, access: 'read' }, ({ db }) =>
    db.execute<{ verb: string }>(sql`select verb from event where object_id = ${id} order by position`),
  );
  return rows.map((row) => row.verb);
}

/** Through the real route, as a browser of the compliance officer. */
async function download(
  id: string,
  format: ReportFileFormat,
  parameters: Record<string, string> = {},
  more: Record<string, string> = {},
) {
  const query = new URLSearchParams({ format, ...parameters });
  const request = new Request(`http://localhost:3000/api/v1/snapshots/${id}/report?${query}`, {
    headers: { ...(await headersFor(world, world.people.compliance)), ...more },
  });
  const response = await (await handlerOf(readReport))(request, { params: Promise.resolve({ id }) });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
