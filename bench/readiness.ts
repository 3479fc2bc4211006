import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { catalogue, loadCatalogue } from '@/db/catalogue';
import { closeDatabase, statementCount } from '@/db/client';
import { migrate } from '@/db/migrate';
import { startPostgres } from '@/lib/adapters/postgres/start-postgres';
import { sealSession, sessionCookieName } from '@/lib/auth/cookie';
import { openSession, startSession } from '@/lib/auth/session';
import { getHeatmap } from '@/lib/features/heatmap/queries';
import { getHeatmapCell } from '@/lib/features/heatmap-cell/queries';
import { getReadiness } from '@/lib/features/readiness/queries';
import { execute } from '@/lib/kernel/execute';
import { freezeAs } from '@/test/readiness-world';
import { fillOrganisation, type FilledOrganisation } from './readiness-data';
import type { BenchRow, BenchSizes } from './row';

export interface BenchOptions {
  readonly entities?: number;
  /** Pieces of evidence for every entity. */
  readonly evidencePerEntity?: number;
  /** A tenth of the work, to see that everything runs. */
  readonly quick?: boolean;
}

/** What `npm run bench -- NAME --size name=value` may change. */
export const sizes = {
  entities: { kind: 'whole', help: 'entities of the organisation' },
  evidencePerEntity: { kind: 'whole', help: 'pieces of evidence for every entity' },
} as const satisfies BenchSizes & Partial<Record<keyof BenchOptions, object>>;

const GOAL_MS = 150;
const CLIENTS = 16;

/**
 * Measures heatmap and readiness over HTTP: the production server, the embedded PostgreSQL with durable settings, one
 * organisation of the full size and one of a tenth of it.
 */
export async function run(options: BenchOptions = {}): Promise<BenchRow[]> {
  const { quick = false, entities = quick ? 20 : 200, evidencePerEntity = 500 } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'heptad-bench-readiness-'));
  const postgres = await startPostgres({ dataDir: folder, durable: true });
  Object.assign(process.env, {
    DATABASE_URL: postgres.url,
    DATA_DIR: folder,
    AUTH_SECRET: randomBytes(32).toString('hex'),
  });
  let server: Server | undefined;
  try {
    await migrate(postgres.url);
    await loadCatalogue(postgres.url);
    const small = await prepare(postgres.url, entities / 10, evidencePerEntity);
    const large = await prepare(postgres.url, entities, evidencePerEntity);
    server = await startServer();
    return await measure(server, small, large, quick ? 20 : 100);
  } finally {
    await server?.stop();
    await closeDatabase();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Subject = FilledOrganisation & { cookie: string };

/** An organisation with marks and evidence, one frozen month to compare with, and somebody signed in. */
async function prepare(url: string, entities: number, evidencePerEntity: number): Promise<Subject> {
  const client = new Client({ connectionString: url, options: '-c search_path=heptad,public' });
  await client.connect();
  const filled = await fillOrganisation(client, catalogue(), entities, evidencePerEntity);
  await client.end();
  await freezeAs({ organisationId: filled.id } as Parameters<typeof freezeAs>[0], '2026-01');
  const session = await startSession(filled.id, filled.person, 3600, { network: 'bench', userAgent: 'bench' });
  return { ...filled, cookie: `${sessionCookieName()}=${await sealSession(session)}` };
}

async function measure(server: Server, small: Subject, large: Subject, rounds: number): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const at = (subject: Subject, address: string) => () => get(server, subject, address);
  const growth: Record<string, number> = {};
  for (const [subject, size] of [
    [small, 'small'],
    [large, 'large'],
  ] as const) {
    const addresses: [string, string][] = [
      ['heatmap', '/api/v1/heatmap'],
      ['readiness of the group', '/api/v1/readiness'],
      ['readiness of an entity', `/api/v1/readiness?entity=${subject.entities[0]}`],
      ['heatmap by duty', '/api/v1/heatmap?by=obligation'],
      ['heatmap cell', `/api/v1/heatmap/cell?row=L1&column=${subject.entities[0]}`],
    ];
    const first = await timed(at(subject, '/api/v1/heatmap'));
    rows.push({
      name: `heatmap, very first request, ${subject.entities.length} entities`,
      value: round(first),
      unit: 'ms',
    });
    for (const [name, address] of addresses) {
      const warm = await series(rounds, at(subject, address));
      const afterChange = await series(rounds, at(subject, address), (turn) => change(server, subject, turn));
      growth[`${name} warm ${size}`] = warm.p50;
      growth[`${name} after a change ${size}`] = afterChange.p50;
      const title = `${name}, ${subject.entities.length} entities`;
      rows.push(
        ...percentiles(`${title}, unchanged`, warm),
        ...percentiles(`${title}, after a change each time`, afterChange),
      );
    }
  }
  const factor = large.entities.length / small.entities.length;
  for (const name of ['heatmap', 'readiness of the group', 'readiness of an entity']) {
    for (const state of ['warm', 'after a change']) {
      const value = growth[`${name} ${state} large`]! / growth[`${name} ${state} small`]!;
      rows.push({
        name: `growth of ${name}, ${state}`,
        value: round(value),
        unit: '×',
        goal: `≤ ${factor}`,
        met: value <= factor,
      });
    }
  }
  for (const address of ['/api/v1/heatmap', '/api/v1/readiness']) {
    rows.push(await throughput(`${address}, ${CLIENTS} clients`, at(large, address)));
    const writer = { stopped: false };
    const writing = write(server, large, writer);
    rows.push(await throughput(`${address}, ${CLIENTS} clients, five changes a second`, at(large, address)));
    writer.stopped = true;
    await writing;
  }
  const { bytes } = await get(server, large, '/api/v1/heatmap');
  rows.push({ name: 'heatmap answer', value: Math.round(bytes / 1024), unit: 'KiB' });
  return [...rows, ...(await statements(large))];
}

