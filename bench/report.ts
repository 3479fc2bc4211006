import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { catalogue, loadCatalogue } from '@/db/catalogue';
import { closeDatabase, inTransaction } from '@/db/client';
import { migrate } from '@/db/migrate';
import { startPostgres } from '@/lib/adapters/postgres/start-postgres';
import { readReport } from '@/lib/features/reports/commands';
import { listReports } from '@/lib/features/reports/queries';
import type { ReportFileFormat } from '@/lib/features/reports/schema';
import { closeMonth } from '@/lib/features/snapshots/jobs';
import { checkSnapshot, compareSnapshots, listSnapshots } from '@/lib/features/snapshots/queries';
import { type Actor, workerActor } from '@/lib/kernel/actor';
import { execute } from '@/lib/kernel/execute';
import { newId } from '@/lib/kernel/ids';
import { organisationOf, runJob } from '@/lib/kernel/job';
import { fillOrganisation } from './readiness-data';
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

const PDF_GOAL_MS = 2_000;
/** The least that somebody takes from seeing the list to asking for a report. */
const READING_MS = 1_000;
/** Different months, so that nothing Typst has laid out before can be used again. */
const MONTH_ENDS = ['2026-06-30', '2026-07-31', '2026-08-31', '2026-09-30', '2026-10-31'];

/**
 * Measures what a month costs: freezing it, checking it, comparing two, and its report in every format from the
 * request to the last byte, on the embedded PostgreSQL with durable settings.
 */
export async function run(options: BenchOptions = {}): Promise<BenchRow[]> {
  const { quick = false, entities = quick ? 20 : 200, evidencePerEntity = 500 } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'heptad-bench-report-'));
  const postgres = await startPostgres({ dataDir: folder, durable: true });
  Object.assign(process.env, {
    DATABASE_URL: postgres.url,
    DATA_DIR: folder,
    AUTH_SECRET: randomBytes(32).toString('hex'),
  });
  try {
    await migrate(postgres.url);
    await loadCatalogue(postgres.url);
    const organisationId = await prepare(postgres.url, entities, evidencePerEntity);
    return await measure(organisationId, entities);
  } finally {
    await closeDatabase();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(url: string, entities: number, evidencePerEntity: number): Promise<string> {
  const client = new Client({ connectionString: url, options: '-c search_path=heptad,public' });
  await client.connect();
  const { id } = await fillOrganisation(client, catalogue(), entities, evidencePerEntity);
  await client.query(`update organisation set created_at = '2026-01-01' where id = $1`, [id]);
  await client.end();
  return id;
}

async function measure(organisationId: string, entities: number): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const freezes: number[] = [];
  for (const day of MONTH_ENDS)
    freezes.push(await timed(() => runJob(closeMonth, { organisationId, asOf: `${day}T21:50:00Z` })));
  const actor = workerActor((await organisationOf(organisationId))!, newId());
  const { items } = await execute(listSnapshots, actor, {});
  const months = items.map(({ id }) => id);
  const [latest = '', before = ''] = months;
  rows.push(
    row('freeze a month, slowest of five', Math.max(...freezes), 'ms'),
    row('content of a month', (await contentBytes(organisationId, latest)) / 1024, 'KiB'),
    row('check a month (recompute every byte)', await timed(() => execute(checkSnapshot, actor, { id: latest })), 'ms'),
    row('compare two months', await timed(() => execute(compareSnapshots, actor, { id: latest, with: before })), 'ms'),
  );
  // As people do it: the list first, then the report, a moment later.
  await execute(listReports, actor, {});
  await sleep(READING_MS);
  const cold = await report(actor, latest, 'pdf');
  const warm: Rendered[] = [];
  for (const id of months.slice(1)) warm.push(await report(actor, id, 'pdf'));
  const again = await report(actor, latest, 'pdf');
  const slowest = Math.max(...warm.map(({ ms }) => ms));
  rows.push(
    pdfRow(`group PDF, ${entities} entities, first after a start, ${READING_MS / 1000} s after the list`, cold.ms),
    pdfRow(`group PDF, ${entities} entities, slowest of ${warm.length} other months`, slowest),
    row('group PDF, size', cold.bytes / 1024, 'KiB'),
    {
      name: 'the same PDF again has other bytes',
      value: Number(again.sha256 !== cold.sha256),
      unit: 'cases',
      goal: '0',
      met: again.sha256 === cold.sha256,
    },
  );
  for (const format of ['xlsx', 'csv', 'json'] as const) {
    const { ms, bytes } = await report(actor, latest, format);
    rows.push(row(`${format}, ${Math.round(bytes / 1024)} KiB`, ms, 'ms'));
  }
  return rows;
}

interface Rendered {
  readonly ms: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** From the request to the last byte. */
async function report(actor: Actor, id: string, format: ReportFileFormat): Promise<Rendered> {
  const hash = createHash('sha256');
  let bytes = 0;
  const ms = await timed(async () => {
    const { body } = await execute(readReport, actor, { id, format });
    for await (const chunk of body instanceof Uint8Array ? [body] : body) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  });
  return { ms, bytes, sha256: hash.digest('hex') };
}

async function contentBytes(organisationId: string, id: string): Promise<number> {
  const { rows } = await inTransaction({ organisationId, access: 'read' }, ({ db }) =>
    db.execute<{ bytes: number }>(sql`select octet_length(content) as bytes from snapshot where id = ${id}`),
  );
  return rows[0]!.bytes;
}

function pdfRow(name: string, ms: number): BenchRow {
  return { ...row(name, ms, 'ms'), goal: `≤ ${PDF_GOAL_MS}`, met: ms <= PDF_GOAL_MS };
}

function row(name: string, value: number, unit: string): BenchRow {
  return { name, value: Math.round(value), unit };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
