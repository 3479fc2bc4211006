import { describe, expect, test } from 'vitest';
import { decodeEntries, encodeEntries, entryAt } from './entry-bundle';
import { binaryLevel, powerAtMost, powerBelow } from './powers';
import { bundlePath, edgeTileAt, levelCount, levelWidth, parseTilePath, tileAt, tilePath } from './tile';

describe('tiles (C2SP tlog-tiles, “Merkle Tree”)', () => {
  test('the example: index 1234067 is x001/x234/067', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(bundlePath(1_234_067, 8)).toBe('tile/entries/x001/x234/067.p/8');
    expect(tilePath({ level: 63, index: 0, width: 1 })).toBe('tile/63/000.p/1');
    expect(tilePath({ level: 1, index: 999, width: 256 })).toBe('tile/1/999');
    expect(tilePath({ level: 1, index: 1_000, width: 256 })).toBe('tile/1/x001/000');
  });

  test('the example: a tree of 70,000 entries', () => {
    const size = 70_000;
    expect(levelCount(size)).toBe(3);
    expect(tileAt(size, 0, 272)).toEqual({ level: 0, index: 272, width: 256 });
    expect(edgeTileAt(size, 0)).toEqual({ level: 0, index: 273, width: 112 });
    expect(tileAt(size, 0, 274)).toBeNull();
    expect(tileAt(size, 1, 0)).toEqual({ level: 1, index: 0, width: 256 });
    expect(edgeTileAt(size, 1)).toEqual({ level: 1, index: 1, width: 17 });
    expect(edgeTileAt(size, 2)).toEqual({ level: 2, index: 0, width: 1 });
    expect(tileAt(size, 3, 0)).toBeNull();
  });

  test('the example: a tree of 256 entries has a full tile and one of width 1 above it', () => {
    expect(levelCount(256)).toBe(2);
    expect(tileAt(256, 0, 0)).toEqual({ level: 0, index: 0, width: 256 });
    expect(edgeTileAt(256, 0)).toBeNull();
    expect(edgeTileAt(256, 1)).toEqual({ level: 1, index: 0, width: 1 });
  });

  test('level widths and counts at the borders', () => {
    expect([0, 1, 255, 256, 65_535, 65_536, Number.MAX_SAFE_INTEGER].map(levelCount)).toEqual([0, 1, 1, 2, 2, 3, 7]);
    expect(levelWidth(65_535, 1)).toBe(255);
    expect(levelWidth(Number.MAX_SAFE_INTEGER, 6)).toBe(31);
  });

  test('a path is read back exactly', () => {
    for (const level of ['entries', 0, 1, 9, 10, 63] as const) {
      for (const index of [0, 7, 999, 1_000, 1_234_067, 999_999_999]) {
        for (const width of [1, 9, 10, 100, 255, 256]) {
          const path = level === 'entries' ? bundlePath(index, width) : tilePath({ level, index, width });
          expect(parseTilePath(path)).toEqual({ level, index, width });
        }
      }
    }
  });

  test.each([
    '',
    'tile/0',
    'tile/0/0',
    'tile/0/00',
    'tile/0/0000',
    'tile/00/000',
    'tile/01/000',
    'tile/64/000',
    'tile/100/000',
    'tile/-1/000',
    'tile/data/000',
    'tile/0/001/000',
    'tile/0/x000/001',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000.p/1000',
    'tile/0/000.p/',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/../000',
    'tile/0/x999/x999/x999/x999/x999/999',
    'tile/0/000\n',
    'tile/entries/x000/000',
  ])('%j is no path of a tile', (path) => {
    expect(parseTilePath(path)).toBeNull();
  });
});

describe('entry bundles', () => {
  const entries = [Buffer.from('a'), Buffer.alloc(0), Buffer.alloc(65_535, 7), Buffer.from('bc')];

  test('entries stand behind their 16-bit big-endian lengths', () => {
    expect(
      Buffer.from(encodeEntries([Buffer.from('a'), Buffer.alloc(0), Buffer.alloc(258, 1)])).subarray(0, 8),
    ).toEqual(Buffer.from([0, 1, 0x61, 0, 0, 1, 2, 1]));
    expect(decodeEntries(encodeEntries(entries))).toEqual({ entries, whole: true });
    expect(decodeEntries(new Uint8Array(0))).toEqual({ entries: [], whole: true });
  });

  test('an entry of more than 65,535 bytes is refused', () => {
    expect(() => encodeEntries([Buffer.alloc(65_536)])).toThrow('at most 65535 bytes');
  });

  test('wherever a bundle is cut, the whole entries before the cut are found', () => {
    const bundle = encodeEntries([Buffer.from('ab'), Buffer.from('c'), Buffer.alloc(0)]);
    const counts = Array.from({ length: bundle.length + 1 }, (_, end) => decodeEntries(bundle.subarray(0, end)));
    expect(counts.map(({ entries }) => entries.length)).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2, 3]);
    expect(counts.map(({ whole }) => whole)).toEqual([
      true,
      false,
      false,
      false,
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
    expect(entryAt(bundle, 4)).toEqual(Buffer.from('c'));
    expect(entryAt(bundle, bundle.length)).toBeNull();
  });
});

test('powers of two are exact where floating point would round', () => {
  expect([1, 2, 3, 4, 2 ** 31, 2 ** 49 - 1, 2 ** 53 - 1].map(binaryLevel)).toEqual([0, 1, 1, 2, 31, 48, 52]);
  expect([1, 2, 3, 255, 256].map(powerAtMost)).toEqual([1, 2, 2, 128, 256]);
  expect([2, 3, 4, 5, 256, 257].map(powerBelow)).toEqual([1, 2, 2, 4, 128, 256]);
});
