import { LogFormatError } from '../format-error';
import { parseHashLines } from '../note/hash-lines';
import { MAX_NOTE_BYTES } from '../note/signed-note';
import { isSameKey, parseVerifierKey, type VerifierKey } from '../note/verifier-key';
import { rangeSubtrees } from '../tree/range';
import type { Checkpoint } from '../note/checkpoint';
import { openCheckpoint, type Trust } from '../verify/trust';
import type { Findings } from '../verify/verdict';
import { type ByteSource, readAll } from './byte-source';
import { type PackManifest, parseManifest } from './manifest';

/** A pack, wherever it lies. */
export interface PackSource {
  /** A member by its name; null when it is not there. */
  readonly open: (name: string) => ByteSource | null;
  /** What is wrong with the container that should hold exactly these members; null when nothing is. */
  readonly faultOf: (names: readonly string[]) => string | null;
}

/** The head of a pack, with every signature on its checkpoint checked. */
export interface OpenedPack {
  readonly source: PackSource;
  readonly manifest: PackManifest;
  readonly keys: readonly VerifierKey[];
  readonly checkpoint: Checkpoint;
  /** One hash per subtree of `rangeSubtrees`. */
  readonly rangeProof: readonly Uint8Array[];
}

const MAX_MANIFEST_BYTES = 268_435_456;
const MAX_PROOF_BYTES = 65_536;

/** Reads manifest, checkpoint and range proof; null, with the reason in `findings`, when nothing can be built on them. */
export function openPack(source: PackSource, trust: Trust, findings: Findings): OpenedPack | null {
  const head = openManifest(source, findings);
  if (head === null) return null;
  const { manifest, keys } = head;
  findings.start = manifest.start;
  findings.end = manifest.end;
  const opened = openCheckpoint(memberBytes(source, 'checkpoint', MAX_NOTE_BYTES), keys, trust, true);
  if (typeof opened === 'string') {
    findings.add('checkpoint', manifest.start, `Checkpoint: ${opened}.`);
    return null;
  }
  const { checkpoint, signedBy, unnamed } = opened;
  findings.checkpoint = checkpoint;
  findings.signedBy = signedBy;
  findings.unnamed = unnamed;
  const rangeProof = openRangeProof(source, manifest, checkpoint, findings);
  return rangeProof && { source, manifest, keys, checkpoint, rangeProof };
}

/** The bytes of a member; none when it is missing or larger than any good one: its parser then says what is wrong. */
export function memberBytes(source: PackSource, name: string, maxBytes: number): Uint8Array {
  const member = source.open(name);
  return (member && readAll(member, maxBytes)) ?? new Uint8Array(0);
}

/** Whether each key in the manifest is among those who signed a checkpoint: one that is not could be anything. */
export function hasUnusedKey(keys: readonly VerifierKey[], signedBy: readonly VerifierKey[]): boolean {
  return keys.some((key) => !signedBy.some((other) => isSameKey(key, other)));
}

function openManifest(source: PackSource, findings: Findings): Pick<OpenedPack, 'manifest' | 'keys'> | null {
  try {
    const manifest = parseManifest(memberBytes(source, 'manifest.json', MAX_MANIFEST_BYTES));
    return { manifest, keys: manifest.keys.map(parseVerifierKey) };
  } catch (error) {
    if (!(error instanceof LogFormatError)) throw error;
    findings.add('manifest', 0, `Manifest: ${error.message}.`);
    return null;
  }
}

function openRangeProof(
  source: PackSource,
  { start, end }: PackManifest,
  { size }: Checkpoint,
  findings: Findings,
): Uint8Array[] | null {
  try {
    const text = Buffer.from(memberBytes(source, 'range-proof', MAX_PROOF_BYTES)).toString('latin1');
    const lines = text.split('\n');
    if (source.open('range-proof') === null || lines.pop() !== '') throw new LogFormatError('it is not whole');
    const hashes = parseHashLines(lines);
    if (hashes.length !== rangeSubtrees(start, end, size).length) throw new LogFormatError('it has the wrong length');
    return hashes;
  } catch (error) {
    if (!(error instanceof LogFormatError || error instanceof RangeError)) throw error;
    findings.add('proof', start, `Range proof: ${error.message}.`);
    return null;
  }
}
