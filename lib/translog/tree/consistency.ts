import { hashEquals, nodeHash } from './hash';
import { powerAtMost, powerBelow } from './powers';
import type { Subtree } from './subtree';

/**
 * The subtrees whose hashes prove that a tree of `size` leaves begins with the tree of its first `oldSize` leaves.
 *
 * @param oldSize 0 to size; both 0 and size give an empty proof.
 * @throws RangeError when `oldSize` is out of range.
 * @see RFC 6962 §2.1.2 (PROOF, SUBPROOF)
 */
export function consistencySubtrees(oldSize: number, size: number): Subtree[] {
  if (!(oldSize >= 0 && oldSize <= size)) throw new RangeError(`A tree of size ${size} has no prefix of ${oldSize}`);
  if (oldSize === 0 || oldSize === size) return [];
  const path: Subtree[] = [];
  let start = 0;
  let end = size;
  // Down to the subtree that ends with the old tree.
  while (end !== oldSize) {
    const middle = start + powerBelow(end - start);
    if (oldSize <= middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  // That subtree needs no hash of its own when it is the whole old tree: the verifier has that root.
  if (start > 0) path.push({ start, end });
  return path.toReversed();
}

/**
 * Whether `proof` shows that the tree (`size`, `root`) begins with the tree (`oldSize`, `oldRoot`).
 * For `oldSize` 0 the proof is empty and any root follows. Wrong numbers and hashes give false, never an error.
 *
 * @see RFC 9162 §2.1.4.2, which verifies the proofs of RFC 6962 §2.1.2; C2SP tlog-witness for `oldSize` 0
 */
export function verifyConsistency(
  oldSize: number,
  oldRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(size) || oldSize < 0 || oldSize > size) return false;
  if (oldSize === 0) return proof.length === 0;
  if (oldSize === size) return proof.length === 0 && hashEquals(oldRoot, root);
  const path = powerAtMost(oldSize) === oldSize ? [oldRoot, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let position = oldSize - 1;
  let last = size - 1;
  while (position % 2 === 1) {
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  let oldHash = first;
  let hash = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      oldHash = nodeHash(sibling, oldHash);
      hash = nodeHash(sibling, hash);
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hashEquals(oldHash, oldRoot) && hashEquals(hash, root);
}
