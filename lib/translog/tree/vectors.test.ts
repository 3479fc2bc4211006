import { describe, expect, test } from 'vitest';
import { AppendState } from './append-state';
import { consistencySubtrees, verifyConsistency } from './consistency';
import { Frontier } from './frontier';
import { emptyRoot, hashEquals, hashOfHashes, leafHash, MAX_ENTRY_BYTES, nodeHash } from './hash';
import { inclusionSubtrees, verifyInclusion } from './inclusion';
import type { Subtree } from './subtree';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => Buffer.from(text, 'hex');

/** Inputs and roots that the Certificate Transparency implementations of RFC 6962 have in common. */
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('hashes (RFC 6962 §2.1)', () => {
  test('the empty tree is SHA-256 of nothing', () => {
    expect(hex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(hashOfHashes(new Uint8Array(0)))).toBe(hex(emptyRoot()));
    expect(hex(new Frontier().root())).toBe(hex(emptyRoot()));
    expect(hex(new AppendState().root())).toBe(hex(emptyRoot()));
  });

  test.each(ROOTS.map((root, i) => ({ size: i + 1, root })))('the published root of size $size', ({ size, root }) => {
    const state = new AppendState();
    const frontier = new Frontier();
    for (const entry of ENTRIES.slice(0, size)) {
      state.append(bytes(entry));
      frontier.push(leafHash(bytes(entry)));
    }
    const leaves = ENTRIES.slice(0, size).map((entry) => leafHash(bytes(entry)));
    expect(hex(state.root())).toBe(root);
    expect(hex(frontier.root())).toBe(root);
    expect(hex(hashOfHashes(Buffer.concat(leaves)))).toBe(root);
  });

  test('an entry may have 65,535 bytes and not one more', () => {
    expect(leafHash(new Uint8Array(MAX_ENTRY_BYTES))).toHaveLength(32);
    expect(() => leafHash(new Uint8Array(MAX_ENTRY_BYTES + 1))).toThrow(RangeError);
    expect(() => new AppendState().append(new Uint8Array(MAX_ENTRY_BYTES + 1))).toThrow('65535 bytes');
  });

  test('a list that is no whole number of hashes is refused', () => {
    expect(() => hashOfHashes(new Uint8Array(33))).toThrow(RangeError);
  });

  test('hashes are equal only when all 32 bytes are', () => {
    const hash = leafHash(bytes('00'));
    expect(hashEquals(hash, Buffer.from(hash))).toBe(true);
    for (const at of [0, 15, 31]) {
      const other = Buffer.from(hash);
      other[at]! ^= 1;
      expect(hashEquals(hash, other)).toBe(false);
    }
    expect(hashEquals(hash.subarray(1), hash.subarray(1))).toBe(false);
    expect(hashEquals(hash, Buffer.concat([hash, hash]))).toBe(false);
    expect(hashEquals(Buffer.concat([hash, hash]), hash)).toBe(false);
  });
});

/** The seven-leaf tree drawn in RFC 6962 §2.1.3, with its letters. */
const d = ENTRIES.slice(0, 7).map((entry) => leafHash(bytes(entry)));
const [a, b, c, dd, e, f, j] = d as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const g = nodeHash(a, b);
const hh = nodeHash(c, dd);
const i = nodeHash(e, f);
const k = nodeHash(g, hh);
const l = nodeHash(i, j);
const root = nodeHash(k, l);
const named: Record<string, Subtree> = {
  a: { start: 0, end: 1 },
  b: { start: 1, end: 2 },
  c: { start: 2, end: 3 },
  d: { start: 3, end: 4 },
  g: { start: 0, end: 2 },
  h: { start: 2, end: 4 },
  i: { start: 4, end: 6 },
  j: { start: 6, end: 7 },
  k: { start: 0, end: 4 },
  l: { start: 4, end: 7 },
  f: { start: 5, end: 6 },
};
const subtrees = (letters: string) => letters.split('').map((letter) => named[letter]!);

describe('the example of RFC 6962 §2.1.3', () => {
  test.each([
    { entry: 0, path: 'bhl', hashes: [b, hh, l] },
    { entry: 3, path: 'cgl', hashes: [c, g, l] },
    { entry: 4, path: 'fjk', hashes: [f, j, k] },
    { entry: 6, path: 'ik', hashes: [i, k] },
  ])('the audit path of d$entry is [$path]', ({ entry, path, hashes }) => {
    expect(inclusionSubtrees(entry, 7)).toEqual(subtrees(path));
    expect(verifyInclusion(d[entry]!, entry, 7, hashes, root)).toBe(true);
  });

  test.each([
    { old: 3, oldRoot: nodeHash(g, c), path: 'cdgl', hashes: [c, dd, g, l] },
    { old: 4, oldRoot: k, path: 'l', hashes: [l] },
    { old: 6, oldRoot: nodeHash(k, i), path: 'ijk', hashes: [i, j, k] },
  ])('the consistency proof from $old leaves is [$path]', ({ old, oldRoot, path, hashes }) => {
    expect(consistencySubtrees(old, 7)).toEqual(subtrees(path));
    expect(verifyConsistency(old, oldRoot, 7, root, hashes)).toBe(true);
  });
});
