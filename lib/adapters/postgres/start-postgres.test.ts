import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBinaries } from './binaries';
import { findRunning } from './postmaster-file';
import { isAlive, signal } from './process-table';
import { startPostgres, type PostgresOptions, type RunningPostgres } from './start-postgres';

const isRoot = process.getuid?.() === 0;
const hasSystem = await findBinaries(['system']).then(
  () => true,
  () => false,
);

let dataDir: string;
let toStop: RunningPostgres[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'heptad-pg-'));
});

afterEach(async () => {
  for (const postgres of toStop) await postgres.stop();
  toStop = [];
  await rm(dataDir, { recursive: true, force: true });
});

async function start(options: Partial<PostgresOptions> = {}): Promise<RunningPostgres> {
  const postgres = await startPostgres({ dataDir, durable: false, ...options });
  toStop.push(postgres);
  return postgres;
}

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

async function show(url: string, name: string): Promise<string | undefined> {
  const rows = await query<Record<string, string>>(url, `show ${name}`);
  return rows[0]?.[name];
}

/** Asks again until the server answers, as a connection pool would. */
async function queryWhenBack<Row>(url: string, sql: string): Promise<Row[]> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await query<Row>(url, sql);
    } catch (error) {
      if (attempt === 200) throw error;
      await sleep(25);
    }
  }
}

async function postmasterPid(postgres: RunningPostgres): Promise<number> {
  return (await findRunning(path.join(postgres.home, 'data')))!.pid;
}

describe.each([{ origin: 'package' as const }, ...(hasSystem ? [{ origin: 'system' as const }] : [])])(
  'PostgreSQL of the $origin',
  ({ origin }) => {
    it('starts on an empty folder with safe settings and UTF-8, whatever LANG says', async () => {
      const { url, isNew, isOwner } = await start({ durable: true, origins: [origin] });
      expect({ isNew, isOwner }).toEqual({ isNew: true, isOwner: true });
      const wanted = {
        fsync: 'on',
        synchronous_commit: 'on',
        full_page_writes: 'on',
        data_checksums: 'on',
        server_encoding: 'UTF8',
        listen_addresses: '127.0.0.1',
        unix_socket_directories: '',
        TimeZone: 'UTC',
      };
      for (const [name, value] of Object.entries(wanted)) expect([name, await show(url, name)]).toEqual([name, value]);
      expect(await query(url, "select upper('ß') = 'ß' as kept, 'a' < 'B' as folded")).toHaveLength(1);
    });

    it('keeps its data through a stop and a second start', async () => {
      const first = await start({ origins: [origin] });
      await query(first.url, 'create table kept as select 42 as answer');
      await first.stop();
      const second = await start({ origins: [origin] });
      expect(second.isNew).toBe(false);
      expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    });
  },
);

describe('the embedded PostgreSQL', () => {
  it('refuses a wrong password', async () => {
    const { url } = await start();
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  it('comes back by itself, at the same address and with every commit, after kill -9', async () => {
    const messages: string[] = [];
    const postgres = await start({ durable: true, report: (message) => messages.push(message) });
    await query(postgres.url, 'create table kept as select 1 as n');
    for (let round = 0; round < 3; round += 1) {
      const victim = await postmasterPid(postgres);
      signal(victim, 'SIGKILL');
      expect(await queryWhenBack(postgres.url, 'update kept set n = n + 1 returning n')).toEqual([{ n: round + 2 }]);
      expect(await postmasterPid(postgres)).not.toBe(victim);
    }
    expect(messages).toContain('The database server is back.');
  });

  it('stops the server when asked and leaves no process', async () => {
    const postgres = await start();
    const pid = await postmasterPid(postgres);
    await postgres.stop();
    expect(await isAlive(pid)).toBe(false);
  });

  it('is shared by two starts at once: one owns it, the other leaves it running', async () => {
    const both = await Promise.all([start(), start()]);
    expect(new Set(both.map((one) => one.url)).size).toBe(1);
    expect(both.filter((one) => one.isOwner)).toHaveLength(1);
    const leftovers = (await readdir(dataDir)).filter((name) => name.includes('.new-'));
    expect(leftovers).toEqual([]);
  });

  it('is taken over when its Heptad was killed, and joined while that one lives', async () => {
    const launcher = pathToFileURL(path.resolve('lib/adapters/postgres/start-postgres.ts')).href;
    const script = `import { startPostgres } from '${launcher}';
      await startPostgres({ dataDir: '${dataDir}', durable: false });
      console.log('started'); setInterval(() => {}, 1000);`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', script];
    const heptad = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(heptad.stdout, 'data');

    const joined = await start();
    expect(joined.isOwner).toBe(false);
    const pid = await postmasterPid(joined);
    await joined.stop();
    expect(await isAlive(pid)).toBe(true);

    heptad.kill('SIGKILL');
    await once(heptad, 'exit');
    const takenOver = await start();
    expect({ isOwner: takenOver.isOwner, pid: await postmasterPid(takenOver) }).toEqual({ isOwner: true, pid });
    signal(pid, 'SIGKILL');
    expect(await queryWhenBack(takenOver.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('starts over a stale postmaster.pid that names a living stranger', async () => {
    const first = await start();
    const file = path.join(first.home, 'data', 'postmaster.pid');
    const lines = (await readFile(file, 'utf8')).split('\n');
    await first.stop();
    await writeFile(file, [String(process.pid), ...lines.slice(1)].join('\n'), { mode: 0o600 });
    const second = await start();
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses a folder of a PostgreSQL that is not here, and says what to do', async () => {
    await mkdir(path.join(dataDir, 'pg14', 'data'), { recursive: true });
    await expect(start()).rejects.toThrow(/PostgreSQL 14.*heptad backup/s);
  });
});

describe.runIf(isRoot)('for root on a system without unshare', () => {
  let realPath: string | undefined;
  let tools: string;

  beforeEach(async () => {
    realPath = process.env.PATH;
    tools = await mkdtemp(path.join(tmpdir(), 'heptad-tools-'));
    for (const tool of ['id', 'test']) await symlink(`/usr/bin/${tool}`, path.join(tools, tool));
    process.env.PATH = tools;
  });

  afterEach(async () => {
    process.env.PATH = realPath;
    await rm(tools, { recursive: true, force: true });
  });

  it('runs as a service account, with the data moved out of a private folder', async () => {
    const first = await start({ origins: ['package'] });
    expect(first.home).toMatch(/^\/var\/lib\/heptad\//);
    await query(first.url, 'create table kept as select 42 as answer');
    const status = await readFile(`/proc/${await postmasterPid(first)}/status`, 'utf8');
    expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).not.toBe('0');
    await first.stop();

    // The owner of the files remembers the choice, also when unshare is there again.
    process.env.PATH = realPath;
    const second = await start({ origins: ['package'] });
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
    await rm(path.dirname(second.home), { recursive: true, force: true });
  });

  it('goes on with data that were made in a namespace before', async () => {
    process.env.PATH = realPath;
    const first = await start({ origins: ['package'] });
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    process.env.PATH = tools;
    const second = await start({ origins: ['package'] });
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
    await rm(path.dirname(second.home), { recursive: true, force: true });
  });
});
