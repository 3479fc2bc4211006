import { describe, expect, test } from 'vitest';
import { bufferSource } from '../byte-source';
import { run } from '../fixtures/machine-run';
import { op, pickle } from '../fixtures/pickle-builder';
import { parseMemoKey, readInteger, readText, readUnsigned } from './literal';

const text = (stream: string): string | undefined => readText(bufferSource(op.raw(stream)), 0);

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
    ["S'\\a\\b\\t\\n\\r\\f\\v\\\\\\\"\\''\n", '\x07\b\t\n\r\f\v\\"\''],
    ["S'\\x4A\\x4a\\x4'\n", 'JJ\\x4'],
    ["S'\\1\\12\\1234\\8\\777'\n", '\x01\nS4\\8\xff'],
    ["S'\\\r'\n", '\\\r'],
    ["S''\n", ''],
    ["S'\n", undefined],
    ['S\'a"\n', undefined],
    ['Saba\n', undefined],
    ["S'a\n", undefined],
    ['V\\\\u0041\\\\\\u0041\n', '\\\\u0041\\\\A'],
    ['V\\U0010FFff\\U00110000\n', '\u{10ffff}\\U00110000'],
    ['V\\u004\\U0000004\xe9\n', '\\u004\\U0000004é'],
    ['U\x02\xc3\xa9', 'Ã©'],
    ['T\x02\0\0\0\xc3\xa9', 'Ã©'],
    ['\x8c\x02\xc3\xa9', 'é'],
    ['X\x02\0\0\0\xc3\xa9', 'é'],
    ['\x8d\x02\0\0\0\0\0\0\0\xc3\xa9', 'é'],
    ['C\x02\xc3\xa9', 'Ã©'],
    ['\x96\x02\0\0\0\0\0\0\0\xc3\xa9', 'Ã©'],
    ['K\x07', undefined],
    ['I7\n', undefined],
    ['\x8a\x017', undefined],
  ])('the literal %j says %j; an escape that CPython refuses stays as it is written', (stream, expected) => {
    expect(text(stream)).toBe(expected);
  });

  test('a text is read as far as it counts', () => {
    expect(text(`V${'a'.repeat(70_000)}\n`)).toBe('a'.repeat(65_536));
    expect(text(`X\x70\x11\x01\0${'a'.repeat(70_000)}`)).toBe('a'.repeat(65_536));
    expect(text('V')).toBe('');
  });

  test.each([
    ['7', 7],
    ['\v\f\r\n7\v\f\r\n', 7],
    ['9007199254740991', 2 ** 53 - 1],
    ['9007199254740992', undefined],
    ['7\u00a0', undefined],
    ['7 8', undefined],
    ['x7', undefined],
    ['0', 0],
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
    expect(
      ['J\xff\xff\xff\x7f', 'I-5\n', '\x8a\x06\xff\xff\xff\xff\xff\x7f', 'I9007199254740991\n'].map(integer),
    ).toEqual([2 ** 31 - 1, -5, 2 ** 47 - 1, 2 ** 53 - 1]);
    expect(['\x8a\x01\xf6', '\x8a\x00', '\x8b\x02\0\0\0\x00\xff', 'I0\n', 'I00\n', 'I01\n'].map(integer)).toEqual([
      -10, 0, -256, 0, 0, 1,
    ]);
    const odd = [
      'I9007199254740992\n',
      '\x8a\x07\0\0\0\0\0\0\0',
      'B\x01\0\0\x001',
      'I010\n',
      'I0x1\n',
      'I 1\n',
      'I1_0\n',
      'I\n',
    ];
    expect(odd.map(integer)).toEqual(odd.map(() => undefined));
    expect(readUnsigned(Buffer.from([1, 2, 3]))).toBe(0x30201);
  });
});
