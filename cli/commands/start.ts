import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '@/db/project-root';
import { CommandFailure } from '../failure';

const READY_MS = 60_000;
const SETTLE_MS = 10_000;

export function register(program: Command): void {
  program
    .command('start')
    .description('prepare everything that is missing, then serve the pages and run the worker')
    .option('--no-worker', 'serve the pages only; a worker runs elsewhere')
    .addHelpText('after', '\nExit code: 0 stopped in order, 1 could not start.')
    .action(start);
}

async function start({ worker }: { worker: boolean }): Promise<void> {
  const since = Date.now();
  const say: Say = (line) => console.log(`${((Date.now() - since) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  const stopping = new AbortController();
  const stopped = untilAskedToStop(stopping);
  const stops: (() => Promise<void>)[] = [];
  const serving = serve({ worker, say, stops, signal: stopping.signal });
  try {
    await Promise.race([serving, stopped]);
    await stopped;
    say('Stopping');
  } finally {
    stopping.abort();
    await stopAll(stops);
    // What was being started when the signal came is stopped too.
    await Promise.race([serving.catch(() => undefined), sleep(SETTLE_MS, undefined, { ref: false })]);
    await stopAll(stops);
  }
  process.exit(0);
}

/** The last started goes first: pages and worker before the database they use. */
async function stopAll(stops: (() => Promise<void>)[]): Promise<void> {
  for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
}

type Say = (line: string) => void;
type Serving = { worker: boolean; say: Say; stops: (() => Promise<void>)[]; signal: AbortSignal };

/** Prepares what is missing and starts the processes; each part adds how it is stopped as soon as it runs. */
async function serve({ worker, say, stops, signal }: Serving): Promise<void> {
  const [{ prepareEnvironment }, { openDatabase, prepareDatabase }, { pagesAreFresh, nextCommand }, { keepRunning }] =
    await Promise.all([
      import('../run/environment'),
      import('../run/database'),
      import('../run/pages'),
      import('../run/children'),
    ]);
  const environment = await prepareEnvironment();
  await requireFreePort(environment.host, environment.port);
  const building = pagesAreFresh() ? Promise.resolve() : build(say, signal);
  // A failed build is reported below, not as an unhandled rejection while the database is prepared.
  building.catch(() => {});
  const database = await openDatabase(environment.dataDir, say);
  stops.push(database.stop);
  say(`Database: ${database.describe}`);
  await prepareDatabase(database.url, say);
  if (process.env.HEPTAD_DEMO === '1') await seed(environment.dataDir, say);
  await building;
  if (signal.aborted) return;
  const { host, port, address, dataDir } = environment;
  const next = [nextCommand(), 'start', '-p', String(port), '-H', host];
  stops.push(keepRunning('web', next, say, { NEXT_TELEMETRY_DISABLED: '1' }).stop);
  if (worker) stops.push(keepRunning('worker', [path.join(projectRoot(), 'cli', 'heptad.mjs'), 'worker'], say).stop);
  await untilReady(`http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}/api/health/ready`, signal);
  if (signal.aborted) return;
  say(`Heptad is ready: ${address}`);
  const accounts = path.join(dataDir, 'demo-accounts.json');
  if (process.env.HEPTAD_DEMO === '1' && existsSync(accounts))
    say(`Demonstration sign-ins: one click on the sign-in page, or ${accounts}`);
}

async function build(say: Say, signal: AbortSignal): Promise<void> {
  const { buildPages } = await import('../run/pages');
  say('Building the pages (about a minute)');
  await buildPages(signal);
  say('Pages built');
}

async function seed(dataDir: string, say: Say): Promise<void> {
  const { seedWhenEmpty } = await import('../run/demonstration');
  const { closeDatabase } = await import('@/db/client');
  try {
    if (await seedWhenEmpty(dataDir, () => {}))
      say('Demonstration: a holding with a year behind it, and a second organisation');
  } finally {
    await closeDatabase();
  }
}

function requireFreePort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        new CommandFailure(
          taken
            ? `Port ${port} is taken by another program. Stop it, or choose another: PORT=3001 npm start`
            : `Port ${port} cannot be opened: ${error.message}`,
        ),
      );
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

async function untilReady(address: string, signal: AbortSignal): Promise<void> {
  const until = Date.now() + READY_MS;
  let last = 'no answer';
  while (Date.now() < until) {
    if (signal.aborted) return;
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(5000) });
      if (response.ok) return;
      last = await response.text();
    } catch (error) {
      last = (error as Error).message;
    }
    await sleep(150);
  }
  throw new CommandFailure(`The web process did not become ready within ${READY_MS / 1000} seconds: ${last}`);
}

/** Resolves at the first SIGINT or SIGTERM, also while things are still being prepared. A second one ends at once. */
function untilAskedToStop(stopping: AbortController): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(name, () => {
        stopping.abort();
        resolve();
      });
    }
  });
}
