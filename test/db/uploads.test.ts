import { sql } from 'drizzle-orm';
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { GET as download } from '@/app/api/v1/evidence/[id]/content/route';
import { GET as list, POST as upload } from '@/app/api/v1/evidence/route';
import { inTransaction } from '@/db/client';
import { headersFor, makeWorld, type World } from '@/test/factories';
import { useDatabase } from '@/test/database';
import { wordOf, zipOf } from '@/test/zip';

useDatabase();

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
const ADDRESS = 'http://localhost:3000/api/v1/evidence';
const none = { params: Promise.resolve({}) };

let world: World;
let headers: Record<string, string>;

beforeAll(async () => {
  world = await makeWorld();
  headers = await headersFor(world, world.people.compliance);
});

type Part = { bytes?: Buffer; name?: string; fields?: [string, string][]; headers?: Record<string, string> };

function formOf({ bytes = PDF, name = 'proof.pdf', fields = [] }: Part): FormData {
  const form = new FormData();
  const usual: [string, string][] = [
    ['title', 'Proof'],
    ['type', 'ai_inventory'],
    ['collectedOn', '2026-01-15'],
  ];
  const given = new Set(fields.map(([key]) => key));
  for (const [key, value] of [...usual.filter(([key]) => !given.has(key)), ...fields]) form.append(key, value);
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return form;
}

const send = (part: Part, body: BodyInit = formOf(part)) =>
  upload(new Request(ADDRESS, { method: 'POST', headers: { ...headers, ...part.headers }, body }), none);

async function kept(): Promise<{ files: string[]; rows: number }> {
  const folder = path.join(process.env.DATA_DIR!, 'files');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
  const { rows } = await inTransaction({ organisationId: world.organisationId, access: 'read' }, ({ db }) =>
    db.execute<{ count: number }>(sql`select count(*)::int as count from evidence`),
  );
  return { files: files.toSorted(), rows: rows[0]!.count };
}

describe('an upload that is refused leaves neither a row nor a file', () => {
  beforeAll(async () => void (await send({})));

  const twice = formOf({});
  twice.append('file', new Blob([new Uint8Array(PDF)]), 'second.pdf');
  const withoutFile = new FormData();
  withoutFile.append('title', 'Proof');
  const digestOf = (text: string) => `sha-256=:${createHash('sha256').update(text).digest('base64')}:`;

  it.each<[string, Part, number, string, BodyInit?]>([
    ['a program named like a PDF', { bytes: Buffer.from('MZ\u0090\0'.repeat(99), 'latin1') }, 415, 'upload.disguised'],
    ['a page named like a picture', { bytes: Buffer.from('<html>'), name: 'a.png' }, 415, 'upload.disguised'],
    ['a page behind a comment', { bytes: Buffer.from('<!-- --> <html>'), name: 'a.txt' }, 415, 'upload.disguised'],
    ['a drawing', { bytes: Buffer.from('<svg/>'), name: 'a.svg' }, 415, 'upload.kind'],
    [
      'a document with macros',
      { bytes: wordOf([{ name: 'word/vbaProject.bin' }]), name: 'a.docx' },
      415,
      'upload.macros',
    ],
    ['a bomb', { bytes: wordOf([{ name: 'x', content: Buffer.alloc(3e7) }]), name: 'a.docx' }, 415, 'upload.packed'],
    ['an archive named like a document', { bytes: zipOf([{ name: 'a' }]), name: 'a.docx' }, 415, 'upload.disguised'],
    [
      'an old container',
      { bytes: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(999)]), name: 'a.docx' },
      415,
      'upload.disguised',
    ],
    ['nothing', { bytes: Buffer.alloc(0) }, 422, 'upload.empty'],
    ['too much', { bytes: Buffer.concat([PDF, Buffer.alloc(51 * 1_048_576)]) }, 413, 'upload.tooLarge'],
    ['two files', {}, 422, 'upload.oneFile', twice],
    ['a form without a file', {}, 422, 'upload.choose', withoutFile],
    ['a name of 300 characters', { name: `${'a'.repeat(300)}.pdf` }, 422, 'field.attention'],
    ['a title with a zero character', { fields: [['title', 'a\0b']] }, 422, 'field.attention'],
    ['a title of a megabyte', { fields: [['title', 'x'.repeat(1e6)]] }, 422, 'upload.fieldTooLong'],
    [
      'a title given twice',
      {
        fields: [
          ['title', 'a'],
          ['title', 'b'],
        ],
      },
      422,
      'field.twice',
    ],
    ['a field nobody knows', { fields: [['storageKey', 'evidence/x']] }, 422, 'field.attention'],
    ['a prototype', { fields: [['__proto__', 'x']] }, 422, 'field.attention'],
    ['another digest', { headers: { 'content-digest': digestOf('other') } }, 422, 'upload.digest'],
    ['a digest of another kind', { headers: { 'content-digest': 'md5=:AA==:' } }, 422, 'upload.digestForm'],
    ['somebody else’s control', { fields: [['assessments', randomUUID()]] }, 404, 'missing.assessment'],
    ['a length that does not fit', { headers: { 'content-length': '9' } }, 400, 'upload.incomplete'],
  ])('%s', async (_what, part, status, key, body) => {
    const before = await kept();
    const response = await send(part, body);
    const told = (await response.json()) as { key: string };
    expect({ status: response.status, key: told.key }).toEqual({ status, key });
    expect(await kept()).toEqual(before);
  });

  it.each(['multipart/form-data; boundary=b', 'application/pdf'])(
    'a client that hangs up midway (%s)',
    async (type) => {
      const before = await kept();
      const opening = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n';
      let turn = 0;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          turn += 1;
          if (turn === 1 && type.startsWith('multipart')) controller.enqueue(Buffer.from(opening));
          else if (turn < 4) controller.enqueue(Buffer.concat([PDF, Buffer.alloc(100_000)]));
          else controller.error(new Error('aborted'));
        },
      });
      const query = '?title=Proof&type=ai_inventory&collectedOn=2026-01-15&fileName=a.pdf';
      const url = type.startsWith('multipart') ? ADDRESS : ADDRESS + query;
      const init = { method: 'POST', headers: { ...headers, 'content-type': type }, body, duplex: 'half' };
      const response = await upload(new Request(url, init), none);
      expect(response.status).toBe(400);
      // What is written in the background must be gone as well, not only what the answer waited for.
      await sleep(200);
      expect(await kept()).toEqual(before);
    },
  );
});

