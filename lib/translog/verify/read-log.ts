import { AppendState } from '../tree/append-state';
import { levelCount, edgeTileAt, TILE_WIDTH, tileAt } from '../tree/tile';
import { type BundleRead, readBundle, readTile } from './read-resource';
import { type Damage, TileComparison } from './tile-comparison';
import { loadAhead, type TileSource } from './tile-source';
import type { OnProgress } from './verdict';

/** A whole log as its entries give it. */
export interface ComputedLog {
  /** Entries that could be read in a row from the first. */
  readonly size: number;
  readonly root: Uint8Array;
  /** Root at the size that was asked for; null when it was not reached. */
  readonly rootAtStop: Uint8Array | null;
  /** All hashes of a level from 1 up that the entries give. Level 0 would be too large to keep. */
  readonly level: (level: number) => Uint8Array;
  /** The one with the lowest position. */
  readonly firstDamage: Damage | null;
}

const PROGRESS_STEP = 65_536;

/**
 * Reads every entry of a log, computes every tile from them and compares it with the stored one.
 *
 * @param size number of entries according to the checkpoint.
 * @param stop a size from 1 up at which to note the root on the way, or null.
 */
export async function readLog(
  source: TileSource,
  size: number,
  stop: number | null,
  onProgress?: OnProgress,
): Promise<ComputedLog> {
  const state = new AppendState();
  const comparison = new TileComparison();
  let rootAtStop: Uint8Array | null = null;
  const bundles = loadAhead(bundleNumbers(size), source.parallel, async (index) => {
    const tile = tileAt(size, 0, index)!;
    const [bundle, stored] = await Promise.all([readBundle(source, tile), readTile(source, tile)]);
    return { tile, bundle, stored };
  });
  for await (const { tile, bundle, stored } of bundles) {
    for (const entry of bundle.entries) {
      state.append(entry);
      if (state.size === stop) rootAtStop = state.root();
    }
    if (bundle.entries.length < tile.width) break;
    noteRest(comparison, bundle, state.size);
    if (tile.width < TILE_WIDTH) comparison.compare(tile, state.edgeOf(0), stored);
    for (const { level, index, hashes } of state.takeFullTiles()) {
      const address = { level, index, width: TILE_WIDTH };
      comparison.compare(address, hashes, level === 0 ? stored : await readTile(source, address));
    }
    if (state.size % PROGRESS_STEP === 0) onProgress?.(state.size, size);
  }
  if (state.size === size) await compareEdge(source, comparison, state);
  return {
    size: state.size,
    root: state.root(),
    rootAtStop,
    level: (level) => Buffer.concat([comparison.fullTilesOf(level), state.edgeOf(level)]),
    firstDamage: comparison.firstDamage,
  };
}

function* bundleNumbers(size: number): Generator<number> {
  for (let index = 0; index * TILE_WIDTH < size; index++) yield index;
}

/** Something after the last entry of a bundle is no entry of the log, but it does not belong there. */
function noteRest(comparison: TileComparison, { path, isExact }: BundleRead, position: number): void {
  if (!isExact) comparison.noteDamage(path, position);
}

/** The partial tiles above level 0. */
async function compareEdge(source: TileSource, comparison: TileComparison, state: AppendState): Promise<void> {
  for (let level = 1; level < levelCount(state.size); level++) {
    const tile = edgeTileAt(state.size, level);
    if (tile !== null) comparison.compare(tile, state.edgeOf(level), await readTile(source, tile));
  }
}
