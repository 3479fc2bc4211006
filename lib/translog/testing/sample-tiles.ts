import { formatVerifierKey } from '../note/verifier-key';
import { AppendState } from '../tree/append-state';
import { encodeEntries } from '../tree/entry-bundle';
import { bundlePath, edgeTileAt, levelCount, TILE_WIDTH, tilePath } from '../tree/tile';
import { KEYS_PATH, type TileSource } from '../verify/tile-source';
import { logSigner, type SampleLog, sampleNote, witnessSigner } from './sample-log';

/** The resources of a log of `size` entries, by their paths. */
export function sampleTiles(log: SampleLog, size = log.entries.length): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  files.set('checkpoint', sampleNote(log, size));
  files.set(
    KEYS_PATH,
    Buffer.from([logSigner, witnessSigner].map(({ key }) => `${formatVerifierKey(key)}\n`).join('')),
  );
  const state = new AppendState();
  for (const entry of log.entries.slice(0, size)) state.append(entry);
  for (const { level, index, hashes } of state.takeFullTiles()) {
    files.set(tilePath({ level, index, width: TILE_WIDTH }), Buffer.from(hashes));
  }
  for (let level = 0; level < levelCount(size); level++) {
    const tile = edgeTileAt(size, level);
    if (tile !== null) files.set(tilePath(tile), Buffer.from(state.edgeOf(level)));
  }
  for (let start = 0; start < size; start += TILE_WIDTH) {
    const entries = log.entries.slice(start, Math.min(size, start + TILE_WIDTH));
    files.set(bundlePath(start / TILE_WIDTH, entries.length), Buffer.from(encodeEntries(entries)));
  }
  return files;
}

/** A source that gives what is in the map, and refuses what is too large as a real one does. */
export function mapSource(files: ReadonlyMap<string, Uint8Array>, parallel = 1): TileSource {
  return {
    parallel,
    read: (path, maxBytes) => {
      const bytes = files.get(path) ?? null;
      return Promise.resolve(bytes !== null && bytes.length <= maxBytes ? bytes : null);
    },
  };
}
