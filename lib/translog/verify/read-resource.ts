import { decodeEntries } from '../tree/entry-bundle';
import { HASH_BYTES } from '../tree/hash';
import { bundlePath, TILE_BYTES, TILE_WIDTH, type TileAddress, tilePath } from '../tree/tile';
import { MAX_BUNDLE_BYTES, type TileSource } from './tile-source';

/** The entries beside a level-0 tile. */
export interface BundleRead {
  readonly path: string;
  /** Fewer than the tile is wide when the bundle is missing or damaged. */
  readonly entries: readonly Uint8Array[];
  /** Whether the bundle holds as many entries as its path says and nothing else. */
  readonly isExact: boolean;
}

/** A tile of exactly its width; null when it is missing or has another length. */
export async function readTile(source: TileSource, tile: TileAddress): Promise<Uint8Array | null> {
  const bytes = tile.width * HASH_BYTES;
  const stored = await source.read(tilePath(tile), bytes);
  if (stored !== null) return stored.length === bytes ? stored : null;
  if (tile.width === TILE_WIDTH) return null;
  // A partial tile may have been removed once the full one is there (C2SP tlog-tiles, “Partial Tiles”).
  const full = await source.read(tilePath({ ...tile, width: TILE_WIDTH }), TILE_BYTES);
  return full?.length === TILE_BYTES ? full.subarray(0, bytes) : null;
}

/** The entries of the bundle beside a level-0 tile, or of the full bundle that has replaced it. */
export async function readBundle(source: TileSource, { index, width }: TileAddress): Promise<BundleRead> {
  const partial = await readWidth(source, index, width);
  const read = partial ?? (width < TILE_WIDTH ? await readWidth(source, index, TILE_WIDTH) : null);
  if (read === null) return { path: bundlePath(index, width), entries: [], isExact: false };
  return { ...read, entries: read.entries.slice(0, width) };
}

async function readWidth(source: TileSource, index: number, width: number): Promise<BundleRead | null> {
  const path = bundlePath(index, width);
  const bytes = await source.read(path, MAX_BUNDLE_BYTES);
  if (bytes === null) return null;
  const { entries, whole } = decodeEntries(bytes);
  return { path, entries, isExact: whole && entries.length === width };
}
