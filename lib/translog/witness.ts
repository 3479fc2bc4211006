import { parseDecimal } from './decimal';
import { LogFormatError } from './format-error';
import { type Checkpoint, parseCheckpoint } from './note/checkpoint';
import { formatHashLines, parseHashLines, splitAtEmptyLine } from './note/hash-lines';
import { checkNote, parseNote, type SignedNote } from './note/signed-note';
import type { VerifierKey } from './note/verifier-key';
import { verifyConsistency } from './tree/consistency';
import { emptyRoot, hashEquals } from './tree/hash';

/** The body of an add-checkpoint request. */
export interface AddCheckpointRequest {
  /** Size of the tree the proof starts from: the witness must have cosigned exactly this one last. */
  readonly oldSize: number;
  /** Consistency proof from `oldSize` to the checkpoint, at most 63 hashes. */
  readonly proof: readonly Uint8Array[];
  readonly note: SignedNote;
  readonly checkpoint: Checkpoint;
}

/** The tree that a witness cosigned last for a log. */
export interface WitnessedTree {
  readonly size: number;
  readonly root: Uint8Array;
}

/** What a witness knows when it decides. */
export interface WitnessView {
  /** Keys trusted for this origin; null when the origin is not known. */
  readonly keysOf: (origin: string) => readonly VerifierKey[] | null;
  /** The tree last cosigned for this origin; null before the first. */
  readonly latestOf: (origin: string) => WitnessedTree | null;
}

/**
 * The answer to an add-checkpoint request.
 *
 * `accept` is not yet an answer of 200: the caller must first replace, in one atomic step, the stored tree of
 * size `replaces` by the new one – and decide again if it is no longer the stored one – and only then cosign
 * `noteText`. Everything else is the answer as it is sent.
 */
export type WitnessDecision =
  | { readonly kind: 'accept'; readonly checkpoint: Checkpoint; readonly noteText: string; readonly replaces: number }
  | { readonly kind: 'refuse'; readonly status: 400 | 403 | 404 | 422; readonly reason: string }
  | {
      readonly kind: 'conflict';
      readonly status: 409;
      readonly contentType: 'text/x.tlog.size';
      /** Size of the tree cosigned last and a newline. */
      readonly body: string;
      /** The log signed two different trees of the same size: this request is the evidence. */
      readonly isFork: boolean;
      readonly reason: string;
    };

/** A consistency proof has at most 63 hashes (C2SP tlog-witness). */
const MAX_PROOF_HASHES = 63;

/**
 * Reads the body of an add-checkpoint request.
 *
 * @throws LogFormatError when it is not exactly as specified: the answer is 400.
 * @see C2SP tlog-witness, “add-checkpoint”
 */
export function parseAddCheckpoint(body: Uint8Array): AddCheckpointRequest {
  const { lines, note: noteBytes } = splitAtEmptyLine(body);
  const [oldLine = '', ...hashes] = lines;
  const oldSize = oldLine.startsWith('old ') ? parseDecimal(oldLine.slice('old '.length)) : null;
  if (oldSize === null) throw new LogFormatError('The first line is “old” and a tree size');
  const note = parseNote(noteBytes);
  return { oldSize, proof: parseHashLines(hashes, MAX_PROOF_HASHES), note, checkpoint: parseCheckpoint(note.text) };
}

/** Writes the body of an add-checkpoint request. */
export function formatAddCheckpoint(oldSize: number, proof: readonly Uint8Array[], note: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`old ${oldSize}\n${formatHashLines(proof)}\n`), note]);
}

/**
 * Decides on an add-checkpoint request. Pure: it reads nothing, stores nothing and signs nothing.
 *
 * @see C2SP tlog-witness, “add-checkpoint”; the checks are in the order of its statuses 404, 403, 400, 409, 422
 */
export function decideAddCheckpoint(request: AddCheckpointRequest, view: WitnessView): WitnessDecision {
  const { checkpoint, note, oldSize, proof } = request;
  const keys = view.keysOf(checkpoint.origin);
  if (keys === null) return { kind: 'refuse', status: 404, reason: 'This log is not known here' };
  if (checkNote(note, keys).verified.length === 0) {
    return { kind: 'refuse', status: 403, reason: 'No signature is by a key of this log' };
  }
  if (oldSize > checkpoint.size) {
    return { kind: 'refuse', status: 400, reason: 'The old size is larger than the checkpoint' };
  }
  const latest = view.latestOf(checkpoint.origin) ?? { size: 0, root: emptyRoot() };
  if (oldSize !== latest.size) return conflict(latest, false, 'The old size is not the one cosigned last');
  if (oldSize === checkpoint.size && !hashEquals(latest.root, checkpoint.root)) {
    return conflict(latest, true, 'Another tree of this size has been cosigned');
  }
  if (!verifyConsistency(oldSize, latest.root, checkpoint.size, checkpoint.root, proof)) {
    return { kind: 'refuse', status: 422, reason: 'The consistency proof does not hold' };
  }
  return { kind: 'accept', checkpoint, noteText: note.text, replaces: latest.size };
}

function conflict({ size }: WitnessedTree, isFork: boolean, reason: string): WitnessDecision {
  return { kind: 'conflict', status: 409, contentType: 'text/x.tlog.size', body: `${size}\n`, isFork, reason };
}
