import { FUZZ_SEEDS, fuzzParsers } from '@/lib/scanner/fixtures/fuzz';
import type { BenchRow, BenchSizes } from './row';

export interface BenchOptions {
  /** A second for each kind, to see that everything runs. */
  readonly quick?: boolean;
  /** Minutes of processor time for each kind. */
  readonly minutes?: number;
  /** Kinds of files, by the names of their seeds; all of them if left out. */
  readonly kinds?: readonly string[];
  /** Another number, other mutations. */
  readonly seed?: number;
}

export const sizes = {
  minutes: { kind: 'number', help: 'minutes of processor time for each kind of file' },
  kinds: { kind: 'names', of: Object.keys(FUZZ_SEEDS), help: 'which kinds' },
  seed: { kind: 'whole', help: 'another number, other mutations' },
} as const satisfies BenchSizes & Partial<Record<keyof BenchOptions, object>>;

/** Mutates a valid file of each kind and scans it: nothing may be thrown, hang or grow. One process is one core's work. */
export function run({ quick = false, minutes = 10, kinds, seed = 1 }: BenchOptions = {}): AsyncIterable<BenchRow> {
  return fuzzParsers(quick ? 1_000 : minutes * 60_000, seed, kinds);
}
