import { describe, expect, test } from 'vitest';
import { scanBytes, summary } from '../fixtures/scan';
import { buildZip } from '../fixtures/zip-builder';
import { bufferSource } from '../byte-source';
import { opensJson, readJson } from './json';

const scan = async (name: string, bytes: Uint8Array): Promise<string[]> => summary(await scanBytes(name, bytes));
const LAMBDA = JSON.stringify({
  class_name: 'Sequential',
  config: { layers: [{ class_name: 'Lambda', config: { name: 'l', function: ['4wEAAAA=', null, null] } }] },
});
const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const utf32 = (text: string): Buffer => {
  const bytes = Buffer.alloc(text.length * 4);
  for (let at = 0; at < text.length; at += 1) bytes.writeUInt32LE(text.charCodeAt(at), at * 4);
  return bytes;
};

/** Spellings that Python's `json.loads` takes like the plain one. */
const SPELLINGS: readonly (readonly [string, Buffer])[] = [
  ['plain', Buffer.from(LAMBDA)],
  ['NaN', Buffer.from(LAMBDA.replace('"name":"l"', '"name":"l","x":[NaN,Infinity,-Infinity]'))],
  ['a byte order mark', Buffer.from(`\uFEFF${LAMBDA}`)],
  ['UTF-16', Buffer.from(`\uFEFF${LAMBDA}`, 'utf16le')],
  ['UTF-16LE without a mark', Buffer.from(LAMBDA, 'utf16le')],
  ['UTF-16BE without a mark', bigEndian(LAMBDA)],
  ['UTF-16BE with a mark', bigEndian(`\uFEFF${LAMBDA}`)],
  ['UTF-32LE', utf32(LAMBDA)],
  ['70 leading blanks', Buffer.from(' '.repeat(70) + LAMBDA)],
  ['9,000 leading line feeds', Buffer.from('\n'.repeat(9_000) + LAMBDA)],
  ['the last of two equal names', Buffer.from(LAMBDA.replace('"class_name":"Lambda"', '"class_name":"Dense",$&'))],
  [
    'encoded surrogates',
    Buffer.concat([
      Buffer.from(`{"x":"`),
      Buffer.from('eda080'.repeat(400), 'hex'),
      Buffer.from(`",${LAMBDA.slice(1)}`),
    ]),
  ],
];

describe('a Lambda layer in a .keras archive is CRITICAL', () => {
  test.each(SPELLINGS)('%s', async (_what, content) => {
    expect(await scan('m.keras', buildZip([{ name: 'config.json', content }]))).toContain('KER-001 CRITICAL');
  });
});

describe('a Lambda layer in HDF5 is CRITICAL', () => {
  const hdf5 = (config: string): Buffer =>
    Buffer.concat([
      Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'),
      Buffer.alloc(600),
      Buffer.from(config),
      Buffer.alloc(64),
    ]);

  test.each([
    ['plain', LAMBDA],
    ['NaN', LAMBDA.replace('"name":"l"', '"name":"l","x":NaN')],
    ['9 blanks behind each brace', LAMBDA.replaceAll('{', `{${' '.repeat(9)}`)],
    ['blanks over the edge of a window', `${'z'.repeat(2 ** 22 - 700)}${LAMBDA.replace('{', `{${' '.repeat(5_000)}`)}`],
    ['escaped names', LAMBDA.replaceAll('class_name', String.raw`\u0063lass_name`)],
  ])('%s', async (_what, config) => {
    expect(await scan('m.h5', hdf5(config))).toEqual(['KER-001 CRITICAL']);
  });

  test('a configuration that is too long or damaged is told', async () => {
    expect(await scan('m.h5', hdf5(`{"x":"${'y'.repeat(2 ** 24)}",${LAMBDA.slice(1)}`))).toContain('SYS-001 MEDIUM');
    expect(await scan('m.h5', hdf5(LAMBDA.replace('null', 'nil')))).toContain('SYS-002 MEDIUM');
  });
});

test('a chat template beside Infinity is judged', async () => {
  const config = Buffer.from(`{"model_max_length": Infinity, "chat_template": "{{ ''.__class__ }}"}`);
  expect(await scan('tokenizer_config.json', config)).toEqual(['GGU-001 CRITICAL']);
  const byName = Buffer.from(`{"chat_template": {"default": "x", "tools": "{{ ''.__class__ }}"}}`);
  expect(await scan('processor_config.json', byName)).toEqual(['GGU-001 CRITICAL']);
});

test('damaged JSON that names classes or templates is told, JSON lines are not', async () => {
  expect(await scan('config.json', Buffer.from(`${LAMBDA},`))).toEqual(['SYS-002 MEDIUM']);
  expect(await scan('labels.json', Buffer.from('{"class_name": "cat"}\n{"class_name": "dog"}\n'))).toEqual([]);
  expect(await scan('settings.json', Buffer.from('// editor\n{"a": 1, /* b */}\n'))).toEqual([]);
});

test('words in texts stay what they are', () => {
  expect(readJson(Buffer.from('{"a": "NaN \\" Infinity", "b": NaN}'))).toEqual({
    value: { a: 'NaN " Infinity', b: null },
  });
  expect(readJson(Buffer.from('{"a": NaNa}'))).toBeUndefined();
  expect(opensJson(bufferSource(Buffer.from('  x{')))).toBe(false);
});
