import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '@/db/project-root';
import { CommandFailure } from '../failure';

const READY_MS = 60_000;

export function register(program: Command): void {
  program
    .command('start')
    .description('prepare everything that is missing, then serve the pages and run the worker')
    .option('--no-worker', 'serve the pages only; a worker runs elsewhere')
    .addHelpText('after', '\nExit code: 0 stopped in order, 1 could not start.')
    .action(start);
}

async function start({ worker }: { worker: boolean }): Promise<void> {
  const [
    { prepareEnvironment },
    { openDatabase, prepareDatabase },
    { buildPages, nextCommand, pagesAreFresh },
    { keepRunning },
  ] = await Promise.all([
    import('../run/environment'),
    import('../run/database'),
    import('../run/pages'),
    import('../run/children'),
  ]);
  const since = Date.now();
  const say = (line: string) => console.log(`${((Date.now() - since) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  const environment = await prepareEnvironment();
  await requireFreePort(environment.host, environment.port);
  const building = pagesAreFresh()
    ? Promise.resolve()
    : announce(say, 'Building the pages (about a minute)', buildPages());
  // A failed build is reported below, not as an unhandled rejection while the database is prepared.
  building.catch(() => {});
  const database = await openDatabase(environment.dataDir, say);
  say(`Database: ${database.describe}`);
  const stops: (() => Promise<void>)[] = [database.stop];
  const stopAll = async () => {
    for (const stop of stops.toReversed()) await stop();
  };
  try {
    await prepareDatabase(database.url, say);
    if (process.env.HEPTAD_DEMO === '1') {
      const { seedWhenEmpty } = await import('../run/demonstration');
      if (await seedWhenEmpty(environment.dataDir, () => {}))
        say('Demonstration: a holding with a year behind it, and a second organisation');
    }
    await building;
    const web = keepRunning(
      'web',
      [nextCommand(), 'start', '-p', String(environment.port), '-H', environment.host],
      say,
      { NEXT_TELEMETRY_DISABLED: '1' },
    );
    stops.push(web.stop);
    if (worker) stops.push(keepRunning('worker', [path.join(projectRoot(), 'cli', 'heptad.mjs'), 'worker'], say).stop);
    await untilReady(
      `http://${environment.host === '0.0.0.0' ? '127.0.0.1' : environment.host}:${environment.port}/api/health/ready`,
    );
  } catch (error) {
    await stopAll();
    throw error;
  }
  say(`Heptad is ready: ${environment.address}`);
  const accounts = path.join(environment.dataDir, 'demo-accounts.json');
  if (process.env.HEPTAD_DEMO === '1' && existsSync(accounts))
    say(`Demonstration sign-ins: one click on the sign-in page, or ${accounts}`);
  await untilStopped();
  say('Stopping');
  await stopAll();
  const { closeDatabase } = await import('@/db/client');
  await closeDatabase();
  process.exit(0);
}

async function announce<T>(say: (line: string) => void, line: string, work: Promise<T>): Promise<T> {
  say(line);
  const result = await work;
  say('Pages built');
  return result;
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

async function untilReady(address: string): Promise<void> {
  const until = Date.now() + READY_MS;
  let last = 'no answer';
  while (Date.now() < until) {
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

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
