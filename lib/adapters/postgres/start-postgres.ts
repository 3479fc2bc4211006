import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { findBinaries, type Origin } from './binaries';
import { createCluster, dataFolder, readPassword, SUPERUSER } from './create-cluster';
import { findPlace, type Place } from './place';
import { findRunning, type Postmaster } from './postmaster-file';
import { inspectProcess } from './process-table';
import { freePort, launchServer, stopServer } from './server';
import { supervise } from './supervise';

/** The database that Heptad keeps its tables in. */
const DATABASE = 'heptad';

export type PostgresOptions = {
  /** Heptad's data folder; the cluster lives in `pg<major>` below it. */
  readonly dataDir: string;
  /** True keeps every acknowledged commit through a power cut; false is for throw-away test clusters. */
  readonly durable: boolean;
  /** Where to take the programs from, in this order. */
  readonly origins?: readonly Origin[];
  /** Told in one sentence when the server died, came back or will not come back. */
  readonly report?: (message: string) => void;
};

export type RunningPostgres = {
  /** Address of the database `heptad`, with the superuser's name and password. */
  readonly url: string;
  readonly version: string;
  readonly home: string;
  /** True when this start made the cluster. */
  readonly isNew: boolean;
  /** False when another living Heptad process owns the server; `stop` then leaves it running. */
  readonly isOwner: boolean;
  stop(): Promise<void>;
};

/**
 * Starts the embedded PostgreSQL, or takes over one that an earlier Heptad left running when it was killed, or
 * joins the one of a Heptad that is running. The owner restarts the server by itself when it dies.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { dataDir, durable, origins, report = () => undefined } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const place = await findPlace(await realpath(dataDir), await findBinaries(origins));
  const { isNew } = await createCluster(place, durable);
  const { postmaster, isOwner } = await joinOrLaunch(place, durable);
  const url = await prepareDatabase(place, postmaster.port);
  const supervisor = isOwner ? supervise(place, postmaster, durable, report) : undefined;
  return {
    url,
    version: place.binaries.version,
    home: place.home,
    isNew,
    isOwner,
    stop: async () => {
      if (supervisor === undefined) return;
      await supervisor.end();
      await stopServer(place);
    },
  };
}

async function joinOrLaunch(place: Place, durable: boolean): Promise<{ postmaster: Postmaster; isOwner: boolean }> {
  const running = await findRunning(dataFolder(place.home));
  if (running !== undefined) {
    const isOwner = !(await hasLivingOwner(place.home));
    if (isOwner) await becomeOwner(place.home);
    return { postmaster: running, isOwner };
  }
  try {
    const postmaster = await launchServer(place, await freePort(), durable);
    await becomeOwner(place.home);
    return { postmaster, isOwner: true };
  } catch (error) {
    // PostgreSQL lets only one server onto a folder: another Heptad was quicker, so join that one.
    const quicker = await findRunning(dataFolder(place.home));
    if (quicker === undefined) throw error;
    return { postmaster: quicker, isOwner: false };
  }
}

async function becomeOwner(home: string): Promise<void> {
  const identity = (await inspectProcess(process.pid))?.identity;
  await writeFile(ownerFile(home), JSON.stringify({ pid: process.pid, identity }));
}

async function hasLivingOwner(home: string): Promise<boolean> {
  const owner = JSON.parse(await readFile(ownerFile(home), 'utf8').catch(() => '{}')) as {
    pid?: number;
    identity?: string;
  };
  if (owner.pid === undefined) return false;
  return (await inspectProcess(owner.pid))?.identity === owner.identity;
}

function ownerFile(home: string): string {
  return path.join(home, 'owner.json');
}

async function prepareDatabase(place: Place, port: number): Promise<string> {
  const address = (database: string) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
  const password = await readPassword(place.home);
  const client = new Client({ connectionString: address('postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
  return address(DATABASE);
}
