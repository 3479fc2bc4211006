import { expect, test } from 'vitest';
import { FUZZ_SEEDS } from '../fixtures/fuzz';
import { callPickle } from '../fixtures/pickle-builder';
import { scanBytes, summary } from '../fixtures/scan';
import { buildZip } from '../fixtures/zip-builder';

const evil = callPickle('os', 'system');
const scan = async (bytes: Uint8Array): Promise<string[]> => summary(await scanBytes('model.zip', bytes));

/** As zip has it: a version and the number of property bytes, then properties and data as in .lzma. */
function lzmaMember(properties: number): Buffer {
  const alone = FUZZ_SEEDS['lzma.joblib']!();
  return Buffer.concat([Buffer.from([9, 4, properties, 0]), alone.subarray(0, 5), alone.subarray(13)]);
}

const bzip2 = FUZZ_SEEDS['bzip2.joblib']!();
test.each([
  ['bzip2', { method: 12, data: bzip2 }, 0],
  [
    'several streams of bzip2',
    { method: 12, data: Buffer.concat([Buffer.from('425a683917724538509000000000', 'hex'), bzip2]) },
    0,
  ],
  ['LZMA with an end marker', { method: 14, data: lzmaMember(5) }, 2],
  ['LZMA without one', { method: 14, data: lzmaMember(5) }, 0],
])('a member in %s is unpacked', async (_what, packed, flags) => {
  expect(await scan(buildZip([{ name: 'a.pkl', content: evil, packed, flags }]))).toEqual(['PKL-002 CRITICAL']);
});

test.each([
  ['LZMA with wrong properties', { method: 14, data: lzmaMember(4) }, 'SYS-002 MEDIUM'],
  ['a method nobody knows', { method: 93, data: evil }, 'ARC-007 MEDIUM'],
])('a member in %s is told', async (_what, packed, told) => {
  expect(await scan(buildZip([{ name: 'a.pkl', content: evil, packed }]))).toEqual([told]);
});

test('a stored array of objects does not make an archive a pickle too', async () => {
  const header = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n";
  const size = Buffer.from([header.length, 0]);
  const reconstruct = callPickle('numpy.core.multiarray', '_reconstruct');
  const content = Buffer.concat([Buffer.from('\x93NUMPY\x01\0', 'latin1'), size, Buffer.from(header), reconstruct]);
  const { findings } = await scanBytes('a.npz', buildZip([{ name: 'a.npy', content }]));
  expect(findings.map(({ ruleId }) => ruleId)).not.toContain('SYS-004');
});

test('what an archive begins with does not keep its members from being scanned', async () => {
  const pointer = Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n');
  expect(await scan(buildZip([{ name: 'a.pkl', content: evil, isDeflated: true }], pointer))).toContain(
    'PKL-002 CRITICAL',
  );
});
