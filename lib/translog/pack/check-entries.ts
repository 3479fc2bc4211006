import type { Checkpoint } from '../note/checkpoint';
import { commitmentsOf, type PayloadCommitment } from '../payload-digest';
import { HASH_BYTES, hashEquals, hashEqualsAt, writeLeafHash } from '../tree/hash';
import { RangeFold } from '../tree/range';
import type { Findings, OnProgress } from '../verify/verdict';
import { type ByteSource, bytesSource, piecesOf, SlidingWindow } from './byte-source';
import { EntryCursor } from './entry-cursor';
import type { OpenedPack } from './open-pack';

/** What the entries say about payloads that the pack discloses, by position. */
export type Commitments = ReadonlyMap<number, readonly (PayloadCommitment | null)[]>;

/** What is proven of the entries. */
export interface EntriesChecked {
  /** The earlier trees that the proven entries, or their proven hashes, pass through. */
  readonly reached: ReadonlySet<Checkpoint>;
  /** How far these go: an earlier tree that ends between `start` and here and was not reached is another tree. */
  readonly comparableTo: number;
  readonly commitments: Commitments;
}

/** What reading all entries showed. */
interface EntriesRead {
  /** Root that the entries give; null when some are missing. */
  readonly root: Uint8Array | null;
  /** First entry whose hash is not the one in `hashes`, or that is not whole. */
  readonly firstDifference: number | null;
  /** The earlier trees that the entries, as far as they go, give the root of. */
  readonly reached: ReadonlySet<Checkpoint>;
  /** Whether bytes follow the last entry. */
  readonly hasRest: boolean;
  readonly commitments: Commitments;
}

const PROGRESS_STEP = 65_536;
const NOTHING = bytesSource(new Uint8Array(0));

/**
 * Hashes every entry and folds the hashes, with the range proof, into the root of the signed checkpoint.
 *
 * The member `hashes` proves nothing by itself. It is there to name the bad entry: if the entries do not give the root
 * but the hashes do, the first entry that differs from its hash is the first bad one.
 *
 * @param earlier checkpoints that the log must have passed through, ascending.
 */
export function checkEntries(
  pack: OpenedPack,
  earlier: readonly Checkpoint[],
  findings: Findings,
  onProgress?: OnProgress,
): EntriesChecked {
  const { source, manifest, checkpoint } = pack;
  const { start, end } = manifest;
  const hashes = source.open('hashes') ?? NOTHING;
  const read = readEntries(pack, hashes, earlier, onProgress);
  const { firstDifference, commitments } = read;
  if (read.root !== null && hashEquals(read.root, checkpoint.root)) {
    findings.checked.entries = end - start;
    if (firstDifference !== null) findings.add('hashes', firstDifference, 'A hash is damaged; its entry is whole.');
    if (hashes.size > (end - start) * HASH_BYTES) findings.add('hashes', end, 'Something follows the last hash.');
    if (read.hasRest) findings.add('entries', end, 'Something follows the last entry.');
    return { reached: read.reached, comparableTo: end, commitments };
  }
  const reachedByHashes = firstDifference === null ? null : readHashes(pack, hashes, earlier);
  if (firstDifference !== null && reachedByHashes !== null) {
    findings.checked.entries = firstDifference - start;
    findings.add('entries', firstDifference, `Entry ${firstDifference} is missing or is not the one that was logged.`);
    return { reached: reachedByHashes, comparableTo: end, commitments };
  }
  const provenTo = [...read.reached].reduce((most, { size }) => Math.max(most, size), start);
  findings.checked.entries = provenTo - start;
  findings.add('entries', provenTo, 'Entries and range proof do not give the root that was signed.');
  return { reached: read.reached, comparableTo: provenTo, commitments };
}

function readEntries(
  pack: OpenedPack,
  hashes: ByteSource,
  earlier: readonly Checkpoint[],
  onProgress?: OnProgress,
): EntriesRead {
  const { start, end, openings } = pack.manifest;
  const fold = beginFold(pack);
  const entries = new EntryCursor(pack.source.open('entries') ?? NOTHING);
  const stored = new SlidingWindow(hashes);
  const stops = new Set(earlier.map(({ size }) => size));
  const reached = new Set<Checkpoint>();
  const disclosed = new Set(openings.map(({ seq }) => seq));
  const commitments = new Map<number, (PayloadCommitment | null)[]>();
  const hash = Buffer.alloc(HASH_BYTES);
  let firstDifference: number | null = null;
  for (let position = start; position < end; position++) {
    const entry = entries.next();
    if (entry === null) {
      firstDifference ??= position;
      break;
    }
    writeLeafHash(entry, hash, 0);
    fold.push(hash);
    const expected = stored.reach((position - start) * HASH_BYTES, HASH_BYTES);
    if (expected === null || !hashEqualsAt(hash, 0, stored.bytes, expected)) firstDifference ??= position;
    if (disclosed.has(position)) commitments.set(position, commitmentsOf(entry));
    if (stops.has(fold.position)) for (const tree of treesAt(fold, earlier)) reached.add(tree);
    if (fold.position % PROGRESS_STEP === 0) onProgress?.(fold.position - start, end - start);
  }
  return { root: fold.finish(), firstDifference, reached, hasRest: !entries.isAtEnd, commitments };
}

/** Which of the earlier trees the leaves so far are. */
function treesAt(fold: RangeFold, earlier: readonly Checkpoint[]): Checkpoint[] {
  const root = fold.rootSoFar();
  return earlier.filter((tree) => tree.size === fold.position && hashEquals(tree.root, root));
}

/** The earlier trees that the member `hashes`, taken by itself, passes through; null unless it gives the signed root. */
function readHashes(pack: OpenedPack, hashes: ByteSource, earlier: readonly Checkpoint[]): Set<Checkpoint> | null {
  const { start, end } = pack.manifest;
  if (hashes.size !== (end - start) * HASH_BYTES) return null;
  const fold = beginFold(pack);
  const stops = new Set(earlier.map(({ size }) => size));
  const reached = new Set<Checkpoint>();
  for (const piece of piecesOf(hashes)) {
    for (let at = 0; at < piece.length; at += HASH_BYTES) {
      fold.push(piece, at);
      if (stops.has(fold.position)) for (const tree of treesAt(fold, earlier)) reached.add(tree);
    }
  }
  const root = fold.finish();
  return root !== null && hashEquals(root, pack.checkpoint.root) ? reached : null;
}

function beginFold({ manifest, checkpoint, rangeProof }: OpenedPack): RangeFold {
  const fold = RangeFold.begin(manifest.start, manifest.end, checkpoint.size, rangeProof);
  if (fold === null) throw new RangeError('An opened pack has a range proof of the right length');
  return fold;
}