describe('an upload', () => {
  it('sent again under its key, also at the same moment, is kept once, as one file', async () => {
    const before = await kept();
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(async () => (await send({ headers: key })).json()));
    expect(new Set(answers.map(({ id }: { id: string }) => id)).size).toBe(1);
    const after = await kept();
    expect(after.rows).toBe(before.rows + 1);
    expect(after.files.length).toBe(before.files.length + 1);
    const other = await send({ headers: key, fields: [['title', 'Another']] });
    expect(other.status).toBe(409);
    expect(await kept()).toEqual(after);
  });

  it('is kept under a plain name and comes back only as a sandboxed attachment', async () => {
    const name = '../../invoice\u202efdp “ä” (1).pdf';
    const { id } = (await (await send({ name, fields: [['title', 'Named']] })).json()) as { id: string };
    const get = (more: Record<string, string> = {}, method = 'GET') =>
      download(new Request(`${ADDRESS}/${id}/content`, { method, headers: { ...headers, ...more } }), {
        params: Promise.resolve({ id }),
      });
    const response = await get();
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PDF);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-disposition':
        `attachment; filename="invoicefdp ___ (1).pdf"; filename*=UTF-8''invoicefdp%20%E2%80%9C%C3%A4%E2%80%9D%20%281%29.pdf`.replace(
          '____(',
          '___ (',
        ),
      'content-security-policy': expect.stringContaining('sandbox'),
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
    });
    const etag = response.headers.get('etag')!;
    expect((await get({ 'if-none-match': etag })).status).toBe(304);
    expect((await get({}, 'HEAD')).headers.get('content-length')).toBe(String(PDF.length));
  });

  it('whose bytes nobody asks for in the end leaves no file open', async () => {
    const { id } = (await (await send({ fields: [['title', 'Open']] })).json()) as { id: string };
    const openFiles = () => readdirSync('/proc/self/fd').length;
    const ask = (method: string, more: Record<string, string>) =>
      download(new Request(`${ADDRESS}/${id}/content`, { method, headers: { ...headers, ...more } }), {
        params: Promise.resolve({ id }),
      });
    const etag = (await ask('HEAD', {})).headers.get('etag')!;
    await sleep(100);
    const before = openFiles();
    for (let turn = 0; turn < 20; turn += 1)
      await Promise.all([ask('HEAD', {}), ask('GET', { 'if-none-match': etag })]);
    await sleep(100);
    expect(openFiles()).toBeLessThan(before + 10);
  });

  it('shows up in the list with its hash', async () => {
    const { sha256 } = (await (await send({ fields: [['title', 'Listed']] })).json()) as { sha256: string };
    const found = await list(new Request(`${ADDRESS}?q=Listed`, { headers }), none);
    expect(await found.json()).toMatchObject({
      items: [{ title: 'Listed', sha256, size: PDF.length, state: 'submitted' }],
    });
  });
});
