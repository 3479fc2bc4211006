import type { Checkpoint } from '../note/checkpoint';
import { rootOfEdge } from '../tree/append-state';
import { HASH_BYTES, hashEquals, hashOfHashes } from '../tree/hash';
import { edgeTileAt, levelCount, levelWidth, TILE_WIDTH, type TileAddress } from '../tree/tile';
import { readTile } from './read-resource';
import type { TileSource } from './tile-source';

/** The right end of a level: its partial tile; no tile and no hashes where the level ends with a full one. */
export interface EdgeTile {
  readonly tile: TileAddress | null;
  readonly hashes: Uint8Array;
}

/** The stored partial tile of each level, lowest first; null when together they do not give the signed root. */
export async function readProvenEdge(source: TileSource, { size, root }: Checkpoint): Promise<EdgeTile[] | null> {
  const tiles = Array.from({ length: levelCount(size) }, (_, level) => edgeTileAt(size, level));
  const edge = await Promise.all(
    tiles.map(async (tile) => ({ tile, hashes: (tile && (await readTile(source, tile))) ?? new Uint8Array(0) })),
  );
  return hashEquals(rootOfEdge(edge.map(({ hashes }) => hashes)), root) ? edge : null;
}

/** A full tile, if what is stored hashes to `trusted`; null when it is missing or does not. */
export async function readProvenTile(
  source: TileSource,
  level: number,
  index: number,
  trusted: Uint8Array,
): Promise<Uint8Array | null> {
  const hashes = await readTile(source, { level, index, width: TILE_WIDTH });
  return hashes !== null && hashEquals(hashOfHashes(hashes), trusted) ? hashes : null;
}

/**
 * The root that the signed log had when it was smaller, from stored tiles that lead to the signed root and not from
 * entries.
 *
 * @param size 1 to the size of the checkpoint.
 * @returns null when a tile on the way is missing or does not count.
 */
export async function provenRootAt(
  source: TileSource,
  checkpoint: Checkpoint,
  size: number,
): Promise<Uint8Array | null> {
  if (size === checkpoint.size) return checkpoint.root;
  const edge = await readProvenEdge(source, checkpoint);
  if (edge === null) return null;
  const earlier: Uint8Array[] = [];
  let next: Uint8Array = new Uint8Array(0);
  // From the top: where the smaller tree ended in a tile, the next hash of that tile is the root of the tile below in
  // which it ended there. No next hash: below lies the end of the signed tree itself.
  for (const [level, { hashes: last }] of [...edge.entries()].toReversed()) {
    const index = Math.floor(levelWidth(size, level) / TILE_WIDTH);
    const hashes = next.length === 0 ? last : await readProvenTile(source, level, index, next);
    if (hashes === null) return null;
    const end = (levelWidth(size, level) % TILE_WIDTH) * HASH_BYTES;
    earlier.push(hashes.subarray(0, end));
    next = hashes.subarray(end, end + HASH_BYTES);
  }
  return rootOfEdge(earlier.toReversed());
}
