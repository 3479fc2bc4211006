import { HASH_BYTES, hashOfHashes, nodeHash } from './hash';
import { binaryLevel } from './powers';
import { tileAt, TILE_WIDTH, type TileAddress } from './tile';

/** The leaves from `start` up to but not including `end`, standing for their Merkle tree hash. */
export interface Subtree {
  readonly start: number;
  readonly end: number;
}

/** Reads the hashes of a tile: `width` × 32 bytes, or a longer version of the same tile. */
export type TileReader = (tile: TileAddress) => Uint8Array;

/** A complete subtree of 2^level leaves, number `index` of its level. */
interface Node {
  readonly level: number;
  readonly index: number;
}

/** Tile levels are this many binary levels apart. */
const BINARY_LEVELS_PER_TILE = 8;

/** The tiles needed to compute the hashes of `subtrees` in a tree of `size` leaves, without repetition. */
export function tilesOf(subtrees: readonly Subtree[], size: number): TileAddress[] {
  const tiles = new Map<string, TileAddress>();
  for (const subtree of subtrees) {
    for (const node of completeNodes(subtree)) {
      const tile = tileOf(node, size);
      tiles.set(`${tile.level}/${tile.index}`, tile);
    }
  }
  return [...tiles.values()];
}

/**
 * The Merkle tree hashes of `subtrees`, computed from tiles that the caller has loaded (see `tilesOf`).
 *
 * @throws RangeError when a tile is shorter than its address says.
 */
export function hashesOf(subtrees: readonly Subtree[], size: number, readTile: TileReader): Uint8Array[] {
  return subtrees.map((subtree) =>
    completeNodes(subtree)
      .map((node) => hashOfNode(node, size, readTile))
      .reduceRight((tail, node) => nodeHash(node, tail)),
  );
}

/** Complete subtrees that make up a subtree of RFC 6962, from the left: one per set bit of its number of leaves. */
function completeNodes({ start, end }: Subtree): Node[] {
  const nodes: Node[] = [];
  let at = start;
  while (at < end) {
    const level = binaryLevel(end - at);
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

function tileOf({ level, index }: Node, size: number): TileAddress {
  const tileLevel = Math.floor(level / BINARY_LEVELS_PER_TILE);
  const firstHash = index * 2 ** (level % BINARY_LEVELS_PER_TILE);
  const tile = tileAt(size, tileLevel, Math.floor(firstHash / TILE_WIDTH));
  if (tile === null) throw new RangeError(`A tree of size ${size} has no tile for subtree ${index} of level ${level}`);
  return tile;
}

function hashOfNode(node: Node, size: number, readTile: TileReader): Uint8Array {
  const tile = tileOf(node, size);
  const hashes = readTile(tile);
  if (hashes.length < tile.width * HASH_BYTES) throw new RangeError(`Tile ${tile.level}/${tile.index} is too short`);
  const count = 2 ** (node.level % BINARY_LEVELS_PER_TILE);
  const first = (node.index * count) % TILE_WIDTH;
  return hashOfHashes(hashes.subarray(first * HASH_BYTES, (first + count) * HASH_BYTES));
}
