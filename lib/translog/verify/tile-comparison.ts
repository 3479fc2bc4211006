import { firstDifference } from '../tree/hash';
import { TILE_WIDTH, type TileAddress, tilePath } from '../tree/tile';

/** A stored resource that is not what the entries give. */
export interface Damage {
  readonly path: string;
  /** First position that it concerns. */
  readonly position: number;
}

/** Compares computed tiles with stored ones, and keeps the computed full tiles of level 1 and up. */
export class TileComparison {
  readonly #fullTiles: Uint8Array[][] = [];
  #firstDamage: Damage | null = null;

  get firstDamage(): Damage | null {
    return this.#firstDamage;
  }

  /** The hashes of the full tiles of `level`, side by side. */
  fullTilesOf(level: number): Uint8Array {
    return Buffer.concat(this.#fullTiles[level] ?? []);
  }

  /** @param stored null when the tile is missing or has the wrong length. */
  compare(tile: TileAddress, computed: Uint8Array, stored: Uint8Array | null): void {
    const { level, index, width } = tile;
    if (level > 0 && width === TILE_WIDTH) (this.#fullTiles[level] ??= []).push(computed);
    const hash = stored === null ? 0 : firstDifference(computed, stored, width);
    if (hash !== null) this.noteDamage(tilePath(tile), (index * TILE_WIDTH + hash) * TILE_WIDTH ** level);
  }

  noteDamage(path: string, position: number): void {
    if (this.#firstDamage === null || position < this.#firstDamage.position) this.#firstDamage = { path, position };
  }
}
