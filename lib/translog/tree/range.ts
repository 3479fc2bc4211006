import { Frontier } from './frontier';
import { hashEquals } from './hash';
import { binaryLevel, powerAtMost } from './powers';
import type { Subtree } from './subtree';

/**
 * The subtrees whose hashes, together with the leaves from `start` up to `end`, give the root of a tree of `size`
 * leaves: from left to right, first those before the range, then those after it. It is the inclusion proof of RFC 6962
 * §2.1.1 for a run of leaves, and for one leaf has the same hashes in another order.
 *
 * @param start 0 to end − 1 (an empty range only in an empty tree).
 * @param end start + 1 to size.
 * @throws RangeError when the range is empty or not in the tree.
 */
export function rangeSubtrees(start: number, end: number, size: number): Subtree[] {
  const { before, after } = rangeSides(start, end, size);
  return [...before, ...after];
}

/** Folds the leaves of a range, given in order, into the root of the whole tree. O(log size) memory. */
export class RangeFold {
  readonly #frontier = new Frontier();
  readonly #after: readonly Subtree[];
  readonly #afterHashes: readonly Uint8Array[];
  readonly #end: number;
  readonly #size: number;

  private constructor(end: number, size: number, after: readonly Subtree[], afterHashes: readonly Uint8Array[]) {
    this.#end = end;
    this.#size = size;
    this.#after = after;
    this.#afterHashes = afterHashes;
  }

  /**
   * @param proof the hashes of `rangeSubtrees(start, end, size)`.
   * @returns null when the range is not in the tree or the proof has the wrong number of hashes.
   */
  static begin(start: number, end: number, size: number, proof: readonly Uint8Array[]): RangeFold | null {
    if (!isRange(start, end, size)) return null;
    const { before, after } = rangeSides(start, end, size);
    if (proof.length !== before.length + after.length) return null;
    const fold = new RangeFold(end, size, after, proof.slice(before.length));
    before.forEach((subtree, i) => fold.#frontier.pushSubtree(levelOf(subtree), proof[i]!));
    return fold;
  }

  /** Position of the next leaf. */
  get position(): number {
    return this.#frontier.size;
  }

  /** Adds the next leaf by its hash, 32 bytes at `source[at …]`. */
  push(source: Uint8Array, at = 0): void {
    this.#frontier.push(source, at);
  }

  /** Root of the tree of the leaves before `position`. */
  rootSoFar(): Uint8Array {
    return this.#frontier.root();
  }

  /** Root of the whole tree, once; null when leaves of the range are missing or too many were given. */
  finish(): Uint8Array | null {
    if (this.#frontier.size !== this.#end) return null;
    for (const [i, subtree] of this.#after.entries()) {
      const hash = this.#afterHashes[i]!;
      // Only the last subtree can be ragged: it ends where the tree ends.
      if (subtree.end === this.#size) return this.#frontier.rootWithTail(hash);
      this.#frontier.pushSubtree(levelOf(subtree), hash);
    }
    return this.#frontier.root();
  }
}

/** Whether the leaf hashes from `start` on and `proof` give `root`. False, never an error, for wrong input. */
export function verifyRange(
  start: number,
  leaves: readonly Uint8Array[],
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  const fold = RangeFold.begin(start, start + leaves.length, size, proof);
  if (fold === null) return false;
  for (const leaf of leaves) fold.push(leaf);
  const computed = fold.finish();
  return computed !== null && hashEquals(computed, root);
}

function rangeSides(start: number, end: number, size: number): { before: Subtree[]; after: Subtree[] } {
  if (!isRange(start, end, size)) throw new RangeError(`A tree of size ${size} has no range ${start} to ${end}`);
  const before: Subtree[] = [];
  for (let at = 0; at < start;) {
    const leaves = powerAtMost(start - at);
    before.push({ start: at, end: at + leaves });
    at += leaves;
  }
  const after: Subtree[] = [];
  for (let at = end; at < size;) {
    const next = Math.min(size, at + alignment(at));
    after.push({ start: at, end: next });
    at = next;
  }
  return { before, after };
}

function isRange(start: number, end: number, size: number): boolean {
  if (![start, end, size].every(Number.isSafeInteger)) return false;
  return start >= 0 && end <= size && (start < end || size === 0) && start <= end;
}

/** Largest power of two that divides `n`. */
function alignment(n: number): number {
  let leaves = 1;
  while (n % (leaves * 2) === 0) leaves *= 2;
  return leaves;
}

function levelOf({ start, end }: Subtree): number {
  return binaryLevel(end - start);
}
