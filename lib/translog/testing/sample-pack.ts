import type { Signer } from '../note/verifier-key';
import { encodeEntries } from '../tree/entry-bundle';
import { type PackContents, packParts } from '../pack/pack-parts';
import { type TarPart, writeTar } from '../pack/tar';
import { sha256 } from './naive-tree';
import { logSigner, type SampleLog, sampleNote, witnessSigner } from './sample-log';

export interface SamplePackOptions {
  readonly start: number;
  readonly end: number;
  readonly size: number;
  readonly history?: readonly number[];
  readonly withPayloads?: boolean;
  readonly withFiles?: boolean;
  readonly signers?: readonly Signer[];
}

/** What a pack of part of a log is made of. */
export function samplePack(log: SampleLog, options: SamplePackOptions): PackContents {
  const { start, end, size, history = [], withPayloads = false, withFiles = false } = options;
  const { signers = [logSigner, witnessSigner] } = options;
  const entries = encodeEntries(log.entries.slice(start, end));
  const disclosed = log.payloads.filter(({ seq }) => withPayloads && seq >= start && seq < end);
  const files = withFiles ? [Buffer.from('Read me.\n'), Buffer.alloc(700, 'policy ')] : [];
  return {
    start,
    end,
    checkpoint: sampleNote(log, size, signers),
    keys: signers.map(({ key }) => key),
    rangeProof: size === 0 ? [] : log.tree.range(start, end, 0, size),
    history: history.map((old) => ({
      size: old,
      proof: old === 0 ? [] : log.tree.proof(old, size),
      checkpoint: sampleNote(log, old, [logSigner]),
    })),
    hashes: [Buffer.concat(Array.from({ length: end - start }, (_, n) => log.tree.leaf(start + n)))],
    entries: { size: entries.length, chunks: [entries] },
    openings: disclosed.map(({ seq, item, salt, content }) => {
      return { seq, item, salt, size: content.length, content: [content] };
    }),
    files: files.map((content, n) => {
      return {
        path: `evidence/file-${n}.txt`,
        size: content.length,
        sha256: sha256(content).toString('hex'),
        content: [content],
      };
    }),
  };
}

export async function tarBytes(parts: readonly TarPart[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeTar(parts)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function packBytes(contents: PackContents): Promise<Buffer> {
  return tarBytes(packParts(contents));
}
