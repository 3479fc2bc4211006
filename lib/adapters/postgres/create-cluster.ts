import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, chmod, chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { program } from './binaries';
import { spawnAs } from './identity';
import type { Place } from './place';

/** Name of the database superuser of the embedded cluster. */
export const SUPERUSER = 'postgres';

/**
 * Makes the cluster unless it is there. All is prepared in a folder beside and renamed at the end, so that
 * neither a killed first start nor two first starts at once can leave half a cluster behind.
 */
export async function createCluster(place: Place, durable: boolean): Promise<{ isNew: boolean }> {
  if (await isThere(dataFolder(place.home))) return { isNew: false };
  await mkdir(path.dirname(place.home), { recursive: true, mode: 0o711 });
  const staging = await mkdtemp(`${place.home}.new-`);
  // Another account, if PostgreSQL runs as one, must be able to pass through.
  await chmod(staging, 0o711);
  await mkdir(dataFolder(staging), { mode: 0o700 });
  await writeFile(passwordFile(staging), randomBytes(24).toString('base64url'), { mode: 0o600 });
  const { identity } = place;
  const owned = [dataFolder(staging), passwordFile(staging)];
  if (identity.kind === 'account') for (const file of owned) await chown(file, identity.uid, identity.gid);
  await initialise(place, staging, durable);
  if (identity.kind === 'account') await chown(passwordFile(staging), 0, 0);
  await chmod(passwordFile(staging), 0o600);
  return { isNew: await putInPlace(staging, place.home) };
}

export function dataFolder(home: string): string {
  return path.join(home, 'data');
}

/** Reads the superuser's password, which was drawn when the cluster was made. */
export function readPassword(home: string): Promise<string> {
  return readFile(passwordFile(home), 'utf8');
}

function passwordFile(home: string): string {
  return path.join(home, 'password');
}

async function initialise({ binaries, identity }: Place, staging: string, durable: boolean): Promise<void> {
  // Without an explicit locale initdb would follow LANG and make SQL_ASCII where it is unset.
  const locale =
    binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C'];
  const args = [
    `--pgdata=${dataFolder(staging)}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile(staging)}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--data-checksums',
    ...locale,
    ...(durable ? [] : ['--no-sync']),
  ];
  const child = spawnAs(identity, program(binaries.folder, 'initdb'), args, {
    cwd: path.parse(staging).root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [[code], complaint] = await Promise.all([once(child, 'exit'), text(child.stderr!)]);
  if (code === 0) return;
  await rm(staging, { recursive: true, force: true });
  throw new Error(`The database could not be created (initdb ended with ${code}):\n${complaint.trim()}`);
}

/** Answers false when another start was quicker; its cluster then counts. */
async function putInPlace(staging: string, home: string): Promise<boolean> {
  try {
    await rename(staging, home);
    return true;
  } catch (error) {
    if (!(await isThere(dataFolder(home)))) throw error;
    await rm(staging, { recursive: true, force: true });
    return false;
  }
}

function isThere(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    () => false,
  );
}
