import { mkdir, realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { findBinaries, type Origin } from './binaries';
import { createCluster, dataFolder, readPassword, SUPERUSER } from './create-cluster';
import { claim, release } from './ownership';
import { findPlace, type Place } from './place';
import { findRunning, type Postmaster } from './postmaster-file';
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
      await release(place.home);
    },
  };
}

/** Whoever claims the cluster runs its server; everybody else waits for that one. */
async function joinOrLaunch(place: Place, durable: boolean): Promise<{ postmaster: Postmaster; isOwner: boolean }> {
  for (;;) {
    if (await claim(place.home)) return { postmaster: await takeOverOrLaunch(place, durable), isOwner: true };
    const running = await findRunning(dataFolder(place.home));
    if (running?.isReady === true) return { postmaster: running, isOwner: false };
    await sleep(20);
  }
}

async function takeOverOrLaunch(place: Place, durable: boolean): Promise<Postmaster> {
  try {
    const running = await findRunning(dataFolder(place.home));
    return running ?? (await launchServer(place, await freePort(), durable));
  } catch (error) {
    await release(place.home);
    throw error;
  }
}

async function prepareDatabase(place: Place, port: number): Promise<string> {
  const address = (database: string) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
  const password = await readPassword(place.home);
  const client = new Client({ connectionString: address('postgres') });
  await client.connect();
  try {
    // `create database` cannot run twice at once; the lock goes with the session.
    await client.query('select pg_advisory_lock(hashtext($1))', [DATABASE]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
  return address(DATABASE);
}
