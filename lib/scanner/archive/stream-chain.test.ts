import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { FUZZ_SEEDS } from '../fixtures/fuzz';
import { callPickle } from '../fixtures/pickle-builder';
import { scanBytes, summary } from '../fixtures/scan';

const evil = callPickle('os', 'system');
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const seed = (name: string): Buffer => FUZZ_SEEDS[name]!();

const EMPTY = {
  gzip: gzipSync(Buffer.alloc(0)),
  zlib: deflateSync(Buffer.alloc(0)),
  bzip2: hex('425a683917724538509000000000'),
  xz: hex('fd377a585a000004e6d6b446000000001cdf44211fb6f37d010000000004595a'),
  lz4: hex('04224d1860408200000000'),
};
const SKIPPABLE = hex('502a4d180400000041414141');
const ZEROS = Buffer.alloc(8);

test.each([
  ['gzip', [EMPTY.gzip, gzipSync(evil)]],
  ['gzip behind zeros', [EMPTY.gzip, Buffer.alloc(4), gzipSync(evil)]],
  ['gzip with every optional field', [hex('1f8b081e00000000000003000100aa6e00630000ff'), gzipSync(evil).subarray(10)]],
  ['gzip with a wrong checksum', [gzipSync(evil).subarray(0, -8), ZEROS]],
  ['zlib', [EMPTY.zlib, deflateSync(evil)]],
  ['bzip2', [EMPTY.bzip2, seed('bzip2.joblib')]],
  ['xz', [EMPTY.xz, seed('xz.joblib')]],
  ['xz behind zeros', [EMPTY.xz, ZEROS, seed('xz.joblib')]],
  ['lzma behind xz', [EMPTY.xz, seed('lzma.joblib')]],
  ['lz4', [EMPTY.lz4, seed('lz4.joblib')]],
  ['lz4 behind a skippable frame', [EMPTY.lz4, SKIPPABLE, seed('lz4.joblib')]],
  ['lz4 that begins with a skippable frame', [SKIPPABLE, seed('lz4.joblib')]],
])('%s: a payload behind an empty first stream is found', async (_what, parts) => {
  const result = await scanBytes('model.joblib', Buffer.concat(parts));
  expect(summary(result)).toEqual(['PKL-002 CRITICAL']);
});

test('a pickle that is split over two streams is read as one', async () => {
  const bytes = Buffer.concat([gzipSync(evil.subarray(0, 9)), gzipSync(evil.subarray(9))]);
  expect(summary(await scanBytes('model.joblib', bytes))).toEqual(['PKL-002 CRITICAL']);
});

test('what stands before a damage in deflated data is judged', async () => {
  // A stored block that is not the last one, then a block of no known type.
  const pieces = Buffer.concat([evil, Buffer.alloc(200, 'text')]);
  const whole = gzipSync(pieces, { level: 0 });
  const broken = Buffer.concat([whole.subarray(0, 10), Buffer.from([0]), whole.subarray(11, -8), hex('07ffff')]);
  expect(summary(await scanBytes('model.joblib', broken))).toEqual(
    expect.arrayContaining(['PKL-002 CRITICAL', 'SYS-002 MEDIUM']),
  );
});

test.each([
  ['another compression', gzipSync(Buffer.from('text')), seed('xz.joblib')],
  ['a pickle', EMPTY.bzip2, evil],
  ['a large stream of its own', gzipSync(Buffer.alloc(1 << 22, 'text ')), Buffer.concat([EMPTY.lz4, evil])],
])('%s behind the last stream is told and scanned', async (_what, first, rest) => {
  const { findings } = await scanBytes('model.joblib', Buffer.concat([first, rest]));
  expect(summary({ findings })).toEqual(expect.arrayContaining(['ARC-006 LOW', 'PKL-002 CRITICAL']));
});

test('zeros behind a stream are padding', async () => {
  expect(summary(await scanBytes('a.gz', Buffer.concat([gzipSync(Buffer.from('text')), Buffer.alloc(1024)])))).toEqual(
    [],
  );
});

test.each([
  ['joblib before 0.10', Buffer.concat([Buffer.from('ZF0x17'.padEnd(21)), deflateSync(evil)])],
  ['joblib 0.8.4 under Python 2', Buffer.concat([Buffer.from('ZF0x17'.padEnd(22)), deflateSync(evil)])],
])('%s: a size stands in front of the zlib data', async (_what, bytes) => {
  expect(summary(await scanBytes('model.pkl.z', bytes))).toEqual(['PKL-002 CRITICAL']);
});

test.each([0, 1, 3, 4096, 0xc00000, 0x60000000, 0xffffffff])(
  'lzma: a dictionary of %i bytes hides nothing',
  async (size) => {
    const bytes = seed('lzma.joblib');
    bytes.writeUInt32LE(size, 1);
    expect(summary(await scanBytes('model.joblib', bytes))).toEqual(['PKL-002 CRITICAL']);
  },
);

test.each([
  ['int64 numbers', Buffer.from(new BigInt64Array([1n, 2n, 3n, 4n, 5n]).buffer)],
  ['int32 numbers', Buffer.from(new Int32Array([5, 4096, 0, 0, 0, 7]).buffer)],
  ['zeros', Buffer.alloc(4096)],
  [
    'doubles as MATLAB 4 writes them',
    hex('000000000100000002000000000000000200000061009a9999999999b93f333333333333f33f'),
  ],
])('%s are no lzma', async (_what, bytes) => {
  expect(summary(await scanBytes('weights.raw', bytes))).toEqual(['SYS-003 INFO']);
});
