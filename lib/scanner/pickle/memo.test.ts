import { array, assert, constant, integer, oneof, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Memo } from './memo';
import {
  BOOL,
  EMPTY_TUPLE,
  HOLDS_REFERENCE,
  LIST,
  LITERAL_BASE,
  memoForm,
  NONE,
  objectValue,
  PERSISTENT,
  type Value,
} from './values';

const literal = (offset: number): Value => LITERAL_BASE + offset;

describe('the memo', () => {
  test('answers what was put last, whatever came before under that key and its neighbours', () => {
    const value = oneof(
      constant(NONE),
      constant(BOOL),
      constant(PERSISTENT),
      integer({ min: 0, max: 5_000 }).map(objectValue),
      integer({ min: 0, max: 3_000 }).map(literal),
      integer({ min: 0, max: 200_000 }).map(literal),
      integer({ min: 0, max: 2 ** 34 }).map(literal),
    );
    const key = oneof(
      integer({ min: 0, max: 12 }),
      integer({ min: 4_090, max: 4_100 }),
      integer({ min: 0, max: 2 ** 31 }),
    );
    const puts = array(record({ key, value }), { minLength: 1, maxLength: 60 });
    assert(
      property(puts, (all) => {
        const memo = new Memo();
        const expected = new Map<number, Value>();
        for (const { key: at, value: put } of all) {
          memo.set(at, put);
          expected.set(at, memoForm(put));
          expect(memo.get(at)).toBe(memoForm(put));
        }
        for (const [at, put] of expected) expect(memo.get(at)).toBe(put);
        expect(memo.length).toBe(expected.size);
        expect(memo.isExhausted).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('forgets the old value when a new one does not fit beside its neighbours', () => {
    const memo = new Memo();
    memo.set(5, literal(100_000));
    memo.set(5, literal(10));
    expect(memo.get(5)).toBe(literal(10));
    memo.set(5, literal(100_001));
    expect(memo.get(5)).toBe(literal(100_001));
    expect(memo.length).toBe(1);
  });

  test('keeps a page whole when it grows wider', () => {
    const memo = new Memo();
    const puts: [number, Value][] = [
      [0, NONE],
      [1, objectValue(0)],
      [2, objectValue(4_031)],
      [3, literal(1_000)],
      [4, literal(1_000 - 256)],
      [4_095, literal(1_001)],
    ];
    for (const [key, value] of puts) memo.set(key, value);
    memo.set(7, literal(1_000_000));
    memo.set(8, objectValue(4_032));
    for (const [key, value] of [...puts, [7, literal(1_000_000)], [8, objectValue(4_032)]] as const)
      expect(memo.get(key)).toBe(value);
    expect(memo.get(6)).toBeUndefined();
  });

  describe('without a table beside its pages', () => {
    const first = 10_000;
    const base = first - 256;
    const spread = 2 ** 32 - 2 ** 24 - 65;

    test.each([
      ['literals from a little before the first', [base, base + 61_439, base + 61_440, base + spread].map(literal)],
      ['references', [4_031, 4_032, 2 ** 24 - 1].map(objectValue)],
      ['constants', [NONE, BOOL, PERSISTENT]],
    ])('a page holds %s', (_what, values) => {
      const memo = new Memo(0);
      memo.set(0, literal(first));
      for (const [index, value] of values.entries()) memo.set(index + 1, value);
      expect(values.map((_, index) => memo.get(index + 1))).toEqual(values);
      expect([memo.get(0), memo.isExhausted]).toEqual([literal(first), false]);
    });

    test.each([
      ['a literal before that', literal(base - 1)],
      ['a literal too far behind', literal(base + spread + 1)],
      ['a reference too many', objectValue(2 ** 24)],
    ])('a page does not hold %s', (_what, value) => {
      const memo = new Memo(0);
      memo.set(0, literal(first));
      memo.set(1, value);
      expect([memo.get(0), memo.get(1), memo.isExhausted]).toEqual([literal(first), undefined, true]);
    });

    test('a page begins wherever its first literal lies', () => {
      for (const offset of [0, 100, 5e9, 2 ** 45]) {
        const memo = new Memo(0);
        memo.set(0, NONE);
        for (let key = 1; key < 100; key += 1) memo.set(key, literal(offset + key));
        expect([memo.get(1), memo.get(99), memo.isExhausted]).toEqual([
          literal(offset + 1),
          literal(offset + 99),
          false,
        ]);
      }
    });

    test('keys may leave gaps of 65,536', () => {
      const memo = new Memo(0);
      memo.set(65_536, NONE);
      expect([memo.get(65_536), memo.isExhausted]).toEqual([NONE, false]);
      memo.set(65_538, NONE);
      expect([memo.get(65_538), memo.isExhausted]).toEqual([undefined, true]);
    });
  });

  test('is full once too many keys run ahead, but not for keys that follow each other', () => {
    const memo = new Memo(3);
    for (let key = 0; key < 10; key += 1) memo.set(key, NONE);
    memo.set(10 + (1 << 16), NONE);
    expect(memo.isExhausted).toBe(false);
    for (const key of [1e6, 2e6, 3e6]) memo.set(key, BOOL);
    expect(memo.isExhausted).toBe(false);
    memo.set(2e6, PERSISTENT);
    expect([memo.isExhausted, memo.get(2e6)]).toEqual([false, PERSISTENT]);
    memo.set(4e6, BOOL);
    expect(memo.isExhausted).toBe(true);
  });

  test('keys count once, and every kind of value comes back', () => {
    const memo = new Memo();
    const values = [
      NONE,
      BOOL,
      LIST,
      EMPTY_TUPLE + HOLDS_REFERENCE,
      objectValue(0),
      objectValue(4031),
      objectValue(4032),
      objectValue(100_000),
      LITERAL_BASE + 10,
      LITERAL_BASE + 300_000,
      LITERAL_BASE + 5,
    ];
    for (const [key, value] of values.entries()) memo.set(key, value);
    expect(values.map((_, key) => memo.get(key))).toEqual(values.map(memoForm));
    memo.set(0, BOOL);
    expect([memo.length, memo.get(0), memo.get(values.length)]).toEqual([values.length, BOOL, undefined]);
  });

  test('literals far apart on one page come back', () => {
    const memo = new Memo();
    const offsets = [1000, 700, 100_000, 5_000_000_000, 20, 2 ** 45];
    for (const [key, offset] of offsets.entries()) memo.set(key, LITERAL_BASE + offset);
    expect(offsets.map((_, key) => memo.get(key)! - LITERAL_BASE)).toEqual(offsets);
  });

  test('keys far ahead are kept apart', () => {
    const memo = new Memo();
    memo.set(4_000_000_000, NONE);
    memo.set(70_000, BOOL);
    expect([memo.get(4_000_000_000), memo.get(70_000), memo.length, memo.isExhausted]).toEqual([NONE, BOOL, 2, false]);
  });
});
