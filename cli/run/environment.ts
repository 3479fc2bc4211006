import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandFailure } from '../failure';

/** Values from documentation and samples that must never guard a real installation. */
const EXAMPLES = /^(change.?me|secret|password|example|test|your.?secret|replace|xxx)/i;

export type Environment = {
  dataDir: string;
  port: number;
  host: string;
  /** Whether an embedded PostgreSQL is used. */
  isEmbedded: boolean;
  address: string;
};

/**
 * Fills in what the operator left out – data folder, secret, demonstration mode – and refuses what would be unsafe.
 * Sets process.env, so that child processes and the kernel see the same.
 */
export async function prepareEnvironment(): Promise<Environment> {
  const { env } = process;
  const dataDir = path.resolve(env.DATA_DIR ?? '.data');
  env.DATA_DIR = dataDir;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const isEmbedded = !env.DATABASE_URL;
  if (env.HEPTAD_DEMO === undefined) env.HEPTAD_DEMO = isEmbedded && !env.PUBLIC_URL ? '1' : '0';
  const host = env.HOST ?? '127.0.0.1';
  if (env.HEPTAD_DEMO === '1' && (env.PUBLIC_URL || !isLoopback(host))) {
    throw new CommandFailure(
      'A demonstration offers its sign-ins to everybody, so it is never served on a public address. ' +
        'Set HEPTAD_DEMO=0, or unset PUBLIC_URL and HOST.',
    );
  }
  await prepareSecret(dataDir);
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new CommandFailure(`PORT is ${env.PORT}; it must be a number from 1 to 65535.`);
  const address = env.PUBLIC_URL ?? `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`;
  // next-auth takes the addresses it answers with from here, and else from a default that is not ours.
  env.NEXTAUTH_URL ??= address;
  return { dataDir, port, host, isEmbedded, address };
}

/** Whether only programs of this machine reach the address. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The key that signs session cookies: the given one, or one made once and kept readable for the owner alone. */
async function prepareSecret(dataDir: string): Promise<void> {
  const given = process.env.AUTH_SECRET;
  if (given) {
    if (given.length < 32 || EXAMPLES.test(given))
      throw new CommandFailure(
        'AUTH_SECRET is an example or too short. Use at least 32 random characters, for example from: openssl rand -hex 32',
      );
    return;
  }
  const file = path.join(dataDir, 'keys', 'auth-secret');
  if (!existsSync(file)) {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  }
  await chmod(file, 0o600);
  process.env.AUTH_SECRET = (await readFile(file, 'utf8')).trim();
}
