import { MAX_ENTRY_BYTES } from './hash';

/** Bytes of the big-endian length in front of each entry. */
export const LENGTH_BYTES = 2;

/**
 * Frames entries as C2SP tlog-tiles does: each behind its length as big-endian uint16.
 *
 * @throws RangeError when an entry is longer than 65,535 bytes.
 */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  const total = entries.reduce((sum, entry) => sum + LENGTH_BYTES + entry.length, 0);
  const bundle = Buffer.alloc(total);
  let at = 0;
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) throw new RangeError(`A log entry has at most ${MAX_ENTRY_BYTES} bytes`);
    at = bundle.writeUInt16BE(entry.length, at);
    bundle.set(entry, at);
    at += entry.length;
  }
  return bundle;
}

/** The entry that starts at `bytes[at]`, as a view; null when the bytes end before the entry does. */
export function entryAt(bytes: Uint8Array, at: number): Uint8Array | null {
  if (at + LENGTH_BYTES > bytes.length) return null;
  const start = at + LENGTH_BYTES;
  const end = start + (bytes[at]! * 256 + bytes[at + 1]!);
  return end <= bytes.length ? bytes.subarray(start, end) : null;
}

/**
 * Splits a bundle into its entries, as views. `whole` is false when the bytes end in the middle of an entry;
 * the entries before that are still returned.
 */
export function decodeEntries(bundle: Uint8Array): { entries: Uint8Array[]; whole: boolean } {
  const entries: Uint8Array[] = [];
  let at = 0;
  for (let entry = entryAt(bundle, at); entry !== null; entry = entryAt(bundle, at)) {
    entries.push(entry);
    at += LENGTH_BYTES + entry.length;
  }
  return { entries, whole: at === bundle.length };
}
