import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** An operating-system account that PostgreSQL may run as. */
export type Account = { readonly uid: number; readonly gid: number };

/**
 * How the database programs are started. PostgreSQL refuses to run as root, so root either steps into
 * a user namespace where it is nobody special (files stay root's), or becomes another account.
 */
export type Identity =
  | { readonly kind: 'plain' }
  | { readonly kind: 'namespace' }
  | ({ readonly kind: 'account' } & Account);

export type Circumstances = {
  /** Our own user number; `undefined` on Windows. */
  readonly uid: number | undefined;
  /** Who owns the existing data; `undefined` before the first start. */
  readonly dataOwner: Account | undefined;
  /** Whether `unshare -U` works here and still reaches programs and data. */
  readonly canUnshare: boolean;
  /** The service account to become, `postgres` or `nobody`. */
  readonly service: Account | undefined;
};

/**
 * Decides how to start PostgreSQL. The owner of the data remembers the earlier choice.
 *
 * @throws Error with advice when no way is left.
 */
export function chooseIdentity({ uid, dataOwner, canUnshare, service }: Circumstances): Identity {
  if (uid === undefined) return { kind: 'plain' };
  if (uid !== 0) {
    if (dataOwner === undefined || dataOwner.uid === uid) return { kind: 'plain' };
    throw new Error(
      `The database files belong to user ${dataOwner.uid}, but this is user ${uid}. Start Heptad as that user, or hand the files over with chown -R.`,
    );
  }
  if (dataOwner !== undefined && dataOwner.uid !== 0) return { kind: 'account', ...dataOwner };
  if (canUnshare) return { kind: 'namespace' };
  if (service !== undefined) return { kind: 'account', ...service };
  throw new Error(
    'PostgreSQL refuses to run as root, and there is no account `postgres` or `nobody` to become. Start Heptad as another user or set DATABASE_URL.',
  );
}

/** Finds the account that PostgreSQL may become when the shell is root. */
export async function findServiceAccount(): Promise<Account | undefined> {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all([number('id', ['-u', name]), number('id', ['-g', name])]);
    if (uid !== undefined && gid !== undefined && uid > 0) return { uid, gid };
  }
  return undefined;
}

/** Starts a program under the identity; signals and the process number are the program's own. */
export function spawnAs(
  identity: Identity,
  file: string,
  args: readonly string[],
  options: SpawnOptions = {},
): ChildProcess {
  const env = cleanEnvironment();
  const account = identity.kind === 'account' ? { uid: identity.uid, gid: identity.gid } : {};
  return identity.kind === 'namespace'
    ? spawn('unshare', ['-U', file, ...args], { ...options, env })
    : spawn(file, args, { ...options, ...account, env });
}

/** Runs a program to its end under the identity and answers whether it left with 0. */
export async function succeedsAs(identity: Identity, file: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawnAs(identity, file, args, { stdio: 'ignore', cwd: '/' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

/**
 * The database needs no secret of Heptad, and must not follow a stray PGDATA or PGOPTIONS. macOS refuses to start
 * PostgreSQL without a locale.
 */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV, PATH, SystemRoot, TEMP, TMPDIR } = process.env;
  return { NODE_ENV, PATH, SystemRoot, TEMP, TMPDIR, LC_ALL: 'C', TZ: 'UTC' };
}

async function number(file: string, args: readonly string[]): Promise<number | undefined> {
  const { stdout } = await run(file, args).catch(() => ({ stdout: '' }));
  return stdout.trim() === '' ? undefined : Number(stdout);
}
