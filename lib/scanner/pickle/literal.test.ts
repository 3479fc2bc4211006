import { describe, expect, test } from 'vitest';
import { bufferSource } from '../byte-source';
import { run } from '../fixtures/machine-run';
import { op, pickle } from '../fixtures/pickle-builder';
import { parseMemoKey, readInteger, readText } from './literal';

describe('literals', () => {
  test('every way to spell a text names the same', () => {
    const system = (text: Buffer): string[] => run(pickle(op.text('os'), text, op.stackGlobal, op.stop)).names;
    for (const spelled of [
      'U\x06system',
      "S'sy\\x73tem'\n",
      "S'\\163ystem'\n",
      'S"system"\n',
      'Vsy\\u0073tem\n',
      'V\\U00000073ystem\n',
      '\x8c\x06system',
    ]) {
      expect(system(op.raw(spelled))).toEqual(['os.system']);
    }
    expect(system(op.raw('\x8d\x06\0\0\0\0\0\0\0system'))).toEqual(['os.system']);
    expect(system(op.raw("S'a\\'\\\\\\n\\q'\n"))).toEqual(["os.a'\\\n\\q"]);
    expect(system(op.raw('V\\\\u0073\n'))).toEqual(['os.\\\\u0073']);
  });

  test.each([
    ['7', 7],
    [' 7\t', 7],
    ['+7', 7],
    ['1_000', 1000],
    ['007', 7],
    ['5\0junk', 5],
    ['', undefined],
    ['-1', undefined],
    ['1__0', undefined],
    ['_1', undefined],
    ['0x1', undefined],
    ['1.0', undefined],
    ['99999999999999999999', undefined],
  ])('the memo key %j reads as CPython reads it', (line, key) => {
    expect(parseMemoKey(line)).toBe(key);
  });

  test('integers read as written; floats and texts are none', () => {
    const integer = (text: string): number | undefined => readInteger(bufferSource(op.raw(text)), 0);
    expect(['K\x07', 'M\x01\x01', 'J\xff\xff\xff\xff', 'I12\n', 'L34L\n', '\x8a\x02\x00\x01'].map(integer)).toEqual([
      7, 257, -1, 12, 34, 256,
    ]);
    expect(['G12345678', 'F1.5\n', 'U\x011', 'Ix\n', '\x8a\x0812345678'].map(integer)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(readText(bufferSource(op.raw('K\x07')), 0)).toBeUndefined();
    expect(readText(bufferSource(op.raw("S'a\n")), 0)).toBeUndefined();
  });
});
