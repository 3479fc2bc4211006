import { isObject, LOST_LITERAL, type Value } from './values';

/** Runs and marks beyond these are a resource bomb, not a model. Powers of two of at least 256 and 64. */
const LIMITS = { runs: 1 << 20, marks: 1 << 20 };
/** Items handed out of a run of equal values; more say nothing new. */
const ITEM_SAMPLE = 64;

/**
 * CPython's `Pdata` and mark list. Equal constants are stored as one run, so that a million `None` cost
 * sixteen bytes; past the limit of runs literals lose their content and join one run too.
 */
export class ValueStack {
  private values = new Float64Array(256);
  private counts = new Float64Array(256);
  private marks = new Float64Array(64);
  private markCount = 0;
  /** Number of runs. */
  private runs = 0;
  /** Runs below this index may not be joined: a mark lies above them. */
  private fenceRun = 0;
  /** True once literals had to be given up. */
  isDegraded = false;
  /** True once even references no longer fit; the machine must stop. */
  isExhausted = false;

  constructor(private readonly limits: Readonly<typeof LIMITS> = LIMITS) {}

  get hasMark(): boolean {
    return this.markCount > 0;
  }

  /** No value above the innermost mark, or none at all. */
  get isEmptyAboveMark(): boolean {
    return this.runs <= this.fenceRun;
  }

  /** True when at least `count` values lie above the innermost mark. */
  has(count: number): boolean {
    let found = 0;
    for (let run = this.runs - 1; run >= this.fenceRun; run -= 1) {
      found += this.counts[run]!;
      if (found >= count) return true;
    }
    return false;
  }

  push(value: Value): void {
    const top = this.runs - 1;
    if (value < 64 && top >= this.fenceRun && this.values[top] === value) {
      this.counts[top]! += 1;
      return;
    }
    if (this.runs === this.values.length) {
      if (this.runs >= this.limits.runs) return this.pushDegraded(value);
      this.grow();
    }
    this.values[this.runs] = value;
    this.counts[this.runs] = 1;
    this.runs += 1;
  }

  /** The top value; only valid when `isEmptyAboveMark` is false. */
  top(): Value {
    return this.values[this.runs - 1]!;
  }

  replaceTop(value: Value): void {
    this.pop();
    this.push(value);
  }

  /** Removes and answers the top value; only valid when `isEmptyAboveMark` is false. */
  pop(): Value {
    const top = this.runs - 1;
    const value = this.values[top]!;
    if (this.counts[top] === 1) this.runs = top;
    else this.counts[top]! -= 1;
    return value;
  }

  /** Removes the top `count` values and answers them from the bottom up; only valid when `has(count)`. */
  take(count: number): Value[] {
    const values: Value[] = [];
    for (let n = 0; n < count; n += 1) values.push(this.pop());
    return values.toReversed();
  }

  pushMark(): void {
    if (this.markCount === this.marks.length) {
      if (this.markCount >= this.limits.marks) {
        this.isExhausted = true;
        return;
      }
      const larger = new Float64Array(this.marks.length * 2);
      larger.set(this.marks);
      this.marks = larger;
    }
    this.marks[this.markCount] = this.runs;
    this.markCount += 1;
    this.fenceRun = this.runs;
  }

  /**
   * Takes the innermost mark away and answers where it lay, for `itemsFrom` and `cut`; undefined without a mark.
   * The values above it stay until `cut`, as in `marker()` of _pickle.c.
   */
  popMark(): number | undefined {
    if (this.markCount === 0) return undefined;
    this.markCount -= 1;
    const mark = this.marks[this.markCount]!;
    this.fenceRun = this.markCount === 0 ? 0 : this.marks[this.markCount - 1]!;
    return mark;
  }

  /** True when the position `mark` lies directly on the fence: nothing below it may be touched. */
  isAtFence(mark: number): boolean {
    return mark <= this.fenceRun;
  }

  isTopAt(mark: number): boolean {
    return this.runs === mark;
  }

  /** The first values above `mark`, at most `limit`. */
  itemsFrom(mark: number, limit = ITEM_SAMPLE): Value[] {
    const items: Value[] = [];
    for (let run = mark; run < this.runs && items.length < limit; run += 1) {
      for (let n = 0; n < this.counts[run]! && items.length < limit; n += 1) items.push(this.values[run]!);
    }
    return items;
  }

  /** Calls `visit` once for each run of equal values above `mark`. */
  forEachRunFrom(mark: number, visit: (value: Value) => void): void {
    for (let run = mark; run < this.runs; run += 1) visit(this.values[run]!);
  }

  cut(mark: number): void {
    this.runs = mark;
  }

  private pushDegraded(value: Value): void {
    this.isDegraded = true;
    const top = this.runs - 1;
    if (isObject(value) || top < this.fenceRun) {
      this.isExhausted = true;
      return;
    }
    // A literal above a reference counts as that reference: too much suspicion, never too little.
    if (!isObject(this.values[top]!)) this.values[top] = LOST_LITERAL;
    this.counts[top]! += 1;
  }

  private grow(): void {
    const values = new Float64Array(this.values.length * 2);
    values.set(this.values);
    const counts = new Float64Array(this.counts.length * 2);
    counts.set(this.counts);
    this.values = values;
    this.counts = counts;
  }
}
