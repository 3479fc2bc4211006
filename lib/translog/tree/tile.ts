import { HASH_BYTES } from './hash';

/** Hashes in a full tile and entries in a full bundle. */
export const TILE_WIDTH = 256;

/** Highest tile level that C2SP tlog-tiles names. */
const MAX_LEVEL = 63;

/** Bytes of a full tile. */
export const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

/** Where a tile stands: hash i of it is the root of the complete subtree of 256^level leaves with number index × 256 + i. */
export interface TileAddress {
  /** 0 for leaf hashes, at most 6 for exact sizes. */
  readonly level: number;
  /** Number of the tile within its level, from 0. */
  readonly index: number;
  /** Hashes in it: 256 for a full tile, 1 to 255 for a partial one. */
  readonly width: number;
}

/** Number of hashes on a tile level of a tree with `size` leaves. */
export function levelWidth(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** Number of tile levels of a tree with `size` leaves: 0 for the empty tree, 2 from 256 leaves on. */
export function levelCount(size: number): number {
  let levels = 0;
  while (levelWidth(size, levels) > 0) levels += 1;
  return levels;
}

/** Address, with its width, of tile `index` on `level` in a tree with `size` leaves; null when the tree has no such tile. */
export function tileAt(size: number, level: number, index: number): TileAddress | null {
  const width = Math.min(TILE_WIDTH, levelWidth(size, level) - index * TILE_WIDTH);
  return width > 0 ? { level, index, width } : null;
}

/** The partial tile at the right end of `level`, or null when the level ends with a full tile. */
export function edgeTileAt(size: number, level: number): TileAddress | null {
  return tileAt(size, level, Math.floor(levelWidth(size, level) / TILE_WIDTH));
}

/** Path below the log's prefix: `tile/<L>/<N>[.p/<W>]` (C2SP tlog-tiles, “Merkle Tree”). */
export function tilePath({ level, index, width }: TileAddress): string {
  return `tile/${level}/${numberedPath(index, width)}`;
}

/** Path below the log's prefix of the bundle with the entries of level-0 tile `index`: `tile/entries/<N>[.p/<W>]`. */
export function bundlePath(index: number, width: number): string {
  return `tile/entries/${numberedPath(index, width)}`;
}

/** What a resource path of the log asks for. */
export interface TileRequest {
  /** A tile level from 0 to 63, or the entry bundles beside level 0. */
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}

/**
 * Reads a tile or bundle path; null when it is not exactly what `tilePath` or `bundlePath` writes, so that every
 * resource has one name only.
 */
export function parseTilePath(path: string): TileRequest | null {
  const match = /^tile\/(0|[1-9]\d?|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (!match) return null;
  const [, kind = '', digits = '', partial] = match;
  const level = kind === 'entries' ? kind : Number(kind);
  const index = Number(digits.replaceAll(/[x/]/g, ''));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  if (level !== 'entries' && level > MAX_LEVEL) return null;
  if (!Number.isSafeInteger(index) || (partial !== undefined && width >= TILE_WIDTH)) return null;
  const written = level === 'entries' ? bundlePath(index, width) : tilePath({ level, index, width });
  return written === path ? { level, index, width } : null;
}

/** `<N>[.p/<W>]`: three digits per path element, all but the last with a leading x. */
function numberedPath(index: number, width: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return width === TILE_WIDTH ? path : `${path}.p/${width}`;
}
