import type { ByteStream } from './byte-stream';
import type { OutputWindow } from './output-window';

/** LZMA as specified in Igor Pavlov's "LZMA specification" (7-zip.org, 2015), written for streaming. */
const TOP = 2 ** 24;
const HALF = 1024;
const STATES = 12;
const POS_STATES = 16;
const MIN_MATCH = 2;

const probabilities = (count: number): Uint16Array => new Uint16Array(count).fill(HALF);

class LengthCoder {
  private readonly choice = probabilities(2);
  private readonly low = probabilities(POS_STATES * 8);
  private readonly middle = probabilities(POS_STATES * 8);
  private readonly high = probabilities(256);

  decode(decoder: LzmaDecoder, posState: number): number {
    if (decoder.bit(this.choice, 0) === 0) return decoder.tree(this.low, posState * 8, 3);
    if (decoder.bit(this.choice, 1) === 0) return 8 + decoder.tree(this.middle, posState * 8, 3);
    return 16 + decoder.tree(this.high, 0, 8);
  }
}

/** One LZMA decoder with its probabilities; LZMA2 resets them between chunks. */
export class LzmaDecoder {
  private range = 0xffffffff;
  private code = 0;
  private state = 0;
  private reps: [number, number, number, number] = [0, 0, 0, 0];
  private lc = 0;
  private lp = 0;
  private pb = 0;
  private literals = probabilities(0);
  private isMatch = probabilities(0);
  private isRep = probabilities(0);
  private isRepG0 = probabilities(0);
  private isRepG1 = probabilities(0);
  private isRepG2 = probabilities(0);
  private isRep0Long = probabilities(0);
  private slots = probabilities(0);
  private special = probabilities(0);
  private aligned = probabilities(0);
  private length = new LengthCoder();
  private repLength = new LengthCoder();

  constructor(
    private readonly input: ByteStream,
    private readonly output: OutputWindow,
  ) {}

  /** `properties` is the byte (pb * 5 + lp) * 9 + lc; false when it is none. */
  setProperties(properties: number): boolean {
    if (properties >= 225) return false;
    this.lc = properties % 9;
    this.lp = Math.floor(properties / 9) % 5;
    this.pb = Math.floor(properties / 45);
    this.resetState();
    return true;
  }

  resetState(): void {
    this.state = 0;
    this.reps = [0, 0, 0, 0];
    this.literals = probabilities(0x300 << (this.lc + this.lp));
    this.isMatch = probabilities(STATES * POS_STATES);
    this.isRep = probabilities(STATES);
    this.isRepG0 = probabilities(STATES);
    this.isRepG1 = probabilities(STATES);
    this.isRepG2 = probabilities(STATES);
    this.isRep0Long = probabilities(STATES * POS_STATES);
    this.slots = probabilities(4 * 64);
    this.special = probabilities(128);
    this.aligned = probabilities(16);
    this.length = new LengthCoder();
    this.repLength = new LengthCoder();
  }

  /** Begins a range-coded run: one zero byte, then the code. False when the first byte is not zero. */
  start(): boolean {
    const first = this.input.next();
    this.range = 0xffffffff;
    this.code = this.input.nextBig(4);
    return first === 0;
  }

  /** Decodes until `end` bytes are written in all, or to the end marker. False when the data is broken. */
  decode(end: number): boolean {
    const { output } = this;
    while (output.total < end) {
      if (this.input.isAtEnd || output.isFull) return output.isFull;
      const posState = output.total & ((1 << this.pb) - 1);
      if (this.bit(this.isMatch, this.state * POS_STATES + posState) === 0) {
        this.literal();
        continue;
      }
      const length = this.matchLength(posState);
      if (length === undefined) return true;
      if (length === 0) continue;
      const distance = this.reps[0] + 1;
      if (!output.canReach(distance)) return false;
      output.copy(distance, Math.min(length, end - output.total));
    }
    return true;
  }

