import { array, assert, constant, integer, oneof, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BOOL, DICT, keptTuple, LIST, LITERAL_BASE, LOST_LITERAL, NONE, objectValue, type Value } from './values';
import { ValueStack } from './value-stack';

const literal = (offset: number): Value => LITERAL_BASE + offset;

/** What CPython does, written down plainly: one array, and where the marks lie in it. */
class PlainStack {
  values: Value[] = [];
  marks: number[] = [];

  get above(): Value[] {
    return this.values.slice(this.marks.at(-1) ?? 0);
  }
}

describe('the stack', () => {
  test('does what a plain array with marks does', () => {
    const value = oneof(
      constant(NONE),
      constant(BOOL),
      constant(LIST),
      integer({ min: 0, max: 3 }).map(literal),
      constant(objectValue(0)),
    );
    const step = oneof(
      value.map((put) => ({ do: 'push' as const, put })),
      constant({ do: 'pop' as const }),
      value.map((put) => ({ do: 'replace' as const, put })),
      constant({ do: 'mark' as const }),
      constant({ do: 'collect' as const }),
    );
    assert(
      property(array(step, { maxLength: 120 }), (steps) => {
        const stack = new ValueStack();
        const plain = new PlainStack();
        for (const one of steps) {
          if (one.do === 'push') {
            stack.push(one.put);
            plain.values.push(one.put);
          } else if (one.do === 'mark') {
            stack.pushMark();
            plain.marks.push(plain.values.length);
          } else if (one.do === 'collect') {
            collect(stack, plain);
          } else if (plain.above.length > 0) {
            expect(stack.top()).toBe(plain.values.at(-1));
            const old = plain.values.pop();
            if (one.do === 'pop') expect(stack.pop()).toBe(old);
            else {
              stack.replaceTop(one.put);
              plain.values.push(one.put);
            }
          }
          compare(stack, plain);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('hands out the first items of a run, and as many as were asked for', () => {
    const stack = new ValueStack();
    stack.pushMark();
    for (let n = 0; n < 100; n += 1) stack.push(NONE);
    for (let n = 0; n < 3; n += 1) stack.push(literal(n));
    const mark = stack.popMark()!;
    expect(stack.itemsFrom(mark)).toEqual(Array.from({ length: 64 }, () => NONE));
    expect(stack.itemsFrom(mark, 102)).toHaveLength(102);
    expect(stack.itemsFrom(mark, 500).slice(100)).toEqual([literal(0), literal(1), literal(2)]);
    const runs: Value[] = [];
    stack.forEachRunFrom(mark, (value) => runs.push(value));
    expect(runs).toEqual([NONE, literal(0), literal(1), literal(2)]);
  });

  test('grows without losing values or marks', () => {
    const stack = new ValueStack();
    for (let n = 0; n < 5_000; n += 1) {
      if (n % 5 === 0) stack.pushMark();
      stack.push(literal(n));
    }
    for (let n = 4_999; n >= 0; n -= 1) {
      expect(stack.pop()).toBe(literal(n));
      if (n % 5 === 0) expect(stack.isTopAt(stack.popMark()!)).toBe(true);
    }
    expect([stack.hasMark, stack.isDegraded, stack.isExhausted]).toEqual([false, false, false]);
  });

  test('gives literals up past its limit and stays usable', () => {
    const stack = full();
    expect([stack.isDegraded, stack.isExhausted]).toEqual([false, false]);
    stack.push(literal(999));
    expect([stack.isDegraded, stack.isExhausted, stack.top()]).toEqual([true, false, LOST_LITERAL]);
    for (const value of [NONE, literal(1), keptTuple(1, 1), LITERAL_BASE]) stack.push(value);
    expect(stack.isExhausted).toBe(false);
    for (let n = 0; n < 6; n += 1) expect(stack.pop()).toBe(LOST_LITERAL);
    expect(stack.pop()).toBe(literal(510));
  });

  test('is exhausted when a reference no longer fits', () => {
    const stack = full();
    stack.push(objectValue(0));
    expect(stack.isExhausted).toBe(true);
  });

  test('keeps a reference at its limit, whatever is given up above it', () => {
    const stack = new ValueStack({ runs: 512, marks: 64 });
    for (let n = 0; n < 511; n += 1) stack.push(literal(n));
    stack.push(objectValue(7));
    stack.push(literal(1));
    expect([stack.pop(), stack.pop(), stack.pop()]).toEqual([objectValue(7), objectValue(7), literal(510)]);
    expect(stack.isExhausted).toBe(false);
  });

  test('is exhausted when a mark lies at its limit', () => {
    const stack = full();
    stack.pushMark();
    stack.push(literal(1));
    expect(stack.isExhausted).toBe(true);
  });

  test('takes as many marks as its limit says', () => {
    const stack = new ValueStack({ runs: 512, marks: 128 });
    for (let n = 0; n < 128; n += 1) stack.pushMark();
    expect(stack.isExhausted).toBe(false);
    stack.pushMark();
    expect(stack.isExhausted).toBe(true);
  });

  test('runs of equal constants count one by one', () => {
    const stack = new ValueStack();
    for (let n = 0; n < 3; n += 1) stack.push(NONE);
    stack.pushMark();
    stack.push(NONE);
    expect([stack.has(1), stack.has(2), stack.hasMark]).toEqual([true, false, true]);
    const mark = stack.popMark()!;
    expect([stack.has(4), stack.has(5), stack.isAtFence(mark), stack.isTopAt(mark)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    stack.cut(mark);
    expect([stack.pop(), stack.pop(), stack.pop(), stack.isEmptyAboveMark]).toEqual([NONE, NONE, NONE, true]);
    expect(stack.popMark()).toBeUndefined();
  });

  test('replacing the top of a run leaves the rest of it', () => {
    const stack = new ValueStack();
    stack.push(LIST);
    stack.push(LIST);
    stack.replaceTop(DICT);
    expect([stack.pop(), stack.pop()]).toEqual([DICT, LIST]);
  });

  test('items come in order, at most as many as asked for', () => {
    const stack = new ValueStack();
    stack.pushMark();
    for (const value of [NONE, NONE, BOOL, 70, 71]) stack.push(value);
    const mark = stack.popMark()!;
    expect(stack.itemsFrom(mark)).toEqual([NONE, NONE, BOOL, 70, 71]);
    expect(stack.itemsFrom(mark, 2)).toEqual([NONE, NONE]);
    const seen: number[] = [];
    stack.forEachRunFrom(mark, (value) => seen.push(value));
    expect(seen).toEqual([NONE, BOOL, 70, 71]);
  });
});

function full(): ValueStack {
  const stack = new ValueStack({ runs: 512, marks: 64 });
  for (let n = 0; n < 512; n += 1) stack.push(literal(n));
  return stack;
}

function collect(stack: ValueStack, plain: PlainStack): void {
  const mark = stack.popMark();
  expect(mark === undefined).toBe(plain.marks.length === 0);
  if (mark === undefined) return;
  const start = plain.marks.pop()!;
  const items = plain.values.slice(start);
  expect(stack.itemsFrom(mark, 1_000)).toEqual(items);
  expect(stack.isTopAt(mark)).toBe(items.length === 0);
  expect(stack.isAtFence(mark)).toBe(start <= (plain.marks.at(-1) ?? 0));
  stack.cut(mark);
  plain.values.length = start;
}

function compare(stack: ValueStack, plain: PlainStack): void {
  const count = plain.above.length;
  expect(stack.isEmptyAboveMark).toBe(count === 0);
  expect(stack.hasMark).toBe(plain.marks.length > 0);
  if (count > 0) expect([stack.has(count), stack.top()]).toEqual([true, plain.values.at(-1)]);
  expect(stack.has(count + 1)).toBe(false);
}
