/** One measured figure; `goal` is what was promised, `met` whether it was kept. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: string;
  readonly met?: boolean;
}

/**
 * The sizes of a benchmark that `--size name=value` may change: what each counts. A benchmark exports them as `sizes`,
 * named like the options of its `run`.
 */
export type BenchSizes = Readonly<Record<string, BenchSize>>;

export type BenchSize =
  | { readonly kind: 'whole' | 'number' | 'text'; readonly help: string }
  | { readonly kind: 'names'; readonly of: readonly string[]; readonly help: string };
