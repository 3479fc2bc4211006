/** A log served or stored as C2SP tlog-tiles: a folder or an HTTP address. */
export interface TileSource {
  /**
   * The resource below the log's prefix; null when there is none.
   *
   * @param maxBytes a good one is no larger; the source may refuse to read more, and then gives null.
   */
  readonly read: (path: string, maxBytes: number) => Promise<Uint8Array | null>;
  /** How many resources may be asked for at the same time. */
  readonly parallel: number;
}

/** Largest entry bundle: 256 entries with their lengths. */
export const MAX_BUNDLE_BYTES = 256 * (2 + 65_535);

/** Name of the resource with the log's verifier keys, one a line. Ours: the specification leaves it open. */
export const KEYS_PATH = 'log.vkey';

/**
 * Runs `load` for each item, a few ahead of the one in use, and yields the results in order.
 *
 * @param ahead how many may be loading at once, 1 or more.
 */
export async function* loadAhead<Item, Loaded>(
  items: Iterable<Item>,
  ahead: number,
  load: (item: Item) => Promise<Loaded>,
): AsyncGenerator<Loaded> {
  const loading: Promise<Loaded>[] = [];
  for (const item of items) {
    const promise = load(item);
    // A failure reaches the reader when its turn comes, or nobody when the reader stops before.
    promise.catch(() => undefined);
    loading.push(promise);
    if (loading.length >= ahead) yield await loading.shift()!;
  }
  while (loading.length > 0) yield await loading.shift()!;
}
