import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/client';
import { grantOf } from '@/lib/domain/policy/permissions';
import { personRoles } from '@/lib/domain/policy/roles';
import { operations } from '@/lib/features/registry';
import type { Operation } from '@/lib/kernel/operation';
import { loadMessages, LOCALES, type MessageTree } from '@/messages/load';
import { headersFor, makeWorld, type World } from '@/test/factories';
import { handlerOf } from '@/test/handlers';
import { useDatabase } from '@/test/database';
import { cases } from '@/test/matrix/cases';
import { requestOf } from '@/test/matrix/request';

useDatabase();

type Told = {
  status: number;
  code: string;
  title: string;
  detail: string;
  key: string;
  issues?: { path: string; message: string; key: string }[];
};

/** Texts that no field may take, and values that few fields can. All must end as a clear refusal or as a plain success. */
const HOSTILE: Readonly<Record<string, string>> = {
  'a zero character': '"a\\u0000b"',
  'half a surrogate pair': '"\\ud800"',
  nothing: 'null',
  'a huge number': '1e308',
  'a number beyond 64 bits': '99999999999999999999',
  'a negative fraction': '-1.5',
  'the year zero': '"0000-01-01"',
  'a year of seven digits': '"9999999-01-01"',
  'the last day of PostgreSQL’s nearer years': '"9999-12-31T23:59:59Z"',
  'a day that is none': '"2026-02-30"',
  'nobody’s id': '"00000000-0000-0000-0000-000000000000"',
  'a list of nothing': '[null]',
  'a prototype': '{"__proto__":{"isAdmin":true}}',
  'a deep nest': `${'['.repeat(4_000)}${']'.repeat(4_000)}`,
  'a long text': JSON.stringify('ä'.repeat(300_000)),
  'an empty text': '""',
  'a wildcard': '"%_\\\\"',
};
const QUERIES = [
  '%00',
  'a%00b',
  '%ED%A0%80',
  '-1',
  '1e400',
  '0000-01-01',
  '2026-02-30',
  '0000-01',
  '~',
  '9999-99-99~x',
];
/** Each ends the very session that sends it. */
const NOT_TRIED = new Set(['endAllOwnSessions', 'endOwnSession']);

let world: World;
let sent = 0;

beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => console.log(`hostile input: ${operations.length} operations, ${sent} requests`));

const tried = operations.filter(({ http, name }) => http && !NOT_TRIED.has(name));
const writes = tried.filter(({ http }) => http!.method !== 'GET' && http!.body !== 'upload');

describe.each(writes.map((operation) => [operation.name, operation] as const))('%s', (name, operation) => {
  it('answers hostile bodies with a problem that names what is wrong, and changes nothing', async () => {
    const { headers, input } = await callOf(operation);
    const fields = Object.keys(input).filter((key) => !operation.http!.path.includes(`{${key}}`));
    for (const field of [...fields, 'surplus']) {
      for (const [what, json] of Object.entries(HOSTILE)) {
        const before = await eventCount();
        const { response, told } = await send(operation, input, headers, bodyWith(input, field, json));
        expect(response.status, `${field} = ${what}: ${JSON.stringify(told).slice(0, 300)}`).toBeLessThan(500);
        if (response.ok) continue;
        expectClear(response, told, `${field} = ${what}`);
        if (field === 'surplus') expect(told.status, what).toBe(422);
        expect(await eventCount(), `${field} = ${what} was refused and yet changed something`).toBe(before);
      }
    }
  });

  it.each([
    ['{', 400],
    ['{"a":', 400],
    ['[]', 422],
    ['null', 422],
    ['"x"', 422],
    ['{"a":NaN}', 400],
    [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400],
    [`{${' '.repeat(1_100_000)}}`, 413],
    ['{"__proto__":{"isAdmin":true}}', 422],
  ])('refuses the body %s with %i', async (body, status) => {
    const { headers, input } = await callOf(operation);
    const { response, told } = await send(operation, input, headers, body);
    expect(response.status, JSON.stringify(told)).toBe(status);
    expectClear(response, told, String(body).slice(0, 40));
  });

  it('refuses packed bodies, other media types, and versions that are none', async () => {
    const { headers, input } = await callOf(operation);
    const attempt = (more: Record<string, string>) => send(operation, input, { ...headers, ...more }, '{"a":1}');
    expect((await attempt({ 'content-encoding': 'gzip' })).response.status).toBe(415);
    expect((await attempt({ 'content-type': 'text/plain' })).response.status).toBe(415);
    for (const version of ['abc', '*', '"x"', '"-1"', '"1","2"', '"99999999999"']) {
      const { response, told } = await attempt({ 'if-match': version });
      expect(response.status, version).toBe(422);
      expect(
        told.issues?.map(({ path }) => path),
        version,
      ).toContain('If-Match');
    }
    if (operation.kind !== 'command') return;
    for (const key of ['x'.repeat(201), 'ä']) {
      const { response, told } = await send(operation, input, { ...headers, 'idempotency-key': key });
      expect(response.status, name).toBe(422);
      expect(told.issues?.[0]?.path).toBe('Idempotency-Key');
    }
  });
});