  /** Takes the next byte when it is due; an encoder writes it at the end too, so only then is the position right. */
  normalise(): void {
    if (this.range >= TOP) return;
    this.range = (this.range * 256) >>> 0;
    this.code = ((this.code << 8) | this.input.next()) >>> 0;
  }

  bit(table: Uint16Array, index: number): 0 | 1 {
    if (this.range < TOP) this.normalise();
    const probability = table[index]!;
    const bound = (this.range >>> 11) * probability;
    if (this.code < bound) {
      this.range = bound;
      table[index] = probability + ((2048 - probability) >> 5);
      return 0;
    }
    this.range -= bound;
    this.code -= bound;
    table[index] = probability - (probability >> 5);
    return 1;
  }

  tree(table: Uint16Array, base: number, bits: number): number {
    let symbol = 1;
    for (let n = 0; n < bits; n += 1) symbol = symbol * 2 + this.bit(table, base + symbol);
    return symbol - (1 << bits);
  }

  private reverseTree(table: Uint16Array, base: number, bits: number): number {
    let symbol = 1;
    let value = 0;
    for (let n = 0; n < bits; n += 1) {
      const bit = this.bit(table, base + symbol);
      symbol = symbol * 2 + bit;
      value |= bit << n;
    }
    return value;
  }

  private directBits(count: number): number {
    let value = 0;
    for (let n = 0; n < count; n += 1) {
      if (this.range < TOP) this.normalise();
      this.range >>>= 1;
      const bit = this.code >= this.range ? 1 : 0;
      if (bit === 1) this.code -= this.range;
      value = value * 2 + bit;
    }
    return value;
  }

  private literal(): void {
    const { output, state } = this;
    const previous = output.total === 0 ? 0 : output.back(1);
    const context = ((output.total & ((1 << this.lp) - 1)) << this.lc) + (previous >> (8 - this.lc));
    const base = 0x300 * context;
    let symbol = 1;
    if (state >= 7) {
      let match = output.canReach(this.reps[0] + 1) ? output.back(this.reps[0] + 1) : 0;
      while (symbol < 0x100) {
        const matchBit = (match >> 7) & 1;
        match <<= 1;
        const bit = this.bit(this.literals, base + ((1 + matchBit) << 8) + symbol);
        symbol = symbol * 2 + bit;
        if (matchBit !== bit) break;
      }
    }
    while (symbol < 0x100) symbol = symbol * 2 + this.bit(this.literals, base + symbol);
    output.put(symbol & 0xff);
    this.state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }

  /** Sets the distance and answers the length; 0 when one byte was repeated, undefined at the end marker. */
  private matchLength(posState: number): number | undefined {
    const { state, reps } = this;
    if (this.bit(this.isRep, state) === 0) {
      const length = this.length.decode(this, posState);
      const distance = this.distance(Math.min(length, 3));
      if (distance === 0xffffffff) return undefined;
      this.reps = [distance, reps[0], reps[1], reps[2]];
      this.state = state < 7 ? 7 : 10;
      return length + MIN_MATCH;
    }
    if (this.bit(this.isRepG0, state) === 0) {
      if (this.bit(this.isRep0Long, state * POS_STATES + posState) === 0) {
        this.state = state < 7 ? 9 : 11;
        if (this.output.canReach(reps[0] + 1)) this.output.put(this.output.back(reps[0] + 1));
        return 0;
      }
    } else if (this.bit(this.isRepG1, state) === 0) {
      this.reps = [reps[1], reps[0], reps[2], reps[3]];
    } else if (this.bit(this.isRepG2, state) === 0) {
      this.reps = [reps[2], reps[0], reps[1], reps[3]];
    } else {
      this.reps = [reps[3], reps[0], reps[1], reps[2]];
    }
    const length = this.repLength.decode(this, posState);
    this.state = state < 7 ? 8 : 11;
    return length + MIN_MATCH;
  }

  private distance(lengthState: number): number {
    const slot = this.tree(this.slots, lengthState * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return high + this.reverseTree(this.special, high - slot, bits);
    return high + this.directBits(bits - 4) * 16 + this.reverseTree(this.aligned, 0, 4);
  }
}
