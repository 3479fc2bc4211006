import { describe, expect, test } from 'vitest';
import { NaiveTree, sha256 } from '../testing/naive-tree';
import { SeededRandom } from '../testing/random';
import { AppendState } from './append-state';
import { consistencySubtrees, verifyConsistency } from './consistency';
import { inclusionSubtrees, verifyInclusion } from './inclusion';
import { RangeFold, rangeSubtrees, verifyRange } from './range';
import { hashesOf, type Subtree, tilesOf } from './subtree';
import type { TileAddress } from './tile';

const MAX_SIZE = 300;
const entries = Array.from({ length: MAX_SIZE }, (_, n) => Buffer.from(`entry ${n}`));
const naive = NaiveTree.ofEntries(entries);
const hex = (hashes: readonly Uint8Array[]) => hashes.map((hash) => Buffer.from(hash).toString('hex'));

/** The hashes of subtrees, read from tiles as a log would store them for this size, and only from those asked for. */
function prove(subtrees: readonly Subtree[], size: number): Uint8Array[] {
  const wanted = new Set(tilesOf(subtrees, size).map((tile) => `${tile.level}/${tile.index}`));
  return hashesOf(subtrees, size, (tile) => {
    if (!wanted.has(`${tile.level}/${tile.index}`)) throw new Error('This tile was not asked for');
    return naiveTile(tile);
  });
}

/** Thousands of proofs: `expect` on every one would take longer than all the hashing. */
function isSame(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return Buffer.compare(Buffer.concat(a), Buffer.concat(b)) === 0;
}

const tiles = new Map<string, Buffer>();

function naiveTile({ level, index, width }: TileAddress): Buffer {
  const key = `${level}/${index}/${width}`;
  const known = tiles.get(key);
  if (known) return known;
  const span = 256 ** level;
  const hashes = Array.from({ length: width }, (_, n) => {
    const start = (index * 256 + n) * span;
    return naive.mth(start, start + span);
  });
  const tile = Buffer.concat(hashes);
  tiles.set(key, tile);
  return tile;
}

function positions(size: number): number[] {
  return Array.from({ length: size }, (_, n) => n);
}

/**
 * Whether the proof is also made from tiles: at every position up to size 128, then at the first, the last and every
 * third, another third for each size. Hashing whole tiles for all 90,000 proofs would take minutes.
 */
function isMadeFromTiles(position: number, size: number): boolean {
  return size <= 128 || position === 0 || position === size - 1 || position % 3 === size % 3;
}

/** The hashes of a proof: from tiles, or straight from the naive tree. */
function hashesFor(subtrees: readonly Subtree[], position: number, size: number): readonly Uint8Array[] {
  if (isMadeFromTiles(position, size)) return prove(subtrees, size);
  return subtrees.map(({ start, end }) => naive.mth(start, end));
}

function damaged(hashes: readonly Uint8Array[], random: SeededRandom): Uint8Array[] {
  const copy = hashes.map((hash) => Buffer.from(hash));
  const hash = random.pick(copy);
  hash[random.between(0, 31)]! ^= 1 << random.between(0, 7);
  return copy;
}

/** Whether the range proof from tiles is the naive one and leads to the root. */
function isRangeProven(start: number, end: number, size: number): boolean {
  const proof = prove(rangeSubtrees(start, end, size), size);
  const leaves = Array.from({ length: end - start }, (_, n) => naive.leaf(start + n));
  return isSame(proof, naive.range(start, end, 0, size)) && verifyRange(start, leaves, size, proof, naive.mth(0, size));
}