describe.each(tried.map((operation) => [operation.name, operation] as const))('%s', (name, operation) => {
  it('answers hostile addresses without a failure', async () => {
    const { headers, input } = await callOf(operation);
    const names = [...new Set([...Object.keys(shapeOf(operation)), 'surplus', '__proto__'])];
    for (const key of names) {
      for (const value of QUERIES) {
        const { response, told } = await send(operation, input, headers, undefined, `${key}=${value}`);
        expect(response.status, `${name}?${key}=${value} ${JSON.stringify(told)}`).toBeLessThan(500);
        if (!response.ok) expectClear(response, told, `${key}=${value}`);
        if (key === 'surplus' || key === '__proto__') expect(response.status, `${key}=${value}`).toBe(422);
        if (key === 'cursor') expect(response.status, `${key}=${value}`).toBe(422);
      }
    }
  });
});

async function callOf(operation: Operation) {
  const granted = personRoles.filter((one) => grantOf(operation.permission, one));
  const role = granted.find((one) => !cases[operation.name]!.narrowed?.[one]) ?? granted[0]!;
  const input = await cases[operation.name]!.prepare(world, role);
  return { input, headers: await headersFor(world, world.people[role]) };
}

async function send(
  operation: Operation,
  input: Record<string, unknown>,
  headers: Record<string, string>,
  body?: string | Buffer,
  query?: string,
): Promise<{ response: Response; told: Told }> {
  const { request: usual, params } = requestOf(operation, input, headers);
  const url = query === undefined ? usual.url : `${usual.url.split('?')[0]}?${query}`;
  const request =
    body === undefined && query === undefined
      ? usual
      : new Request(url, {
          method: usual.method,
          headers: { 'content-type': 'application/json', ...headers },
          ...(usual.method !== 'GET' && { body: (body ?? '{}') as BodyInit }),
        });
  sent += 1;
  const response = await (await handlerOf(operation))(request, { params: Promise.resolve(params) });
  const text = await response.text();
  return { response, told: (response.ok ? {} : JSON.parse(text)) as Told };
}

/** JSON written by hand: these values cannot all be made by JSON.stringify. */
function bodyWith(input: Record<string, unknown>, field: string, json: string): string {
  const others = Object.entries(input)
    .filter(([key]) => key !== field && key !== 'id')
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{${[...others, `${JSON.stringify(field)}:${json}`].join(',')}}`;
}

function shapeOf({ input }: Operation): object {
  return 'shape' in input ? (input.shape as object) : {};
}

const sentences = LOCALES.map((locale) => loadMessages(locale).problems!);

function expectClear(response: Response, told: Told, what: string): void {
  expect(response.headers.get('content-type'), what).toBe('application/problem+json');
  expect(response.headers.get('cache-control'), what).toBe('no-store');
  expect(told, what).toMatchObject({ code: expect.any(String), title: expect.any(String), detail: expect.any(String) });
  for (const key of [told.key, ...(told.issues ?? []).map((issue) => issue.key)]) expectWritten(key, what);
  if (response.status !== 422) return;
  expect(told.issues?.length, what).toBeGreaterThan(0);
  for (const { path } of told.issues!) expect(path, `${what}: ${JSON.stringify(told.issues)}`).not.toBe('');
}

/** Every sentence a client may be told of is written in every language. */
function expectWritten(key: string, what: string): void {
  const [group = '', name = ''] = key.split('.');
  for (const tree of sentences)
    expect((tree[group] as MessageTree | undefined)?.[name], `${what}: ${key}`).toBeTypeOf('string');
}

async function eventCount(): Promise<number> {
  const { rows } = await inTransaction({ organisationId: world.organisationId, access: 'read' }, ({ db }) =>
    db.execute<{ count: number }>(
      sql`select count(*)::int as count from event where verb <> 'record.read' and verb not like 'session.%'`,
    ),
  );
  return rows[0]!.count;
}
