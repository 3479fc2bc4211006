import { once } from 'node:events';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program } from './binaries';
import { dataFolder } from './create-cluster';
import { spawnAs } from './identity';
import type { Place } from './place';
import { findRunning, type Postmaster, readPostmaster, removeStaleFile } from './postmaster-file';
import { isAlive, signal } from './process-table';

/** Crash recovery replays the log before the server is ready; that may take minutes after a long load. */
const START_LIMIT_MS = 300_000;
const STOP_LIMIT_MS = 60_000;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** A power cut may cost nothing of these; the throw-away cluster of a test run gives all three up for speed. */
const DURABILITY = ['fsync', 'synchronous_commit', 'full_page_writes'];

/**
 * Starts the server on the cluster and waits until it accepts connections.
 *
 * @throws Error with the end of PostgreSQL's own log when it does not come up.
 */
export async function launchServer(place: Place, port: number, durable: boolean): Promise<Postmaster> {
  const data = dataFolder(place.home);
  await removeStaleFile(data);
  const log = await openLog(place.home);
  const logStart = (await log.stat()).size;
  try {
    const child = spawnServer(place, data, settings(port, durable), log.fd);
    const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error));
    failed.catch(() => undefined);
    child.unref();
    const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
    return await Promise.race([untilReady(data, process.platform === 'win32' ? () => false : hasEnded), failed]);
  } catch (error) {
    const words = (await readFile(logFile(place.home), 'utf8')).slice(logStart).trim().split('\n').slice(-8).join('\n');
    throw new Error(`PostgreSQL did not start: ${(error as Error).message}\n${words}`, { cause: error });
  } finally {
    await log.close();
  }
}

/** Stops the server in order (open transactions are rolled back), harder when it does not answer. */
export async function stopServer(place: Place): Promise<void> {
  const data = dataFolder(place.home);
  const running = await findRunning(data);
  if (running === undefined) return;
  if (process.platform === 'win32') {
    const stop = spawnAs(place.identity, program(place.binaries.folder, 'pg_ctl'), ['stop', '-D', data, '-m', 'fast']);
    await once(stop, 'exit');
    return;
  }
  for (const name of ['SIGINT', 'SIGQUIT'] as const) {
    signal(running.pid, name);
    if (await hasEndedWithin(running.pid, STOP_LIMIT_MS)) return;
  }
  throw new Error(`PostgreSQL (process ${running.pid}) did not stop.`);
}

/** A port of the loopback address that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function settings(port: number, durable: boolean): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...Object.fromEntries(DURABILITY.map((name) => [name, durable ? 'on' : 'off'])),
  };
}

function spawnServer(place: Place, data: string, values: Record<string, string>, log: number) {
  const options = Object.entries(values).map(([name, value]) => `-c ${name}=${value === '' ? "''" : value}`);
  // A session of its own: Ctrl-C in the terminal must reach Heptad first, which then stops the database last.
  const spawnOptions = {
    cwd: path.parse(data).root,
    detached: true,
    stdio: ['ignore', log, log] as ['ignore', number, number],
  };
  if (process.platform === 'win32') {
    // pg_ctl drops administrator rights, which postgres.exe refuses to run with.
    const args = ['start', '-D', data, '-w', '-o', options.join(' ')];
    return spawnAs(place.identity, program(place.binaries.folder, 'pg_ctl'), args, spawnOptions);
  }
  const args = ['-D', data, ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  return spawnAs(place.identity, program(place.binaries.folder, 'postgres'), args, spawnOptions);
}

async function untilReady(data: string, hasEnded: () => boolean): Promise<Postmaster> {
  const end = Date.now() + START_LIMIT_MS;
  while (Date.now() < end) {
    if (hasEnded()) throw new Error('it ended at once');
    const postmaster = await readPostmaster(data);
    if (postmaster?.isReady === true && (await isAlive(postmaster.pid))) return postmaster;
    await sleep(10);
  }
  throw new Error(`it was not ready after ${START_LIMIT_MS / 1000} seconds`);
}

async function hasEndedWithin(pid: number, limitMs: number): Promise<boolean> {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    if (!(await isAlive(pid))) return true;
    await sleep(10);
  }
  return false;
}

function logFile(home: string): string {
  return path.join(home, 'postgres.log');
}

async function openLog(home: string) {
  const size = await stat(logFile(home)).then(
    (facts) => facts.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await rename(logFile(home), `${logFile(home)}.old`);
  return open(logFile(home), 'a', 0o600);
}