describe('against the naive tree, for every size from 0 to 300', () => {
  test('roots', () => {
    const state = new AppendState();
    for (let size = 0; size <= MAX_SIZE; size++) {
      expect(hex([state.root()])).toEqual(hex([naive.mth(0, size)]));
      if (size < MAX_SIZE) state.append(entries[size]!);
    }
  });

  test('inclusion proofs are those of the RFC and verify', () => {
    const wrong: string[] = [];
    for (let size = 1; size <= MAX_SIZE; size++) {
      const root = naive.mth(0, size);
      for (const index of positions(size)) {
        const proof = hashesFor(inclusionSubtrees(index, size), index, size);
        const isRight = isSame(proof, naive.path(index, 0, size));
        if (!isRight || !verifyInclusion(naive.leaf(index), index, size, proof, root))
          wrong.push(`${index} of ${size}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('consistency proofs are those of the RFC and verify', () => {
    const wrong: string[] = [];
    for (let size = 1; size <= MAX_SIZE; size++) {
      const root = naive.mth(0, size);
      for (const position of positions(size)) {
        const old = position + 1;
        const proof = hashesFor(consistencySubtrees(old, size), position, size);
        const isRight = isSame(proof, naive.proof(old, size));
        if (!isRight || !verifyConsistency(old, naive.mth(0, old), size, root, proof)) wrong.push(`${old} to ${size}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('range proofs: every range up to size 24, random ones of every size up to 300', () => {
    const random = new SeededRandom(1);
    const wrong: string[] = [];
    for (let size = 1; size <= MAX_SIZE; size++) {
      for (const [start, end] of size <= 24 ? allRanges(size) : tenRanges(size, random)) {
        if (!isRangeProven(start, end, size)) wrong.push(`${start} to ${end} of ${size}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

function allRanges(size: number): [number, number][] {
  return positions(size).flatMap((start) =>
    positions(size - start).map((more): [number, number] => [start, start + more + 1]),
  );
}

function tenRanges(size: number, random: SeededRandom): [number, number][] {
  return Array.from({ length: 10 }, () => {
    const start = random.between(0, size - 1);
    return [start, random.between(start + 1, size)];
  });
}

describe('proofs that must not verify', () => {
  const random = new SeededRandom(2);
  const cases = Array.from({ length: 400 }, () => {
    const size = random.between(2, MAX_SIZE);
    return { size, index: random.between(0, size - 1), root: naive.mth(0, size) };
  });

  test('inclusion: another leaf, place, size, root, a damaged, missing or added hash', () => {
    for (const { size, index, root } of cases) {
      const leaf = naive.leaf(index);
      const proof = naive.path(index, 0, size);
      const verifies = (...[at, of, hashes, to]: [number, number, Uint8Array[], Uint8Array]) =>
        verifyInclusion(leaf, at, of, hashes, to);
      expect(verifies(index, size, proof, root)).toBe(true);
      expect(verifyInclusion(sha256(leaf), index, size, proof, root)).toBe(false);
      for (const other of [index - 1, index + 1, index + 0.5, Number.NaN]) {
        expect(verifies(other, size, proof, root)).toBe(false);
      }
      for (const other of [index, 0, -1, 2 * size + 1, size + 0.5]) {
        expect(verifies(index, other, proof, root)).toBe(false);
      }
      expect(verifies(index, size, proof, sha256(root))).toBe(false);
      expect(verifies(index, size, damaged(proof, random), root)).toBe(false);
      expect(verifies(index, size, proof.slice(1), root)).toBe(false);
      expect(verifies(index, size, proof.slice(0, -1), root)).toBe(false);
      expect(verifies(index, size, [...proof, leaf], root)).toBe(false);
      expect(verifies(index, size, [], root)).toBe(false);
    }
  });

  test('consistency: another root on either side, size, a damaged, missing or added hash', () => {
    for (const { size, index, root } of cases) {
      const old = Math.max(1, index);
      const oldRoot = naive.mth(0, old);
      const proof = naive.proof(old, size);
      expect(verifyConsistency(old, oldRoot, size, root, proof)).toBe(true);
      expect(verifyConsistency(old, sha256(oldRoot), size, root, proof)).toBe(false);
      expect(verifyConsistency(old, oldRoot, size, sha256(root), proof)).toBe(false);
      expect(verifyConsistency(size, root, old, oldRoot, proof)).toBe(false);
      expect(verifyConsistency(old, oldRoot, size, root, [...proof, root])).toBe(false);
      expect(verifyConsistency(old, oldRoot, size, root, damaged(proof, random))).toBe(false);
      expect(verifyConsistency(old, oldRoot, size, root, proof.slice(1))).toBe(false);
      expect(verifyConsistency(old, oldRoot, size, root, proof.slice(0, -1))).toBe(false);
      expect(verifyConsistency(old, oldRoot, size, root, [])).toBe(false);
      for (const other of [-1, old + 0.5, Number.NaN]) {
        expect(verifyConsistency(other, oldRoot, size, root, proof)).toBe(false);
        expect(verifyConsistency(old, oldRoot, other, root, proof)).toBe(false);
      }
    }
  });

  test('consistency from nothing needs no proof and allows none', () => {
    const root = naive.mth(0, 5);
    expect(verifyConsistency(0, sha256(), 5, root, [])).toBe(true);
    expect(verifyConsistency(0, sha256(), 5, root, [root])).toBe(false);
    expect(verifyConsistency(5, root, 5, root, [])).toBe(true);
    expect(verifyConsistency(5, root, 5, root, [root])).toBe(false);
    expect(verifyConsistency(5, sha256(root), 5, root, [])).toBe(false);
  });

  test('range: leaves swapped, missing or added, a damaged or missing hash, another place', () => {
    for (const { size, index: start, root } of cases) {
      const end = random.between(start + 1, size);
      const proof = naive.range(start, end, 0, size);
      const leaves = Array.from({ length: end - start }, (_, n) => naive.leaf(start + n));
      expect(verifyRange(start, leaves, size, proof, root)).toBe(true);
      expect(verifyRange(start, damaged(leaves, random), size, proof, root)).toBe(false);
      expect(verifyRange(start, leaves.slice(1), size, proof, root)).toBe(false);
      expect(verifyRange(start, [...leaves, root], size, proof, root)).toBe(false);
      expect(verifyRange(start + 1, leaves, size, proof, root)).toBe(false);
      expect(verifyRange(start, leaves, size, proof, sha256(root))).toBe(false);
      expect(verifyRange(start, leaves, size, [...proof, root], root)).toBe(false);
      expect(verifyRange(start, leaves.toReversed(), size, proof, root)).toBe(leaves.length === 1);
      if (proof.length === 0) continue;
      expect(verifyRange(start, leaves, size, damaged(proof, random), root)).toBe(false);
      expect(verifyRange(start, leaves, size, proof.slice(1), root)).toBe(false);
    }
  });

  test('numbers that are no range give no fold', () => {
    expect(RangeFold.begin(2, 1, 3, [])).toBeNull();
    expect(RangeFold.begin(1, 1, 3, [])).toBeNull();
    expect(RangeFold.begin(-1, 1, 3, [])).toBeNull();
    expect(RangeFold.begin(0, 4, 3, [])).toBeNull();
    expect(RangeFold.begin(0, 1.5, 3, [])).toBeNull();
    expect(RangeFold.begin(0, 1, 0, [])).toBeNull();
    expect(RangeFold.begin(0, 0, 0, [])?.finish()).toEqual(sha256());
  });

  test('a fold that lacks leaves, or was given too many, has no root', () => {
    const fold = RangeFold.begin(1, 3, 3, naive.range(1, 3, 0, 3))!;
    expect(fold.finish()).toBeNull();
    fold.push(naive.leaf(1));
    fold.push(naive.leaf(2));
    expect(fold.position).toBe(3);
    expect(hex([fold.rootSoFar()])).toEqual(hex([naive.mth(0, 3)]));
    expect(fold.finish()).toEqual(naive.mth(0, 3));
    fold.push(naive.leaf(3));
    expect(fold.finish()).toBeNull();
  });
});

test('asking for a proof that cannot exist is an error', () => {
  for (const [index, size] of [
    [0, 0],
    [5, 5],
    [-1, 5],
    [Number.NaN, 5],
  ] as const) {
    expect(() => inclusionSubtrees(index, size)).toThrow(`A tree of size ${size} has no entry ${index}`);
  }
  for (const old of [-1, 6, Number.NaN]) {
    expect(() => consistencySubtrees(old, 5)).toThrow(`A tree of size 5 has no prefix of ${old}`);
  }
  expect(consistencySubtrees(0, 5)).toEqual([]);
  expect(consistencySubtrees(5, 5)).toEqual([]);
  expect(() => rangeSubtrees(3, 3, 5)).toThrow('A tree of size 5 has no range 3 to 3');
  expect(() => tilesOf([{ start: 0, end: 8 }], 5)).not.toThrow();
  expect(() => tilesOf([{ start: 512, end: 768 }], 5)).toThrow(RangeError);
});

test('a tile that is too short is an error, a longer version of it is not', () => {
  const subtrees = inclusionSubtrees(0, 5);
  const whole = Buffer.concat(Array.from({ length: 300 }, (_, n) => naive.leaf(n))).subarray(0, 8192);
  expect(hex(hashesOf(subtrees, 5, () => whole))).toEqual(hex(naive.path(0, 0, 5)));
  expect(() => hashesOf(subtrees, 5, () => whole.subarray(0, 4 * 32))).toThrow('Tile 0/0 is too short');
});
