import { createHash } from 'node:crypto';

/**
 * The definitions of RFC 6962 §2.1, word for word and without any cleverness: the second implementation that the
 * tests compare with. It shares no code with the first.
 */
export class NaiveTree {
  readonly #leaves: readonly Buffer[];
  /** MTH(D[start:end]) that has been computed; otherwise large trees would take hours. */
  readonly #known = new Map<string, Buffer>();
  /** Small subtrees of a large tree are computed again, since to keep them all would take a gigabyte. */
  readonly #leastKept: number;

  /** @param leaves the leaf hashes, so that large trees need no entries. */
  constructor(leaves: readonly Uint8Array[]) {
    this.#leaves = leaves.map((leaf) => Buffer.from(leaf));
    this.#leastKept = leaves.length > 10_000 ? 16 : 2;
  }

  static ofEntries(entries: readonly Uint8Array[]): NaiveTree {
    return new NaiveTree(entries.map((entry) => sha256(Buffer.of(0), entry)));
  }

  leaf(index: number): Buffer {
    return this.#leaves[index]!;
  }

  /** MTH(D[start:end]) */
  mth(start: number, end: number): Buffer {
    const n = end - start;
    if (n === 0) return sha256();
    if (n === 1) return this.#leaves[start]!;
    const key = `${start}:${end}`;
    const known = this.#known.get(key);
    if (known) return known;
    const k = largestPowerOfTwoSmallerThan(n);
    const hash = sha256(Buffer.of(1), this.mth(start, start + k), this.mth(start + k, end));
    if (n >= this.#leastKept) this.#known.set(key, hash);
    return hash;
  }

  /** PATH(m, D[start:end]), m counted from start. */
  path(m: number, start: number, end: number): Buffer[] {
    const n = end - start;
    if (n === 1) return [];
    const k = largestPowerOfTwoSmallerThan(n);
    return m < k
      ? [...this.path(m, start, start + k), this.mth(start + k, end)]
      : [...this.path(m - k, start + k, end), this.mth(start, start + k)];
  }

  /** PROOF(m, D[0:n]) for 0 < m < n; empty for m = n. */
  proof(m: number, n: number): Buffer[] {
    return this.#subproof(m, 0, n, true);
  }

  #subproof(m: number, start: number, end: number, isWhole: boolean): Buffer[] {
    const n = end - start;
    if (m === n) return isWhole ? [] : [this.mth(start, end)];
    const k = largestPowerOfTwoSmallerThan(n);
    return m <= k
      ? [...this.#subproof(m, start, start + k, isWhole), this.mth(start + k, end)]
      : [...this.#subproof(m - k, start + k, end, false), this.mth(start, start + k)];
  }

  /** Hashes outside [from, to) needed for the root of D[start:end], from left to right. */
  range(from: number, to: number, start: number, end: number): Buffer[] {
    if (to <= start || end <= from) return [this.mth(start, end)];
    if (from <= start && end <= to) return [];
    const k = largestPowerOfTwoSmallerThan(end - start);
    return [...this.range(from, to, start, start + k), ...this.range(from, to, start + k, end)];
  }
}

export function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function largestPowerOfTwoSmallerThan(n: number): number {
  let k = 1;
  while (2 * k < n) k = 2 * k;
  return k;
}
