import { describe, expect, it } from 'vitest';
import type { BenchSizes } from '@/bench/row';
import { CommandFailure } from '../failure';
import { readSizes } from './bench-sizes';

const SIZES: BenchSizes = {
  streams: { kind: 'whole', help: 'how many' },
  minutes: { kind: 'number', help: 'how long' },
  python: { kind: 'text', help: 'which one' },
  kinds: { kind: 'names', of: ['zip', 'tar'], help: 'which kinds' },
};
const read = (...given: string[]): object => readSizes('scanner', given, SIZES);

describe('sizes of a benchmark', () => {
  it('are read by their kind', () => {
    expect(read('streams=50000', 'minutes=0.5', 'python=/opt/a=b/python3', 'kinds=tar,zip')).toEqual({
      streams: 50_000,
      minutes: 0.5,
      python: '/opt/a=b/python3',
      kinds: ['tar', 'zip'],
    });
    expect(read()).toEqual({});
  });

  it.each(['stream=5', 'streams', '=5', 'toString=1', '__proto__=1'])(
    'refuse %s with the list of what there is',
    (pair) => {
      expect(() => read(pair)).toThrow(CommandFailure);
      expect(() => read(pair)).toThrow(
        /streams: how many[\s\S]*minutes: how long[\s\S]*python: which one[\s\S]*kinds: which kinds.*: zip, tar/,
      );
    },
  );

  it.each(['streams=0', 'streams=1.5', 'streams=-1', 'streams=', 'streams=1e9', 'minutes=x', 'minutes=-1', 'python='])(
    'refuse the value of %s',
    (pair) => expect(() => read(pair)).toThrow(/^The size /),
  );

  it.each(['kinds=zip,rar', 'kinds=', 'kinds=zip,'])(
    'refuse the names of %s with the list of what there is',
    (pair) => {
      expect(() => read(pair)).toThrow(CommandFailure);
      expect(() => read(pair)).toThrow(/^The size kinds has no (?:rar|empty name)\. There are: zip, tar$/);
    },
  );

  it('are given once', () => expect(() => read('minutes=1', 'minutes=2')).toThrow(/twice/));

  it('of a benchmark without any are said to be none', () => {
    expect(() => readSizes('clocks', ['a=1'], {})).toThrow('clocks has no sizes.');
  });
});
