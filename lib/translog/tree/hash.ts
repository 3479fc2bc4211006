import { hash } from 'node:crypto';

/** Bytes of a SHA-256 hash. */
export const HASH_BYTES = 32;

/** Longest entry a log accepts, in bytes: C2SP tlog-tiles frames entries with a 16-bit length. */
export const MAX_ENTRY_BYTES = 65_535;

/**
 * Hashing works in these two buffers because one-shot `crypto.hash` with a string result is twice as fast
 * as one that allocates. Everything here is synchronous, so they are never shared by two callers at once.
 */
const leafInput = Buffer.alloc(1 + MAX_ENTRY_BYTES);
const nodeInput = Buffer.alloc(1 + 2 * HASH_BYTES);
leafInput[0] = 0x00;
nodeInput[0] = 0x01;

/**
 * Hash of one log entry: SHA-256(0x00 ‖ entry).
 *
 * @param entry 0 to 65,535 bytes.
 * @throws RangeError when the entry is longer.
 * @see RFC 6962 §2.1
 */
export function leafHash(entry: Uint8Array): Uint8Array {
  return Buffer.from(leafDigest(entry), 'latin1');
}

/**
 * Hash of an inner node: SHA-256(0x01 ‖ left ‖ right).
 *
 * @param left, right 32 bytes each.
 * @see RFC 6962 §2.1
 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return Buffer.from(nodeDigest(left, 0, right, 0), 'latin1');
}

/** Root of a tree without entries: SHA-256 of nothing (RFC 6962 §2.1). */
export function emptyRoot(): Uint8Array {
  return Buffer.from(hash('sha256', new Uint8Array(0), 'binary'), 'latin1');
}

/** Writes `leafHash(entry)` to `target[at … at + 32]` without allocating. Same range and error. */
export function writeLeafHash(entry: Uint8Array, target: Buffer, at: number): void {
  target.write(leafDigest(entry), at, 'latin1');
}

/** Writes the node hash of `left[leftAt …]` and `right[rightAt …]` to `target[at … at + 32]` without allocating. */
export function writeNodeHash(
  left: Uint8Array,
  leftAt: number,
  right: Uint8Array,
  rightAt: number,
  target: Buffer,
  at: number,
): void {
  target.write(nodeDigest(left, leftAt, right, rightAt), at, 'latin1');
}

/**
 * Merkle tree hash of a list of hashes that are already leaf or subtree hashes, laid side by side.
 *
 * @param hashes a multiple of 32 bytes; none gives the empty root. Left unchanged.
 * @throws RangeError when the length is not a multiple of 32.
 * @see RFC 6962 §2.1 (MTH)
 */
export function hashOfHashes(hashes: Uint8Array): Uint8Array {
  if (hashes.length % HASH_BYTES !== 0) throw new RangeError('A list of hashes is a multiple of 32 bytes long');
  let width = hashes.length / HASH_BYTES;
  if (width === 0) return emptyRoot();
  const row = Buffer.from(hashes);
  while (width > 1) {
    const pairs = Math.floor(width / 2);
    for (let pair = 0; pair < pairs; pair++) {
      writeNodeHash(row, pair * 2 * HASH_BYTES, row, (pair * 2 + 1) * HASH_BYTES, row, pair * HASH_BYTES);
    }
    // A hash without a right neighbour rises unchanged: this is how RFC 6962 splits a ragged tree.
    if (width % 2 === 1) row.copyWithin(pairs * HASH_BYTES, (width - 1) * HASH_BYTES, width * HASH_BYTES);
    width = pairs + (width % 2);
  }
  return row.subarray(0, HASH_BYTES);
}

/** Whether two hashes are the same 32 bytes. Roots and proofs are public, so this is not constant-time. */
export function hashEquals(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === HASH_BYTES && b.length === HASH_BYTES && hashEqualsAt(a, 0, b, 0);
}

/** Whether `a[aAt … aAt + 32]` and `b[bAt … bAt + 32]` hold the same hash. */
export function hashEqualsAt(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number): boolean {
  for (let i = 0; i < HASH_BYTES; i++) if (a[aAt + i] !== b[bAt + i]) return false;
  return true;
}

/** Number of the first hash that differs between two lists of `count` hashes, or null. */
export function firstDifference(a: Uint8Array, b: Uint8Array, count: number): number | null {
  for (let i = 0; i < count; i++) if (!hashEqualsAt(a, i * HASH_BYTES, b, i * HASH_BYTES)) return i;
  return null;
}

function leafDigest(entry: Uint8Array): string {
  if (entry.length > MAX_ENTRY_BYTES) throw new RangeError(`A log entry has at most ${MAX_ENTRY_BYTES} bytes`);
  leafInput.set(entry, 1);
  return hash('sha256', leafInput.subarray(0, 1 + entry.length), 'binary');
}

function nodeDigest(left: Uint8Array, leftAt: number, right: Uint8Array, rightAt: number): string {
  // Copying by hand: for 32 bytes a call into native code costs more than the copy.
  for (let i = 0; i < HASH_BYTES; i++) {
    nodeInput[1 + i] = left[leftAt + i]!;
    nodeInput[1 + HASH_BYTES + i] = right[rightAt + i]!;
  }
  return hash('sha256', nodeInput, 'binary');
}
