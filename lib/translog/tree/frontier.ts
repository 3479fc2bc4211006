import { emptyRoot, HASH_BYTES, writeNodeHash } from './hash';

/** Sizes are exact JavaScript integers, so a tree has at most 2^53 − 1 leaves and 53 complete subtrees. */
const MAX_LEVELS = 53;

/**
 * The right edge of a growing tree: the root of each complete subtree that the first `size` leaves fall into.
 * Enough to append and to compute the root in O(log size) memory; it cannot make proofs (see AppendState).
 *
 * @see RFC 6962 §2.1
 */
export class Frontier {
  #size = 0;
  /** Slot k holds the root of the complete subtree with 2^k leaves, valid when bit k of the size is set. */
  readonly #slots = Buffer.alloc(MAX_LEVELS * HASH_BYTES);
  readonly #carry = Buffer.alloc(HASH_BYTES);

  /** Number of leaves so far. */
  get size(): number {
    return this.#size;
  }

  /** Appends the leaf hash found at `source[at … at + 32]`. */
  push(source: Uint8Array, at = 0): void {
    this.pushSubtree(0, source, at);
  }

  /**
   * Appends a complete subtree of 2^`level` leaves by its root, found at `source[at … at + 32]`.
   *
   * @throws RangeError when the current size is not a multiple of 2^`level`: the subtree would not be aligned.
   */
  pushSubtree(level: number, source: Uint8Array, at = 0): void {
    const leaves = 2 ** level;
    if (this.#size % leaves !== 0) throw new RangeError(`A subtree of ${leaves} leaves cannot start at ${this.#size}`);
    this.#carry.set(source.subarray(at, at + HASH_BYTES));
    let slot = level;
    for (let rest = this.#size / leaves; rest % 2 === 1; rest = (rest - 1) / 2) {
      writeNodeHash(this.#slots, slot * HASH_BYTES, this.#carry, 0, this.#carry, 0);
      slot += 1;
    }
    this.#slots.set(this.#carry, slot * HASH_BYTES);
    this.#size += leaves;
  }

  /** Root of the tree with the leaves so far. */
  root(): Uint8Array {
    return this.#fold(null);
  }

  /** Root of a larger tree whose remaining leaves, from `size` on, have the Merkle tree hash `tail` (32 bytes). */
  rootWithTail(tail: Uint8Array): Uint8Array {
    return this.#fold(tail);
  }

  #fold(tail: Uint8Array | null): Uint8Array {
    let folded = tail === null ? null : Buffer.from(tail);
    let rest = this.#size;
    for (let slot = 0; rest > 0; slot++, rest = Math.floor(rest / 2)) {
      if (rest % 2 === 0) continue;
      const at = slot * HASH_BYTES;
      if (folded === null) folded = Buffer.from(this.#slots.subarray(at, at + HASH_BYTES));
      else writeNodeHash(this.#slots, at, folded, 0, folded, 0);
    }
    return folded ?? emptyRoot();
  }
}
