/** One measured figure; `goal` is what was promised, `met` whether it was kept. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: string;
  readonly met?: boolean;
}
