import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Origin } from '@/lib/adapters/postgres/binaries';
import { startPostgres } from '@/lib/adapters/postgres/start-postgres';

const PREFIX = 'heptad-test-pg-';
const SURELY_ABANDONED_MS = 60 * 60 * 1000;

let stop: () => Promise<void> = async () => undefined;

/**
 * Gives the whole run one PostgreSQL server: the one named by HEPTAD_TEST_DATABASE_URL, or a throw-away cluster.
 * HEPTAD_TEST_POSTGRES=system takes the operating system's PostgreSQL instead of the package, so that the same
 * tests can prove both. Tests find the superuser's address in HEPTAD_TEST_PG, which test processes inherit.
 */
export async function setup(): Promise<void> {
  process.env.HEPTAD_TEST_PG = process.env.HEPTAD_TEST_DATABASE_URL ?? (await startThrowAway());
}

export async function teardown(): Promise<void> {
  await stop();
}

async function startThrowAway(): Promise<string> {
  await removeAbandoned();
  const dataDir = await mkdtemp(path.join(tmpdir(), PREFIX));
  const origins: Origin[] = process.env.HEPTAD_TEST_POSTGRES === 'system' ? ['system'] : ['package', 'system'];
  const postgres = await startPostgres({ dataDir, durable: false, origins });
  stop = async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return postgres.url;
}

/** A killed run leaves its server running; taking it over is the way to stop it in order. */
async function removeAbandoned(): Promise<void> {
  for (const name of (await readdir(tmpdir())).filter((entry) => entry.startsWith(PREFIX))) {
    const dataDir = path.join(tmpdir(), name);
    if (Date.now() - (await stat(dataDir)).mtimeMs < SURELY_ABANDONED_MS) continue;
    const postgres = await startPostgres({ dataDir, durable: false }).catch(() => undefined);
    if (postgres?.isOwner === false) continue;
    await postgres?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
