import { formatVerifierKey, type VerifierKey } from '../note/verifier-key';
import { formatHashLines } from '../note/hash-lines';
import { HASH_BYTES } from '../tree/hash';
import {
  type AttachedFile,
  fileName,
  formatManifest,
  historyName,
  type Opening,
  payloadName,
  type PackManifest,
} from './manifest';
import type { TarPart } from './tar';

type Chunks = TarPart['chunks'];

/** Everything a pack is made of. Large parts are streams, so a pack of any size is written in constant memory. */
export interface PackContents {
  readonly start: number;
  readonly end: number;
  /** The signed checkpoint, as issued, and the keys of all who signed it or one of the history. */
  readonly checkpoint: Uint8Array;
  readonly keys: readonly VerifierKey[];
  /** Hashes of `rangeSubtrees(start, end, size)`. */
  readonly rangeProof: readonly Uint8Array[];
  /** Earlier checkpoints with their consistency proofs to `checkpoint`, by size. */
  readonly history: readonly { size: number; proof: readonly Uint8Array[]; checkpoint: Uint8Array }[];
  /** The leaf hashes of the entries, 32 bytes each. */
  readonly hashes: Chunks;
  /** The entries as `encodeEntries` frames them, and how many bytes that will be. */
  readonly entries: { readonly size: number; readonly chunks: Chunks };
  readonly openings: readonly (Opening & { readonly salt: Uint8Array; readonly content: Chunks })[];
  readonly files: readonly (AttachedFile & { readonly content: Chunks })[];
}

/**
 * The members of a pack in their order: to be written as an archive with `writeTar`, or each as a file of its name.
 *
 * @throws LogFormatError when the manifest would not be valid, for instance openings out of order.
 */
export function packParts(contents: PackContents): TarPart[] {
  const { start, end, checkpoint, rangeProof, history, hashes, entries, openings, files } = contents;
  return [
    whole('manifest.json', formatManifest(manifestOf(contents))),
    whole('checkpoint', checkpoint),
    whole('range-proof', Buffer.from(formatHashLines(rangeProof))),
    ...history.map((old) => whole(historyName(old.size), historyMember(old))),
    stream('hashes', (end - start) * HASH_BYTES, hashes),
    stream('entries', entries.size, entries.chunks),
    ...(openings.length > 0 ? [whole('salts', Buffer.concat(openings.map(({ salt }) => salt)))] : []),
    ...openings.map((opening) => stream(payloadName(opening), opening.size, opening.content)),
    ...files.map((file) => stream(fileName(file), file.size, file.content)),
  ];
}

function whole(name: string, bytes: Uint8Array): TarPart {
  return { name, size: bytes.length, chunks: [bytes] };
}

function stream(name: string, size: number, chunks: Chunks): TarPart {
  return { name, size, chunks };
}

function manifestOf({ start, end, keys, history, openings, files }: PackContents): PackManifest {
  return { start, end, keys: keys.map(formatVerifierKey), history: history.map(({ size }) => size), openings, files };
}

/** Proof lines, an empty line, the note. */
function historyMember({ proof, checkpoint }: PackContents['history'][number]): Uint8Array {
  return Buffer.concat([Buffer.from(`${formatHashLines(proof)}\n`), checkpoint]);
}
