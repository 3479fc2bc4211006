import { describe, expect, it } from 'vitest';
import { MalformedData, readArray, readBoolean, readObject, readOneOf, readText, readTextOrNull } from './read-json';

const STRANGERS: readonly unknown[] = [undefined, null, true, 0, 'text', [], {}];
const without = (...fine: readonly unknown[]) =>
  STRANGERS.filter((value) => !fine.some((each) => JSON.stringify(each) === JSON.stringify(value)));

describe('readers take their own kind as it is', () => {
  it('objects, lists, texts, truths', () => {
    const object = { a: 1 };
    expect(readObject(object, 'x')).toBe(object);
    expect(readArray(['a', 'b'], 'x', (item, path) => `${path}=${String(item)}`)).toEqual(['x[0]=a', 'x[1]=b']);
    expect(readArray([], 'x', readText)).toEqual([]);
    expect(readArray(['a'], 'x', readText, 1)).toEqual(['a']);
    expect(readText(' a ', 'x')).toBe(' a ');
    expect(readBoolean(false, 'x')).toBe(false);
    expect(readBoolean(true, 'x')).toBe(true);
    expect(readOneOf('b', 'x', ['a', 'b'])).toBe('b');
  });

  it('a text or nothing', () => {
    expect(readTextOrNull('a', 'x')).toBe('a');
    expect(readTextOrNull(null, 'x')).toBeNull();
    expect(readTextOrNull(undefined, 'x')).toBeNull();
  });
});

describe('readers refuse everything else and name the place', () => {
  const refusal = (read: () => unknown): unknown => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof MalformedData)) throw error;
      return [error.name, error.path, error.message];
    }
  };
  const refused = (message: string) => ['MalformedData', 'a.b', `a.b: ${message}`];

  it('objects, lists, texts, truths', () => {
    for (const value of without({}))
      expect(refusal(() => readObject(value, 'a.b'))).toEqual(refused('must be an object'));
    for (const value of without([])) {
      expect(refusal(() => readArray(value, 'a.b', readText))).toEqual(refused('must be a list'));
    }
    for (const value of without('text'))
      expect(refusal(() => readText(value, 'a.b'))).toEqual(refused('must be a text'));
    for (const value of without(true)) {
      expect(refusal(() => readBoolean(value, 'a.b'))).toEqual(refused('must be true or false'));
    }
    for (const value of without('text', null, undefined)) {
      expect(refusal(() => readTextOrNull(value, 'a.b'))).toEqual(refused('must be a text'));
    }
    for (const value of STRANGERS) {
      expect(refusal(() => readOneOf(value, 'a.b', ['p', 'q']))).toEqual(refused('must be one of p, q'));
    }
  });

  it('a text of nothing but white space, a list that is too short, an item of another kind', () => {
    for (const blank of ['', ' ', '\n\t']) {
      expect(refusal(() => readText(blank, 'a.b'))).toEqual(refused('must be a text'));
      expect(refusal(() => readTextOrNull(blank, 'a.b'))).toEqual(refused('must be a text'));
    }
    expect(refusal(() => readArray(['x'], 'a.b', readText, 2))).toEqual(refused('must have at least 2 items'));
    expect(() => readArray(['x', 7], 'a.b', readText)).toThrow('a.b[1]: must be a text');
  });
});
