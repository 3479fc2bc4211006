import { FUZZ_SEEDS, fuzzParsers } from '@/lib/scanner/fixtures/fuzz';
import type { BenchRow, BenchSizes } from './row';

export interface BenchOptions {
  /** A second for each kind, to see that everything runs. */
  readonly quick?: boolean;
  /** Minutes of processor time for each kind. */
  readonly minutes?: number;
  /** Kinds of files, by the names of their seeds, with commas between them; all of them if left out. */
  readonly kinds?: string;
  /** Another number, other mutations. */
  readonly seed?: number;
}

export const sizes = {
  minutes: { kind: 'number', help: 'minutes of processor time for each kind of file' },
  kinds: { kind: 'text', help: `which kinds, with commas between them: ${Object.keys(FUZZ_SEEDS).join(', ')}` },
  seed: { kind: 'whole', help: 'another number, other mutations' },
} as const satisfies BenchSizes & Partial<Record<keyof BenchOptions, object>>;

/** Mutates a valid file of each kind and scans it: nothing may be thrown, hang or grow. One process is one core's work. */
export async function run({ quick = false, minutes = 10, kinds, seed = 1 }: BenchOptions = {}): Promise<BenchRow[]> {
  const names = kinds?.split(',') ?? Object.keys(FUZZ_SEEDS);
  const unknown = names.find((name) => FUZZ_SEEDS[name] === undefined);
  if (unknown !== undefined)
    throw new Error(`There is no kind ${unknown}. There are: ${Object.keys(FUZZ_SEEDS).join(', ')}`);
  return fuzzParsers(quick ? 1_000 : minutes * 60_000, seed, names);
}
