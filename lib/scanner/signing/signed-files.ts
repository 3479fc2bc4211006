import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileSource } from '../byte-source';
import type { Statement } from './model-signature';

/** Where the files of a folder are not what a statement says. */
export interface FileProblem {
  /** Relative to the folder, with forward slashes. */
  path: string;
  kind: 'changed' | 'missing' | 'unsigned' | 'unreadable';
  message: string;
}

const ALGORITHMS: Readonly<Record<string, string>> = { sha256: 'sha256', blake2b: 'blake2b512' };
const BLOCK = 1 << 20;

/**
 * Computes the digest of every signed file anew and compares; files nobody signed are problems too. Links are not followed.
 *
 * @param ignored files of the folder that are no part of the model, such as the signature itself.
 * @throws Error for a hash the statement asks for and this program does not have.
 */
export function compareFiles(folder: string, statement: Statement, ignored: ReadonlySet<string>): FileProblem[] {
  const { serialization, resources } = statement.predicate;
  const algorithm = ALGORITHMS[serialization.hash_type];
  if (algorithm === undefined) throw new Error(`The hash ${serialization.hash_type} is not supported.`);
  const skipped = [...ignored, ...(serialization.ignore_paths ?? [])].map((path) => path.replace(/^\.\//, ''));
  const present = new Map(listFiles(folder, '', skipped).map(({ path, isFile }) => [path, isFile]));
  const problems: FileProblem[] = [];
  const signed = new Set<string>();
  for (const { name, digest } of resources) {
    const { path, start, end } = serialization.method === 'shards' ? parseShard(name) : { path: name, start: 0 };
    signed.add(path);
    const isFile = present.get(path);
    if (isFile === undefined) problems.push({ path, kind: 'missing', message: 'The signed file is not there' });
    else if (!isFile) problems.push({ path, kind: 'unreadable', message: 'It is a link or device, not a file' });
    else if (hashPart(join(folder, path), algorithm, start, end) !== digest)
      problems.push({ path, kind: 'changed', message: 'The content is not what was signed' });
  }
  for (const path of present.keys())
    if (!signed.has(path))
      problems.push({ path, kind: 'unsigned', message: 'The file is not part of what was signed' });
  if (serialization.method === 'shards') problems.push(...checkShards(folder, resources, present));
  return [...new Map(problems.map((one) => [`${one.kind} ${one.path}`, one])).values()];
}

function listFiles(folder: string, prefix: string, skipped: readonly string[]): { path: string; isFile: boolean }[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (skipped.includes(path)) return [];
    return entry.isDirectory() ? listFiles(folder, path, skipped) : [{ path, isFile: entry.isFile() }];
  });
}

/** `name:start:end`, the end exclusive. */
function parseShard(name: string): { path: string; start: number; end: number } {
  const match = /^(.+):(\d+):(\d+)$/.exec(name);
  if (match === null) throw new Error(`The resource ${name} is no part of a file.`);
  return { path: match[1]!, start: Number(match[2]), end: Number(match[3]) };
}

/** Parts must follow each other from the first byte to the last, or bytes in a gap could be anything. */
function checkShards(
  folder: string,
  resources: readonly { name: string }[],
  present: ReadonlyMap<string, boolean>,
): FileProblem[] {
  const parts = new Map<string, { start: number; end: number }[]>();
  for (const { name } of resources) {
    const { path, start, end } = parseShard(name);
    parts.set(path, [...(parts.get(path) ?? []), { start, end }]);
  }
  return [...parts].flatMap(([path, shards]) => {
    if (present.get(path) !== true) return [];
    let reached = 0;
    for (const { start, end } of shards.toSorted((a, b) => a.start - b.start))
      reached = start === reached && end > start ? end : Number.NaN;
    const isWhole = reached === lstatSync(join(folder, path)).size;
    return isWhole ? [] : [{ path, kind: 'changed' as const, message: 'The signed parts are not the whole file' }];
  });
}

function hashPart(file: string, algorithm: string, start: number, end = Number.POSITIVE_INFINITY): string | undefined {
  const hash = createHash(algorithm);
  const block = new Uint8Array(BLOCK);
  try {
    const source = fileSource(file);
    try {
      const last = Math.min(end, source.size);
      for (let offset = start; offset < last;) {
        const got = source.readInto(block.subarray(0, Math.min(BLOCK, last - offset)), offset);
        if (got === 0) break;
        hash.update(block.subarray(0, got));
        offset += got;
      }
    } finally {
      source.close();
    }
  } catch {
    // A file that cannot be read has no digest, so it is none that was signed.
    return undefined;
  }
  return hash.digest('hex');
}
