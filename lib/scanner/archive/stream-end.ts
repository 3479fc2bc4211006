/** How one compressed stream was read. */
export interface StreamEnd {
  /** Offset behind the stream; where reading stopped when there was a problem. */
  end: number;
  /** What is wrong with the data. */
  problem?: string | undefined;
}
