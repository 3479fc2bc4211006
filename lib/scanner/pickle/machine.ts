import type { ByteSource } from '../byte-source';
import { COUNTED, OP } from './opcodes';
import { HANDLERS } from './handlers';
import { locateLiteral, readText, type Span } from './literal';
import {
  CONSTANT,
  CONSTANTS,
  COUNTED_LITERAL,
  FIXED_LITERAL,
  IS_BYTES,
  IS_SIGNED,
  LINE_LITERAL,
  MEMOIZE,
  SHAPES,
  WIDTHS,
} from './loop-tables';
import { Memo } from './memo';
import type { MachineObserver } from './observer';
import type { Fill, MachineEnd, MachineLimits, MachineOptions, MachineOutcome } from './outcome';
import { PickleReader } from './reader';
import { ReferenceTable, SHARED } from './objects';
import { TupleRing } from './tuple-ring';
import { ValueStack } from './value-stack';
import {
  containerType,
  DICT,
  EMPTY_TUPLE,
  isKeptTuple,
  isLiteral,
  isSharedDict,
  LITERAL_BASE,
  literalOffset,
  type Value,
} from './values';

export type { MachineEnd, MachineLimits, MachineOptions, MachineOutcome } from './outcome';

/** Opcodes between two looks at the clock. */
const CLOCK_INTERVAL = 1 << 16;
/** The shortest pickle that calls anything has about this many bytes; shorter literals are not looked into. */
const MIN_PAYLOAD = 8;
/** Longer names cannot be imported. */
const MAX_LINE = 1 << 16;
/** First bytes of a literal that the observer sees. */
const HEAD = 128;
const MAX_INNER = 16;
const MAX_DISPLACED = 1 << 20;

/**
 * Runs one pickle stream the way CPython's C unpickler does, without importing or calling anything: every name the
 * unpickler would resolve and every call it would make goes to the observer at the moment the opcode is read, so what
 * follows (a broken rest, a popped result) cannot hide it. Where the unpickler would fail because of a value the
 * machine does not know, it goes on: it may report more than happens, never less.
 */
export class PickleMachine {
  readonly stack = new ValueStack();
  readonly memo = new Memo();
  readonly tuples = new TupleRing();
  readonly references = new ReferenceTable();
  readonly reader: PickleReader;
  opcodes = 0;
  hasProtocol = false;
  hasUnsupportedProtocol = false;
  /** The last SETITEMS or APPENDS. */
  readonly lastFill: Fill = { items: [], opcode: 0, isFirst: false };
  /** A dictionary was filled through a second way to it, as no writer does. */
  hasSharedFill = false;
  /** A tuple came from the memo, whose items are not known any more. */
  hasRecalledTuple = false;
  private end: MachineEnd | undefined;
  private reason = '';
  private readonly displaced = new Map<number, Span>();

  constructor(
    readonly source: ByteSource,
    private readonly start: number,
    readonly observer: MachineObserver,
    private readonly limits: MachineLimits,
    private readonly options: MachineOptions = {},
  ) {
    this.reader = new PickleReader(source, start, { isExpired: () => limits.isExpired(), ...options });
  }

  /** This stream lies inside another, where a plain unpickler reads it. */
  get isInner(): boolean {
    return this.options.depth !== undefined;
  }

  get hasEnded(): boolean {
    return this.end !== undefined;
  }

  /** Runs a stream that lies inside this one, with a memo and a stack of its own; answers where it ends. */
  runInner(position: number): number | undefined {
    const depth = (this.options.depth ?? 0) + 1;
    if (depth > MAX_INNER) {
      this.fail('exhausted', 'pickles inside pickles without end');
      return undefined;
    }
    const inner = new PickleMachine(this.source, position, this.observer, this.limits, { ...this.options, depth });
    const outcome = inner.run();
    this.opcodes += outcome.opcodes;
    this.reader.hasCrossedFrame ||= outcome.hasCrossedFrame;
    if (outcome.end === 'stop') return outcome.position;
    this.fail(outcome.end, outcome.reason);
    return undefined;
  }

  run(): MachineOutcome {
    const { limits } = this;
    while (this.end === undefined) {
      this.runUntil(Math.min(this.opcodes + CLOCK_INTERVAL, limits.opcodes));
      if (this.opcodes >= limits.opcodes) this.fail('exhausted', 'more opcodes than the limit allows');
      else if (limits.isExpired()) this.fail('timeout', 'time for this artifact is up');
    }
    return {
      end: this.end,
      reason: this.reason,
      start: this.start,
      position: this.reader.position,
      opcodes: this.opcodes,
      hasProtocol: this.hasProtocol,
      hasUnsupportedProtocol: this.hasUnsupportedProtocol,
      hasCrossedFrame: this.reader.hasCrossedFrame,
      hasOverlongFrame: this.reader.hasOverlongFrame,
      isDegraded: this.stack.isDegraded,
    };
  }

  /** Ends the run; what ended it first counts. */
  fail(end: MachineEnd, reason: string): void {
    if (this.end === undefined) [this.end, this.reason] = [end, reason];
  }

  /** Whether a value is a literal of bytes, which is no text to the unpickler. */
  isBytes(value: Value): boolean {
    return isLiteral(value) && locateLiteral(this.source, literalOffset(value)).type === 'bytes';
  }

  /** The text of a literal value; undefined for everything else. */
  textOf(value: Value): string | undefined {
    if (!isLiteral(value)) return undefined;
    const offset = literalOffset(value);
    return readText(this.source, offset, this.displaced.get(offset));
  }

