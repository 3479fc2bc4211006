import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '@/db/project-root';

/** Heptad as `npm start` runs it, in an empty place with the demonstration, on a port of its own. */
export interface Demonstration {
  origin: string;
  dataDir: string;
  process: ChildProcess;
  /** From the start of the process to the first good answer of the health check. */
  readyMs: number;
  /** The session cookie of the first account with a role. */
  signIn(role: string): Promise<string>;
  untilReady(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startDemonstration(port: number): Promise<Demonstration> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'heptad-bench-'));
  const origin = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const heptad = spawn(process.execPath, [path.join(projectRoot(), 'cli', 'heptad.mjs'), 'start'], {
    cwd: projectRoot(),
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, HEPTAD_DEMO: '1', DATABASE_URL: '' },
    stdio: 'ignore',
  });
  const stop = async () => {
    heptad.kill('SIGTERM');
    if (heptad.exitCode === null) await new Promise((resolve) => heptad.once('close', resolve));
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await untilReady(origin, 300_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    origin,
    dataDir,
    process: heptad,
    readyMs: performance.now() - started,
    signIn: (role) => signIn(origin, dataDir, role),
    untilReady: (ms) => untilReady(origin, ms),
    stop,
  };
}

async function signIn(origin: string, dataDir: string, wanted: string): Promise<string> {
  const accounts = JSON.parse(readFileSync(path.join(dataDir, 'demo-accounts.json'), 'utf8')) as {
    role: string;
    email: string;
    password: string;
  }[];
  const { email, password } = accounts.find(({ role }) => role === wanted)!;
  const response = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email, password }),
  });
  return response.headers.get('set-cookie')!.split(';')[0]!;
}

async function untilReady(origin: string, ms: number): Promise<void> {
  for (const until = Date.now() + ms; Date.now() < until; await sleep(250)) {
    try {
      if ((await fetch(`${origin}/api/health/ready`, { signal: AbortSignal.timeout(3000) })).ok) return;
    } catch {
      // Not up yet.
    }
  }
  throw new Error('Heptad did not become ready.');
}
