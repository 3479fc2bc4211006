import type { Checkpoint } from '../note/checkpoint';
import { firstDifference, HASH_BYTES, leafHash } from '../tree/hash';
import { TILE_WIDTH, type TileAddress } from '../tree/tile';
import { readProvenEdge, readProvenTile } from './proven-tiles';
import type { ComputedLog } from './read-log';
import { readBundle } from './read-resource';
import type { TileSource } from './tile-source';

/** Where a log first differs from what was signed. */
export interface FirstBad {
  /** Every entry before it is proven to be as logged. */
  readonly position: number;
  readonly message: string;
}

/**
 * Finds the first bad entry of a log whose entries do not give the signed root, walking down the stored tiles.
 *
 * A stored tile counts only if it leads to the signed root: the partial tiles at the right end together give the root, and
 * a full tile must hash to its place in a tile that counts. Where a stored tile does not, everything under it is open.
 */
export async function findFirstBad(source: TileSource, checkpoint: Checkpoint, log: ComputedLog): Promise<FirstBad> {
  const edge = await readProvenEdge(source, checkpoint);
  if (edge === null) {
    return { position: 0, message: 'Neither the entries nor the tiles give the root that was signed.' };
  }
  // The highest level covers the first entries.
  for (const { tile, hashes } of edge.toReversed()) {
    if (tile === null) continue;
    const bad = await firstBadUnder(source, tile, hashes, log);
    if (bad !== null) return bad;
  }
  return { position: log.size, message: `Entry ${log.size} is missing.` };
}

/** Looks below a stored tile that counts; null when the entries agree with all of it. */
async function firstBadUnder(
  source: TileSource,
  tile: TileAddress,
  hashes: Uint8Array,
  log: ComputedLog,
): Promise<FirstBad | null> {
  const { level, index, width } = tile;
  const computed = level === 0 ? await leavesOf(source, tile) : hashesOf(log.level(level), tile);
  const common = Math.min(width, computed.length / HASH_BYTES);
  const different = firstDifference(computed, hashes, common) ?? (common < width ? common : null);
  if (different === null) return null;
  const child = index * TILE_WIDTH + different;
  const position = child * TILE_WIDTH ** level;
  if (level === 0) return { position, message: `Entry ${position} is missing or is not the one that was logged.` };
  const below = { level: level - 1, index: child, width: TILE_WIDTH };
  const trusted = hashes.subarray(different * HASH_BYTES, (different + 1) * HASH_BYTES);
  const stored = await readProvenTile(source, below.level, below.index, trusted);
  if (stored !== null) return firstBadUnder(source, below, stored, log);
  return {
    position,
    message: `An entry from ${position} on is not the one that was logged; the tile naming it is bad too.`,
  };
}

function hashesOf(level: Uint8Array, { index, width }: TileAddress): Uint8Array {
  return level.subarray(index * TILE_WIDTH * HASH_BYTES, (index * TILE_WIDTH + width) * HASH_BYTES);
}

async function leavesOf(source: TileSource, tile: TileAddress): Promise<Uint8Array> {
  const { entries } = await readBundle(source, tile);
  return Buffer.concat(entries.map(leafHash));
}
