import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { tarPack, verifyPack } from '@/lib/translog/pack/verify-pack';
import { type Checkpoint, parseCheckpoint } from '@/lib/translog/note/checkpoint';
import { parseNote } from '@/lib/translog/note/signed-note';
import { parseTrustPolicy } from '@/lib/translog/note/trust-policy';
import { parseVerifierKey, type VerifierKey } from '@/lib/translog/note/verifier-key';
import type { Trust } from '@/lib/translog/verify/trust';
import type { OnProgress, Verdict } from '@/lib/translog/verify/verdict';
import { verifyTiles } from '@/lib/translog/verify/verify-tiles';
import { httpTiles } from './http-tiles';
import { folderPack, folderTiles, isFile, openFile } from './local-sources';

/** What can be said on the command line besides the target. */
export interface VerifyOptions {
  /** Verifier keys, or files with one a line. */
  readonly key: readonly string[];
  /** File in the format of C2SP tlog-policy. */
  readonly policy?: string | undefined;
  /** File with a checkpoint kept from earlier. */
  readonly known?: string | undefined;
  /** Bearer token for an address. */
  readonly token?: string | undefined;
}

/**
 * Verifies a pack (archive or folder), a folder of tiles or an address that serves tiles.
 *
 * @throws Error when the target or a file named in the options cannot be read, or is none of these.
 */
export async function verifyTarget(target: string, options: VerifyOptions, onProgress: OnProgress): Promise<Verdict> {
  const trust = readTrust(options);
  if (/^https?:\/\//i.test(target)) return verifyTiles(httpTiles(target, options.token), trust, onProgress);
  if (statSync(target).isFile()) return verifyArchive(target, trust, onProgress);
  if (isFile(path.join(target, 'manifest.json'))) return verifyFolder(target, trust, onProgress);
  if (isFile(path.join(target, 'checkpoint'))) return verifyTiles(folderTiles(target), trust, onProgress);
  throw new Error(`${target} is neither a pack nor a log: it has no manifest.json and no checkpoint`);
}

function verifyArchive(file: string, trust: Trust, onProgress: OnProgress): Verdict {
  const archive = openFile(file);
  try {
    return verifyPack(tarPack(archive), trust, onProgress);
  } finally {
    archive.close();
  }
}

function verifyFolder(folder: string, trust: Trust, onProgress: OnProgress): Verdict {
  const source = folderPack(folder);
  try {
    return verifyPack(source, trust, onProgress);
  } finally {
    source.close();
  }
}

function readTrust({ key, policy, known }: VerifyOptions): Trust {
  return {
    keys: key.flatMap(readKeys),
    policy: policy === undefined ? null : parseTrustPolicy(readNamed('--policy', policy)),
    known: known === undefined ? null : readKnown(known),
  };
}

function readKeys(keyOrFile: string): VerifierKey[] {
  const text = isFile(keyOrFile) ? readFileSync(keyOrFile, 'utf8') : keyOrFile;
  const lines = text.split('\n').map((line) => line.trim());
  const keys = lines.filter((line) => line !== '').map(parseVerifierKey);
  // No key at all would mean: use the keys that come with the data. Whoever writes --key asks for the opposite.
  if (keys.length === 0) throw new Error(`--key "${keyOrFile}" holds no key: give a verifier key, or a file of them`);
  return keys;
}

function readKnown(file: string): Checkpoint {
  return parseCheckpoint(parseNote(readNamed('--known', file)).text);
}

/** The file that an option names. An unset variable leaves an empty name behind, of which the system says little. */
function readNamed(option: string, file: string): Buffer {
  if (file === '') throw new Error(`${option} names no file`);
  return readFileSync(file);
}
