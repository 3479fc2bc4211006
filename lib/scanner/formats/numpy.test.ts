import { describe, expect, test } from 'vitest';
import { bufferSource } from '../byte-source';
import { callPickle } from '../fixtures/pickle-builder';
import { scanBytes, summary } from '../fixtures/scan';
import { DEFAULT_LIMITS } from '../limits';
import { ScanContext } from '../scan-context';
import { numpyPickle } from './numpy';

const evil = callPickle('os', 'system');

function npy(header: string, data: Uint8Array = evil): Buffer {
  const fixed = Buffer.from('\x93NUMPY\x02\x00\0\0\0\0', 'latin1');
  fixed.writeUInt32LE(header.length, 8);
  return Buffer.concat([fixed, Buffer.from(header, 'latin1'), data]);
}

const withType = (descr: string): Buffer => npy(`{'descr': ${descr}, 'fortran_order': False, 'shape': (1,), }\n`);

describe('an array of objects is unpickled, however its type is written', () => {
  test.each([
    `'|O'`,
    `"|O"`,
    `'|\\x4f'`,
    `'object'`,
    `'i4,O'`,
    `'|' 'O'`,
    `u'|O'`,
    `[('a', '<f8'), ('b', '|O')]`,
    `[('a', [('b', "O")])]`,
    `[("'descr': T", '|O')]`,
    `('|O', (1,))`,
    `'<f8', 'descr': '|O'`,
  ])('%s', async (descr) => {
    expect(summary(await scanBytes('a.npy', withType(descr)))).toEqual(['PKL-002 CRITICAL']);
  });

  test('a type behind a mebibyte of spaces', async () => {
    const header = `{${' '.repeat(1 << 20)}'descr': '|O', 'fortran_order': False, 'shape': (1,), }`;
    expect(summary(await scanBytes('a.npy', npy(header)))).toContain('PKL-002 CRITICAL');
  });

  test('a key that is escaped', async () => {
    const header = `{'\\x64escr': '|O', 'fortran_order': False, 'shape': (1,), }`;
    expect(summary(await scanBytes('a.npy', npy(header)))).toContain('PKL-002 CRITICAL');
  });
});

// Numbers that would be a pickle by chance must not be taken for one.
test.each([
  `'<f8'`,
  `'|u1'`,
  `'>i4'`,
  `'|b1'`,
  `'<U12'`,
  `'|S3'`,
  `'|V16'`,
  `'<M8[ns]'`,
  `'<m8[25s]'`,
  `'<c16'`,
  `'?'`,
  `[('x', '<f4'), ('y', '<f4', (3, 2))]`,
  `[('f8', '<f4'), ("it's", '<i8')]`,
  `[('a', [('b', '<f4'), ('c', '|S2')], (2,))]`,
])('numbers, text and records are left alone: %s', (descr) => {
  const context = ScanContext.forArtifact({ path: 'a.npy', size: 1, limits: DEFAULT_LIMITS });
  expect(numpyPickle(bufferSource(withType(descr)), context)).toBeUndefined();
  expect(context.findings).toEqual([]);
});