/** Statements of each answer once the board is known; the session takes one more, begin and commit are not counted. */
async function statements({ id, person, entities }: Subject): Promise<BenchRow[]> {
  const session = await startSession(id, person, 3600, { network: 'bench', userAgent: 'bench' });
  const actor = (await openSession(session))!;
  const entity = entities[0]!;
  const answers: [string, () => Promise<unknown>][] = [
    ['heatmap', () => execute(getHeatmap, actor, {})],
    ['readiness of the group', () => execute(getReadiness, actor, {})],
    ['readiness of an entity', () => execute(getReadiness, actor, { entity })],
    ['heatmap cell', () => execute(getHeatmapCell, actor, { row: 'L1', column: entity })],
  ];
  const rows: BenchRow[] = [];
  for (const [name, ask] of answers) {
    await ask();
    const before = statementCount();
    await ask();
    const value = statementCount() - before;
    rows.push({ name: `statements of ${name}`, value, unit: 'statements', goal: '≤ 5', met: value <= 5 });
  }
  return rows;
}

type Series = { p50: number; p95: number };

async function series(
  rounds: number,
  work: () => Promise<unknown>,
  before?: (turn: number) => Promise<unknown>,
): Promise<Series> {
  const times: number[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    await before?.(turn);
    times.push(await timed(work));
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(rounds * 0.5)]!, p95: times[Math.floor(rounds * 0.95)]! };
}

function percentiles(name: string, { p50, p95 }: Series): BenchRow[] {
  return [
    { name: `${name}, p50`, value: round(p50), unit: 'ms' },
    { name: `${name}, p95`, value: round(p95), unit: 'ms', goal: `≤ ${GOAL_MS}`, met: p95 <= GOAL_MS },
  ];
}

async function throughput(name: string, work: () => Promise<unknown>): Promise<BenchRow> {
  const until = performance.now() + 5_000;
  let answers = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (performance.now() < until) {
        await work();
        answers += 1;
      }
    }),
  );
  return { name, value: Math.round(answers / 5), unit: 'answers/s' };
}

/** Sets the marks of one control to something else, as a person would. */
async function change(server: Server, subject: Subject, turn: number): Promise<void> {
  const assessment = subject.assessments[turn % subject.assessments.length]!;
  assessment.version += 1;
  const body = JSON.stringify({
    version: assessment.version - 1,
    documentation: assessment.version % 6,
    implementation: 3,
  });
  const { status } = await send(server, subject, 'PATCH', `/api/v1/assessments/${assessment.id}`, body);
  if (status !== 200) throw new Error(`The change was answered with ${status}.`);
}

async function write(server: Server, subject: Subject, writer: { stopped: boolean }): Promise<void> {
  for (let turn = 0; !writer.stopped; turn += 1) {
    await change(server, subject, turn);
    await sleep(200);
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function get(server: Server, subject: Subject, address: string): Promise<{ bytes: number }> {
  const { status, bytes } = await send(server, subject, 'GET', address);
  if (status !== 200) throw new Error(`${address} was answered with ${status}.`);
  return { bytes };
}

const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS + 1 });

function send(server: Server, { cookie }: Subject, method: string, address: string, body?: string) {
  return new Promise<{ status: number; bytes: number }>((resolve, reject) => {
    const headers = { cookie, origin: server.url, ...(body && { 'content-type': 'application/json' }) };
    const asked = request(`${server.url}${address}`, { method, headers, agent }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes }));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

type Server = { url: string; stop: () => Promise<void> };

/** The production build behind Next's own server, as `heptad start` runs it. */
async function startServer(): Promise<Server> {
  const next = path.resolve('node_modules/next/dist/bin/next');
  const build = process.env.NEXT_DIST_DIR ?? '.next';
  if (!existsSync(path.join(build, 'BUILD_ID'))) execFileSync(process.execPath, [next, 'build'], { stdio: 'inherit' });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await answers(url, child);
  return { url, stop: () => ended(child) };
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let wait = 0; wait < 300; wait += 1) {
    if (child.exitCode !== null) break;
    if (
      await fetch(`${url}/api/health/live`).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await sleep(100);
  }
  throw new Error('The server did not start.');
}

async function ended(child: ChildProcess): Promise<void> {
  agent.destroy();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
