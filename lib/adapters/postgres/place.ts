import { createHash } from 'node:crypto';
import { chmod, chown, cp, lstat, mkdir, readdir, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { type Binaries, program } from './binaries';
import { type Account, chooseIdentity, findServiceAccount, type Identity, succeedsAs } from './identity';

/** Where root keeps what another account must reach, when the usual place lies in a private home. */
const SHARED_PLACE = '/var/lib/heptad';

/** Everything needed to start the programs: which, as whom, and on which folder. */
export type Place = {
  readonly binaries: Binaries;
  readonly identity: Identity;
  /** Real path of the folder with the cluster, its password and its log. */
  readonly home: string;
};

/**
 * Chooses programs, identity and folder for the cluster under `dataDir`. An existing cluster decides the
 * major version; the folder is named after it, because one major cannot read the files of another.
 *
 * @throws Error with advice when the existing cluster cannot be started here.
 */
export async function findPlace(dataDir: string, available: readonly Binaries[]): Promise<Place> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const binaries = matchMajor(await clusterMajors(dataDir), available, dataDir);
  const link = path.join(dataDir, `pg${binaries.major}`);
  const home = await realpath(link).catch(() => path.join(dataDir, `pg${binaries.major}`));
  const owner = await stat(path.join(home, 'data')).catch(() => undefined);
  const uid = process.getuid?.();
  const identity = chooseIdentity({
    uid,
    dataOwner: owner && { uid: owner.uid, gid: owner.gid },
    canUnshare: uid === 0 && (await reaches({ kind: 'namespace' }, binaries, owner ? home : await realpath(dataDir))),
    service: uid === 0 ? await findServiceAccount() : undefined,
  });
  if (identity.kind !== 'account') return { binaries, identity, home };
  return makeReachable({ binaries, identity, home }, identity, link);
}

/** The majors that have a finished cluster under `dataDir`, newest first. */
async function clusterMajors(dataDir: string): Promise<number[]> {
  const names = await readdir(dataDir);
  const majors = names.map((name) => /^pg(\d+)$/.exec(name)?.[1]).filter((major) => major !== undefined);
  return majors.map(Number).toSorted((a, b) => b - a);
}

function matchMajor(existing: readonly number[], available: readonly Binaries[], dataDir: string): Binaries {
  const newest = existing[0];
  const match = newest === undefined ? available[0] : available.find((binaries) => binaries.major === newest);
  if (match !== undefined) return match;
  throw new Error(
    `${dataDir} holds a database of PostgreSQL ${newest}, but only ${available.map((one) => one.version).join(', ')} can be run here. ` +
      `Install PostgreSQL ${newest}, or take a backup where it still runs (heptad backup) and restore it into a new DATA_DIR.`,
  );
}

async function reaches(identity: Identity, binaries: Binaries, folder: string): Promise<boolean> {
  return (
    (await succeedsAs(identity, program(binaries.folder, 'postgres'), ['--version'])) &&
    (await succeedsAs(identity, 'test', ['-x', folder]))
  );
}

/** Moves programs and data to where the account can reach them, as far as it cannot reach them already. */
async function makeReachable(place: Place, account: Identity & Account, link: string): Promise<Place> {
  const programs = await reachablePrograms(place.binaries, account);
  // Passing through is enough for the account; it still cannot list the folder.
  await chmod(path.dirname(link), 0o711);
  const isReachable = await succeedsAs(account, 'test', ['-x', path.dirname(link)]);
  const home = isReachable ? place.home : await moveToSharedPlace(place.home, link);
  const data = path.join(home, 'data');
  if ((await stat(data).catch(() => undefined))?.uid === 0) await handOver(data, account);
  return { binaries: programs, identity: account, home };
}

async function reachablePrograms(binaries: Binaries, account: Identity): Promise<Binaries> {
  if (await succeedsAs(account, program(binaries.folder, 'postgres'), ['--version'])) return binaries;
  const target = path.join(SHARED_PLACE, `postgres-${binaries.version}`);
  const copy = { ...binaries, folder: path.join(target, 'bin') };
  if (await succeedsAs(account, program(copy.folder, 'postgres'), ['--version'])) return copy;
  const staging = `${target}.${process.pid}`;
  await mkdir(SHARED_PLACE, { recursive: true, mode: 0o755 });
  await cp(path.dirname(binaries.folder), staging, { recursive: true, verbatimSymlinks: true });
  await rm(target, { recursive: true, force: true });
  await rename(staging, target);
  return copy;
}

/** Keeps the cluster outside a private home and leaves a link to it at the usual place. */
async function moveToSharedPlace(home: string, link: string): Promise<string> {
  if (home.startsWith(`${SHARED_PLACE}/`)) return home;
  const digest = createHash('sha256').update(path.resolve(link)).digest('hex').slice(0, 12);
  const target = path.join(SHARED_PLACE, digest, path.basename(link));
  await mkdir(path.dirname(target), { recursive: true, mode: 0o711 });
  const hasData = await lstat(home).then(
    () => true,
    () => false,
  );
  if (hasData) {
    await cp(home, target, { recursive: true, preserveTimestamps: true });
    await rename(home, `${home}.moved`);
  }
  await symlink(target, link);
  return target;
}

async function handOver(folder: string, account: Account): Promise<void> {
  await chown(folder, account.uid, account.gid);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) await handOver(file, account);
    else if (entry.isFile()) await chown(file, account.uid, account.gid);
  }
}
