/** Tells the line of an index; indexes that mostly grow cost one pass over the text in all. */
export class LineCounter {
  private index = 0;
  private lines = 0;

  constructor(private readonly text: string) {}

  /** Line breaks before `index`. */
  before(index: number): number {
    if (index < this.index) {
      this.index = 0;
      this.lines = 0;
    }
    for (let at = this.text.indexOf('\n', this.index); at >= 0 && at < index; at = this.text.indexOf('\n', at + 1)) {
      this.lines += 1;
      this.index = at + 1;
    }
    return this.lines;
  }
}
