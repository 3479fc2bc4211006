import { beforeAll, describe, expect, test } from 'vitest';
import { NaiveTree, sha256 } from '../testing/naive-tree';
import { SeededRandom } from '../testing/random';
import { AppendState, type FullTile } from './append-state';
import { consistencySubtrees, verifyConsistency } from './consistency';
import { Frontier } from './frontier';
import { hashEquals } from './hash';
import { inclusionSubtrees, verifyInclusion } from './inclusion';
import { RangeFold, rangeSubtrees } from './range';
import { hashesOf, type Subtree, tilesOf, type TileReader } from './subtree';

const MAX_SIZE = 1_000_000;
const random = new SeededRandom(20_260_101);
const sizes = [
  ...Array.from({ length: 25 }, () => Math.floor(2 ** (random.next() * Math.log2(MAX_SIZE)))),
  65_535,
  65_536,
  65_537,
  MAX_SIZE - 1,
  MAX_SIZE,
].toSorted((a, b) => a - b);

/** What a log has stored when it has a given size. */
interface Snapshot {
  readonly root: Uint8Array;
  readonly readTile: TileReader;
}

const hex = (hashes: readonly Uint8Array[]) => hashes.map((hash) => Buffer.from(hash).toString('hex'));

let naive: NaiveTree;
const snapshots = new Map<number, Snapshot>();

beforeAll(() => {
  const seed = sha256(Buffer.from('large trees'));
  const leaves = Array.from({ length: MAX_SIZE }, (_, n) => {
    const leaf = Buffer.from(seed);
    leaf.writeUInt32BE(n);
    return leaf;
  });
  naive = new NaiveTree(leaves);
  const state = new AppendState();
  const stored = new Map<string, FullTile>();
  for (const leaf of leaves) {
    state.appendHash(leaf);
    for (const tile of state.takeFullTiles()) stored.set(`${tile.level}/${tile.index}`, tile);
    if (sizes.includes(state.size)) snapshots.set(state.size, snapshotOf(state, stored));
  }
});

function snapshotOf(state: AppendState, stored: ReadonlyMap<string, FullTile>): Snapshot {
  const { edge } = state.snapshot();
  return {
    root: state.root(),
    readTile: ({ level, index, width }) => (width === 256 ? stored.get(`${level}/${index}`)!.hashes : edge[level]!),
  };
}

describe('random sizes up to 1,000,000, from stored tiles', () => {
  test.each(sizes)('root and proofs of size %i are those of the naive tree', (size) => {
    const { root, readTile } = snapshots.get(size)!;
    expect(hex([root])).toEqual(hex([naive.mth(0, size)]));
    for (let n = 0; n < 20; n++) {
      const index = random.between(0, size - 1);
      const path = hashesOf(inclusionSubtrees(index, size), size, readTile);
      expect(hex(path)).toEqual(hex(naive.path(index, 0, size)));
      expect(verifyInclusion(naive.leaf(index), index, size, path, root)).toBe(true);
      const old = random.between(1, size);
      const proof = hashesOf(consistencySubtrees(old, size), size, readTile);
      expect(hex(proof)).toEqual(hex(naive.proof(old, size)));
      expect(verifyConsistency(old, naive.mth(0, old), size, root, proof)).toBe(true);
      const start = random.between(0, size - 1);
      const end = Math.min(size, start + random.between(1, 500));
      const range = hashesOf(rangeSubtrees(start, end, size), size, readTile);
      expect(hex(range)).toEqual(hex(naive.range(start, end, 0, size)));
      const fold = RangeFold.begin(start, end, size, range)!;
      for (let at = start; at < end; at++) fold.push(naive.leaf(at));
      expect(hashEquals(fold.finish()!, root)).toBe(true);
    }
  });

  test('an inclusion proof at 1,000,000 has at most 20 hashes, from at most two full tiles and the edge', () => {
    for (let n = 0; n < 1_000; n++) {
      const subtrees = inclusionSubtrees(random.between(0, MAX_SIZE - 1), MAX_SIZE);
      expect(subtrees.length).toBeLessThanOrEqual(20);
      expect(tilesOf(subtrees, MAX_SIZE).filter(({ width }) => width === 256).length).toBeLessThanOrEqual(2);
    }
  });

  test('the frontier alone gives the same roots', () => {
    const frontier = new Frontier();
    const roots: [string[], string[]][] = [];
    for (let n = 0; n < 70_000; n++) {
      frontier.push(naive.leaf(n));
      if (n % 4_999 === 0) roots.push([hex([frontier.root()]), hex([naive.mth(0, n + 1)])]);
    }
    for (const [root, expected] of roots) expect(root).toEqual(expected);
    expect(frontier.size).toBe(70_000);
  });
});

describe('sizes near 2^53, where 32-bit and floating-point shortcuts fail', () => {
  const size = Number.MAX_SAFE_INTEGER;

  test.each([0, 1, 2 ** 31, 2 ** 32 + 1, 2 ** 48 - 1, 2 ** 52, size - 1])(
    'inclusion paths of %i tile the tree',
    (index) => {
      const parts = [{ start: index, end: index + 1 }, ...inclusionSubtrees(index, size)];
      expect(endOfTiling(parts)).toBe(size);
    },
  );

  test.each([1, 2 ** 31 + 1, 2 ** 49 - 1, 2 ** 52 + 1, size - 1])(
    'consistency paths and ranges from %i tile the tree',
    (old) => {
      const after = consistencySubtrees(old, size).filter(({ start }) => start >= old);
      expect(endOfTiling([{ start: 0, end: old }, ...after])).toBe(size);
      expect(endOfTiling([{ start: old - 1, end: old }, ...rangeSubtrees(old - 1, old, size)])).toBe(size);
      for (const { level, index, width } of tilesOf(rangeSubtrees(old - 1, old, size), size)) {
        expect([level, index, width].every(Number.isSafeInteger)).toBe(true);
      }
    },
  );
});

/** Where the parts, in order of their starts, leave a gap or overlap; the end of the last when they do not. */
function endOfTiling(parts: readonly Subtree[]): number {
  let at = 0;
  for (const part of parts.toSorted((a, b) => a.start - b.start)) {
    if (part.start !== at) return Number.NaN;
    at = part.end;
  }
  return at;
}