  /** The items of a tuple that is still remembered. */
  itemsOf(value: Value): Value[] | undefined {
    return isKeptTuple(value) ? this.tuples.itemsOf(value) : undefined;
  }

  /** A value to which there is a second way from now on, as it looks then. */
  recalled(value: Value): Value {
    const reference = this.references.get(value);
    if (reference === undefined) {
      if (value !== EMPTY_TUPLE && containerType(value) === 'tuple') this.hasRecalledTuple = true;
      return value;
    }
    if (reference.isWatched) this.observer.recalled(reference);
    return this.references.touch(value, SHARED);
  }

  /** Notes what went into the container on top of the stack. */
  noteFill(items: readonly Value[]): void {
    const { lastFill, stack } = this;
    const container = stack.top();
    lastFill.items = items;
    lastFill.opcode = this.opcodes;
    lastFill.isFirst = container === DICT;
    if (isSharedDict(container)) this.hasSharedFill = true;
  }

  /** Reads a line, without its line feed; undefined when there is none. Invalid UTF-8 reads as U+FFFD. */
  takeLine(maxLength?: number): string | undefined {
    const start = this.reader.skipLine(maxLength);
    if (start === undefined) return undefined;
    const length = Math.min(this.reader.position - start - 1, MAX_LINE);
    return Buffer.from(this.source.read(start, length)).toString('utf8');
  }

  private runUntil(stopAt: number): void {
    const { reader, stack } = this;
    const { bytes } = reader;
    while (this.opcodes < stopAt) {
      if (reader.cursor >= reader.limit && !reader.ensure(1)) {
        this.fail('truncated', 'the stream ends without STOP');
        return;
      }
      const opcode = bytes[reader.cursor]!;
      reader.cursor += 1;
      this.opcodes += 1;
      const shape = SHAPES[opcode]!;
      if (shape === CONSTANT) stack.push(CONSTANTS[opcode]!);
      else if (shape === FIXED_LITERAL) this.pushFixed(WIDTHS[opcode]!);
      else if (shape === COUNTED_LITERAL) this.pushCounted(opcode);
      else if (shape === MEMOIZE) this.putMemo(this.memo.length);
      else if (shape === LINE_LITERAL) this.pushLine(opcode);
      else {
        const handler = HANDLERS[opcode];
        if (handler === undefined) this.fail('broken', `unknown opcode ${opcode}`);
        else handler(this);
      }
      if (stack.isExhausted) this.fail('exhausted', 'the stack is larger than any model needs');
      if (this.hasEnded) return;
    }
  }

  /** `memo[key] = top of the stack`; the value stays. */
  putMemo(key: number): void {
    if (this.stack.isEmptyAboveMark) return this.fail('broken', 'memo of an empty stack');
    this.memo.set(key, this.stack.top());
    if (this.memo.isExhausted) this.fail('exhausted', 'the memo is larger than any model needs');
  }

  private pushFixed(width: number): void {
    const { reader } = this;
    const offset = reader.position - 1;
    if (!reader.ensure(width)) return this.fail('truncated', 'a number is cut off');
    reader.cursor += width;
    this.stack.push(LITERAL_BASE + offset);
  }

  private pushCounted(opcode: number): void {
    const { reader } = this;
    const width = WIDTHS[opcode]!;
    const offset = reader.position - 1;
    if (!reader.ensure(width)) return this.fail('truncated', 'a length is cut off');
    const length = reader.takeNumber(width);
    if (IS_SIGNED[opcode] === 1 && length >= 2 ** 31) return this.fail('broken', 'a length is negative');
    if (reader.cursor + length <= reader.limit) {
      if (length >= MIN_PAYLOAD && this.observer.isSuspectByte(reader.bytes[reader.cursor]!)) {
        this.reportLiteral(opcode, reader.position, length, true);
      }
      reader.cursor += length;
    } else {
      if (!reader.skip(length, IS_BYTES[opcode] === 1)) return this.fail('truncated', 'a literal is cut off');
      if (length >= MIN_PAYLOAD) this.reportLiteral(opcode, reader.position - length, length, false);
    }
    this.displaceIfMoved(offset, reader.position - length, length, offset + 1 + width);
    this.stack.push(LITERAL_BASE + offset);
  }

  private pushLine(opcode: number): void {
    const offset = this.reader.position - 1;
    const start = this.reader.skipLine();
    if (start === undefined) return this.fail('truncated', 'a line is cut off');
    const length = this.reader.position - start - 1;
    this.displaceIfMoved(offset, start, length);
    const isText = opcode === OP.STRING || opcode === OP.UNICODE;
    if (isText && length >= MIN_PAYLOAD) {
      const quote = opcode === OP.STRING ? 1 : 0;
      this.reportLiteral(opcode, start + quote, length - 2 * quote, false);
    }
    this.stack.push(LITERAL_BASE + offset);
  }

  private reportLiteral(opcode: number, start: number, length: number, isInWindow: boolean): void {
    const type = COUNTED.get(opcode)?.type ?? 'text';
    if (type === 'number') return;
    const { reader } = this;
    if (isInWindow) this.observer.literal({ start, length }, type, reader.bytes, reader.cursor);
    else this.observer.literal({ start, length }, type, this.source.read(start, Math.min(length, HEAD)), 0);
  }

  /** Remembers where a text's content lies when a frame's end has moved it away from its opcode. */
  private displaceIfMoved(offset: number, start: number, length: number, expected = offset + 1): void {
    if (start === expected) return;
    if (this.displaced.size >= MAX_DISPLACED) return this.fail('exhausted', 'more moved texts than any writer makes');
    this.displaced.set(offset, { start, length });
  }
}
