import { describe, expect, test } from 'vitest';
import {
  BOOL,
  containerHolds,
  containerType,
  DICT,
  EMPTY_TUPLE,
  isContainer,
  isKeptTuple,
  isLiteral,
  keptTuple,
  LIST,
  LITERAL_BASE,
  LOST_LITERAL,
  memoForm,
  NONE,
  objectIndex,
  objectValue,
  SET,
  withHolds,
} from './values';

describe('values', () => {
  test('each kind of number is one kind of value', () => {
    const kinds = [
      NONE,
      BOOL,
      LOST_LITERAL,
      EMPTY_TUPLE,
      LIST,
      DICT,
      SET,
      LITERAL_BASE,
      keptTuple(0, 0),
      objectValue(0),
    ];
    expect(kinds.filter(isContainer)).toEqual([EMPTY_TUPLE, LIST, DICT, SET]);
    expect(kinds.filter(isLiteral)).toEqual([LITERAL_BASE]);
    expect(kinds.filter(isKeptTuple)).toEqual([keptTuple(0, 0)]);
    expect(kinds.map(containerType)).toEqual([
      undefined,
      undefined,
      undefined,
      'tuple',
      'list',
      'dict',
      'set',
      undefined,
      'tuple',
      undefined,
    ]);
    expect([objectIndex(objectValue(7)), containerHolds(keptTuple(123, 6)), containerHolds(NONE)]).toEqual([7, 6, 0]);
    expect(withHolds(withHolds(LIST, 1), 4)).toBe(LIST + 5);
    expect(withHolds(NONE, 1)).toBe(NONE);
  });

  test('a container in the memo may have been filled since', () => {
    expect([memoForm(LIST), memoForm(DICT), memoForm(SET)].map(containerHolds)).toEqual([1, 1, 1]);
    expect([memoForm(EMPTY_TUPLE), memoForm(keptTuple(9, 5)), memoForm(NONE)]).toEqual([
      EMPTY_TUPLE,
      EMPTY_TUPLE + 5,
      NONE,
    ]);
  });
});
