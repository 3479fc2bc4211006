import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startPostgres } from '@/lib/adapters/postgres/start-postgres';
import { type Demonstration, startDemonstration } from './demonstration';
import type { BenchRow } from './row';

type Acknowledged = { note: string; assessment: string };

const PORT = 3391;
const CLIENTS = 8;
const VICTIMS = ['web', 'database', 'web', 'database'] as const;

/**
 * Kills the web process and the embedded database without warning while clients write through the API, and then counts:
 * every acknowledged write must be there once, with its history line and its event, and both must have come back alone.
 */
export async function run({ quick = false }: { quick?: boolean } = {}): Promise<BenchRow[]> {
  const writes = quick ? 200 : 2000;
  const heptad = await startDemonstration(PORT);
  try {
    const cookie = await heptad.signIn('compliance');
    const targets = await assessments(cookie);
    const acknowledged: Acknowledged[] = [];
    const started = Date.now();
    const killing = killInTurn(heptad, quick ? 1200 : 3000);
    // Writing goes on until the last kill is survived, however quick the machine is.
    await writeAll(writes, killing, targets, cookie, acknowledged);
    const kills = await killing;
    const seconds = (Date.now() - started) / 1000;
    await heptad.untilReady(60_000);
    return [
      ...(await count(heptad.dataDir, acknowledged)),
      {
        name: 'kill -9 of web and database in turn, while writing',
        value: kills,
        unit: 'kills',
        goal: String(VICTIMS.length),
        met: kills === VICTIMS.length,
      },
      {
        name: 'writes acknowledged',
        value: acknowledged.length,
        unit: `in ${seconds.toFixed(0)} s`,
        goal: `≥ ${writes}`,
        met: acknowledged.length >= writes,
      },
    ];
  } finally {
    await heptad.stop();
  }
}

/** Answers how many processes were killed; each is up again, and answered, before the next. */
async function killInTurn(heptad: Demonstration, pauseMs: number): Promise<number> {
  let kills = 0;
  for (const victim of VICTIMS) {
    await sleep(pauseMs);
    if (kill9(heptad, victim)) kills += 1;
    await sleep(200);
    await heptad.untilReady(60_000);
  }
  return kills;
}

async function writeAll(
  writes: number,
  killing: Promise<number>,
  targets: { id: string }[],
  cookie: string,
  acknowledged: Acknowledged[],
): Promise<void> {
  let next = 0;
  const killings = { areOver: false };
  void killing.finally(() => (killings.areOver = true)).catch(() => undefined);
  const client = async (lane: number) => {
    // Each client keeps to its own rows, so that a stale version always means our own lost answer.
    const own = targets.filter((_target, index) => index % CLIENTS === lane);
    for (let turn = 0; next < writes || !killings.areOver; turn += 1) {
      const number = next;
      next += 1;
      const note = `crash ${number}`;
      const assessment = own[turn % own.length]!.id;
      await untilAcknowledged(assessment, note, cookie);
      acknowledged.push({ note, assessment });
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, lane) => client(lane)));
}

/** Tries with one key until an answer comes; a write that was committed before its answer got lost is answered again. */
async function untilAcknowledged(id: string, note: string, cookie: string): Promise<void> {
  const origin = `http://127.0.0.1:${PORT}`;
  for (let version = await versionOf(id, cookie); ;) {
    try {
      const response = await fetch(`${origin}/api/v1/assessments/${id}`, {
        method: 'PATCH',
        headers: { cookie, origin, 'content-type': 'application/json', 'idempotency-key': note },
        body: JSON.stringify({ version, note }),
        signal: AbortSignal.timeout(8000),
      });
      if (response.ok) return;
      if (response.status < 500 && response.status !== 429 && response.status !== 401)
        throw new Error(`${response.status} ${await response.text()}`);
    } catch (error) {
      if (error instanceof Error && /^4\d\d /.test(error.message)) throw error;
    }
    await sleep(100);
  }
}

async function versionOf(id: string, cookie: string): Promise<number> {
  for (;;) {
    try {
      const response = await fetch(`http://127.0.0.1:${PORT}/api/v1/assessments/${id}`, {
        headers: { cookie },
        signal: AbortSignal.timeout(8000),
      });
      if (response.ok) return ((await response.json()) as { version: number }).version;
    } catch {
      // The process is down for a moment; that is what is tested.
    }
    await sleep(100);
  }
}

async function count(dataDir: string, acknowledged: Acknowledged[]): Promise<BenchRow[]> {
  const postgres = await startPostgres({ dataDir, durable: true });
  const client = new Client({ connectionString: postgres.url, options: '-c search_path=heptad' });
  await client.connect();
  try {
    const { rows } = await client.query<{ note: string; times: number }>(
      `select after->>'note' as note, count(*)::int as times from assessment_change where after->>'note' like 'crash %' group by 1`,
    );
    const found = new Map(rows.map((row) => [row.note, row.times]));
    const lost = acknowledged.filter(({ note }) => found.get(note) !== 1).length;
    const events = await client.query<{ changes: number; events: number; gaps: number }>(`
      select (select count(*)::int from assessment_change where after->>'note' like 'crash %') as changes,
        (select count(*)::int from event where verb = 'assessment.changed' and detail->'fields' = '["note"]'::jsonb) as events,
        (select (max(position) - count(*))::int from event where org_id = (select org_id from event order by at desc limit 1)) as gaps`);
    const { changes, events: told, gaps } = events.rows[0]!;
    return [
      { name: 'acknowledged writes lost or doubled', value: lost, unit: 'writes', goal: '0', met: lost === 0 },
      {
        name: 'changes without their event, or events without change',
        value: Math.abs(changes - told),
        unit: 'rows',
        goal: '0',
        met: changes === told,
      },
      { name: 'gaps in the positions of the log', value: gaps, unit: 'gaps', goal: '0', met: gaps === 0 },
    ];
  } finally {
    await client.end();
    await postgres.stop();
  }
}

function kill9(heptad: Demonstration, victim: 'web' | 'database'): boolean {
  const pid = victim === 'web' ? webProcess(heptad.process.pid!) : postmaster(heptad.dataDir);
  if (pid === undefined) return false;
  process.kill(pid, 'SIGKILL');
  return true;
}

function webProcess(parent: number): number | undefined {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const isChild = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      if (isChild && /next/.test(readFileSync(`/proc/${name}/cmdline`, 'utf8'))) return Number(name);
    } catch {
      // The process ended while we looked.
    }
  }
  return undefined;
}

function postmaster(dataDir: string): number | undefined {
  const cluster = readdirSync(dataDir).find((name) => /^pg\d+$/.test(name));
  if (!cluster) return undefined;
  const file = readdirSync(path.join(dataDir, cluster), { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith('postmaster.pid'),
  );
  return file ? Number(readFileSync(path.join(dataDir, cluster, file), 'utf8').split('\n')[0]) : undefined;
}

async function assessments(cookie: string): Promise<{ id: string }[]> {
  const response = await fetch(`http://127.0.0.1:${PORT}/api/v1/assessments?limit=500`, { headers: { cookie } });
  const { items } = (await response.json()) as { items: { id: string; applicability: string }[] };
  return items.filter(({ applicability }) => applicability !== 'excluded');
}
