import { expect, test } from 'vitest';
import { HASH_BYTES } from '../tree/hash';
import { TILE_BYTES, TILE_WIDTH } from '../tree/tile';
import { TileComparison } from './tile-comparison';

const tile = (fill: number, width = TILE_WIDTH) => Buffer.alloc(width * HASH_BYTES, fill);

function changedAt(hash: number, of: Buffer): Buffer {
  const copy = Buffer.from(of);
  copy[hash * HASH_BYTES + HASH_BYTES - 1]! ^= 0x80;
  return copy;
}

test('no damage where every stored tile is the computed one', () => {
  const comparison = new TileComparison();
  for (const level of [0, 1, 2]) {
    comparison.compare({ level, index: 0, width: TILE_WIDTH }, tile(level), tile(level));
    comparison.compare({ level, index: 1, width: 3 }, tile(9, 3), tile(9, 3));
  }
  expect(comparison.firstDamage).toBeNull();
});

// Hash h of tile i on level l stands over the leaves from (256 i + h) × 256^l on.
test.each([
  { level: 0, index: 0, hash: 0, position: 0 },
  { level: 0, index: 3, hash: 255, position: 1_023 },
  { level: 1, index: 0, hash: 2, position: 512 },
  { level: 1, index: 2, hash: 1, position: (512 + 1) * 256 },
  { level: 2, index: 1, hash: 4, position: (256 + 4) * 65_536 },
])('a hash changed in tile $index of level $level concerns entry $position first', ({ position, hash, ...at }) => {
  const comparison = new TileComparison();
  comparison.compare({ ...at, width: TILE_WIDTH }, tile(1), changedAt(hash, tile(1)));
  expect(comparison.firstDamage).toEqual({ path: `tile/${at.level}/00${at.index}`, position });
});

test('a missing tile concerns everything under it', () => {
  const comparison = new TileComparison();
  comparison.compare({ level: 1, index: 2, width: 7 }, tile(1, 7), null);
  expect(comparison.firstDamage).toEqual({ path: 'tile/1/002.p/7', position: 512 * 256 });
});

test('the lowest damage is kept, and the first found of two at the same position', () => {
  const comparison = new TileComparison();
  comparison.noteDamage('b', 20);
  comparison.noteDamage('c', 30);
  comparison.noteDamage('a', 10);
  comparison.noteDamage('a too', 10);
  expect(comparison.firstDamage).toEqual({ path: 'a', position: 10 });
});

test('full tiles above level 0 are kept side by side; leaf tiles are too many, partial ones still grow', () => {
  const comparison = new TileComparison();
  comparison.compare({ level: 0, index: 0, width: TILE_WIDTH }, tile(1), null);
  comparison.compare({ level: 1, index: 0, width: TILE_WIDTH }, tile(2), null);
  comparison.compare({ level: 1, index: 1, width: TILE_WIDTH }, tile(3), null);
  comparison.compare({ level: 1, index: 2, width: 5 }, tile(4, 5), null);
  expect(comparison.fullTilesOf(0)).toHaveLength(0);
  expect(comparison.fullTilesOf(2)).toHaveLength(0);
  expect(comparison.fullTilesOf(1)).toEqual(Buffer.concat([tile(2), tile(3)]));
  expect(comparison.fullTilesOf(1)).toHaveLength(2 * TILE_BYTES);
});
