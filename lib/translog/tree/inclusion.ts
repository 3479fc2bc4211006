import { hashEquals, nodeHash } from './hash';
import { powerBelow } from './powers';
import type { Subtree } from './subtree';

/**
 * The subtrees whose hashes prove that entry `index` is in a tree of `size` leaves, from the leaf upwards.
 *
 * @param index 0 to size − 1.
 * @throws RangeError when the tree has no such entry.
 * @see RFC 6962 §2.1.1 (PATH)
 */
export function inclusionSubtrees(index: number, size: number): Subtree[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`A tree of size ${size} has no entry ${index}`);
  const path: Subtree[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + powerBelow(end - start);
    if (index < middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  return path.toReversed();
}

/**
 * Whether `proof` shows that the leaf with hash `leaf` stands at `index` in the tree with `size` leaves and `root`.
 * Wrong numbers, lengths and hashes give false, never an error.
 *
 * @see RFC 9162 §2.1.3.2, which verifies the proofs of RFC 6962 §2.1.1
 */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let position = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash);
      // A node without a right neighbour rises unchanged until it is a right child.
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
  return last === 0 && hashEquals(hash, root);
}
