import { emptyRoot, HASH_BYTES, hashEquals, hashOfHashes, writeLeafHash, writeNodeHash } from './hash';
import { levelCount, levelWidth, TILE_BYTES, TILE_WIDTH } from './tile';

/** A tile that will never change again. */
export interface FullTile {
  readonly level: number;
  readonly index: number;
  /** 8,192 bytes: 256 hashes side by side. */
  readonly hashes: Uint8Array;
}

/** What has to be stored to go on appending: the size and the partial tile of each level, lowest first. */
export interface AppendSnapshot {
  readonly size: number;
  /** One element per level of the tree; empty where the level ends with a full tile. At most 8,160 bytes each. */
  readonly edge: readonly Uint8Array[];
}

/**
 * The growing end of a log: appends leaves in order, hands out each tile when it is full and knows the root of every
 * size it passes. Memory is one partial tile per level (under 25 KiB up to 16 million leaves), whatever the size.
 *
 * @see RFC 6962 §2.1 and C2SP tlog-tiles, “Merkle Tree”
 */
export class AppendState {
  #size = 0;
  readonly #edge: Buffer[] = [];
  #fullTiles: FullTile[] = [];
  readonly #leaf = Buffer.alloc(HASH_BYTES);

  /**
   * Continues from a stored snapshot.
   *
   * @param root the root stored beside it.
   * @throws RangeError when the edge does not have the widths that `size` asks for or does not hash to `root`: the
   * stored state is damaged and nothing may be appended to it.
   */
  static restore({ size, edge }: AppendSnapshot, root: Uint8Array): AppendState {
    const state = new AppendState();
    if (edge.length !== levelCount(size)) throw new RangeError(`A tree of size ${size} has ${levelCount(size)} levels`);
    edge.forEach((hashes, level) => {
      const width = levelWidth(size, level) % TILE_WIDTH;
      if (hashes.length !== width * HASH_BYTES) throw new RangeError(`The edge of level ${level} has ${width} hashes`);
      const tile = Buffer.alloc(TILE_BYTES);
      tile.set(hashes);
      state.#edge.push(tile);
    });
    state.#size = size;
    if (!hashEquals(state.root(), root)) throw new RangeError('The stored edge does not hash to the stored root');
    return state;
  }

  /** Number of leaves so far. */
  get size(): number {
    return this.#size;
  }

  /** Appends an entry of at most 65,535 bytes. @throws RangeError when it is longer. */
  append(entry: Uint8Array): void {
    writeLeafHash(entry, this.#leaf, 0);
    this.appendHash(this.#leaf);
  }

  /** Appends a leaf by its hash, 32 bytes at `source[at …]`. */
  appendHash(source: Uint8Array, at = 0): void {
    this.#put(0, this.#size, source, at);
    this.#size += 1;
  }

  /** Hands over the tiles that have become full since the last call, each level in order. */
  takeFullTiles(): FullTile[] {
    const tiles = this.#fullTiles;
    this.#fullTiles = [];
    return tiles;
  }

  /** A copy of what must be stored to go on later. */
  snapshot(): AppendSnapshot {
    return { size: this.#size, edge: this.#edge.map((_, level) => Buffer.from(this.edgeOf(level))) };
  }

  /** The hashes of the partial tile of `level`, as a view that the next append may change; empty where there is none. */
  edgeOf(level: number): Uint8Array {
    const width = levelWidth(this.#size, level) % TILE_WIDTH;
    return this.#edge[level]?.subarray(0, width * HASH_BYTES) ?? new Uint8Array(0);
  }

  /** Root of the tree with the leaves so far. */
  root(): Uint8Array {
    return rootOfEdge(this.#edge.map((_, level) => this.edgeOf(level)));
  }

  /** Writes hash number `position` of `level`; the 256th of a tile completes it and puts its root one level up. */
  #put(level: number, position: number, source: Uint8Array, at: number): void {
    const tile = (this.#edge[level] ??= Buffer.alloc(TILE_BYTES));
    const slot = position % TILE_WIDTH;
    for (let i = 0; i < HASH_BYTES; i++) tile[slot * HASH_BYTES + i] = source[at + i]!;
    if (slot < TILE_WIDTH - 1) return;
    const index = (position - slot) / TILE_WIDTH;
    this.#fullTiles.push({ level, index, hashes: Buffer.from(tile) });
    this.#put(level + 1, index, hashOfHashes(tile), 0);
  }
}

/**
 * Root of the tree whose partial tiles, lowest level first, are given.
 *
 * @param edge a multiple of 32 bytes per level, at most 255 hashes each; all empty gives the empty root.
 */
export function rootOfEdge(edge: readonly Uint8Array[]): Uint8Array {
  let root: Buffer | null = null;
  for (const hashes of edge) {
    let end = hashes.length / HASH_BYTES;
    // From the right: each set bit of the width is one complete subtree within the tile.
    for (let leaves = 1; end > 0; leaves *= 2) {
      if (Math.floor(end / leaves) % 2 === 0) continue;
      const subtree = hashOfHashes(hashes.subarray((end - leaves) * HASH_BYTES, end * HASH_BYTES));
      if (root === null) root = Buffer.from(subtree);
      else writeNodeHash(subtree, 0, root, 0, root, 0);
      end -= leaves;
    }
  }
  return root ?? emptyRoot();
}
