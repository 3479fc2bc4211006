import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { availableParallelism, freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ENGINE_VERSION } from '@/lib/scanner/version';
import { RULES } from '@/lib/scanner/rules';
import { resolvePolicy } from './resolve-policy';

export interface ScannerFinding {
  name: string;
  ok: boolean;
  detail: string;
}

const OLDEST_NODE = [20, 19] as const;
/** Unpacked members of archives wait here; the limits of the built-in policy let one member need a gigabyte. */
const MIN_TEMPORARY_BYTES = 2 ** 30;
const MIN_FREE_BYTES = 256 * 2 ** 20;
const MIB = 2 ** 20;

/** What the scanner needs from a machine, and what it would use in the folder `root`. Never throws. */
export async function examineScanner(root: string): Promise<ScannerFinding[]> {
  return await Promise.all([
    finding('node', () => checkNode(process.versions.node)),
    finding('scanner', describeScanner),
    finding('policy', () => describePolicy(root)),
    finding('git', describeGit),
    finding('temporary', () => checkTemporary(tmpdir())),
    finding('memory', () => checkMemory(freemem())),
  ]);
}

async function finding(name: string, check: () => string | Promise<string>): Promise<ScannerFinding> {
  try {
    return { name, ok: true, detail: await check() };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : 'unknown' };
  }
}

/** Throws for a version older than the scanner was built for. */
export function checkNode(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
    throw new Error(`${version} is older than ${OLDEST_NODE.join('.')}`);
  return `${version}, ${availableParallelism()} threads`;
}

/** The digest lets people compare the bundle they run with the one that was released. */
async function describeScanner(): Promise<string> {
  const version = `${ENGINE_VERSION}, ${RULES.length} rules`;
  if (!import.meta.url.endsWith('.mjs')) return `${version}, from its sources`;
  const bytes = await readFile(fileURLToPath(import.meta.url));
  return `${version}, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`;
}

async function describePolicy(root: string): Promise<string> {
  const { policy, source } = await resolvePolicy({ root });
  return `${source === 'unmanaged' ? 'built-in' : source}, fails on ${policy.failOnSeverity}`;
}

async function describeGit(): Promise<string> {
  const { stdout } = await promisify(execFile)('git', ['--version'], { encoding: 'utf8' }).catch(() => {
    throw new Error('not found: --since and the hook need it');
  });
  return stdout.trim();
}

async function checkTemporary(folder: string): Promise<string> {
  const own = await mkdtemp(join(folder, 'heptad-doctor-'));
  try {
    await writeFile(join(own, 'probe'), 'x');
    const { bavail, bsize } = await statfs(own);
    const free = bavail * bsize;
    if (free < MIN_TEMPORARY_BYTES)
      throw new Error(
        `${folder} has ${Math.floor(free / MIB)} MiB free; large archives need ${MIN_TEMPORARY_BYTES / MIB}`,
      );
    return `${folder}, ${Math.floor(free / MIB)} MiB free`;
  } finally {
    await rm(own, { recursive: true });
  }
}

function checkMemory(free: number): string {
  if (free < MIN_FREE_BYTES)
    throw new Error(`${Math.floor(free / MIB)} MiB free; large documents need ${MIN_FREE_BYTES / MIB}`);
  return `${Math.floor(free / MIB)} MiB free`;
}
