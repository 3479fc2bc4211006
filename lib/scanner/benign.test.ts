import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scanBytes, summary } from './fixtures/scan';
import { isAtLeast } from './severity';

test('nothing that numpy, scipy, scikit-learn, pandas, joblib, h5py and onnx wrote is blamed', async () => {
  // Made by fixtures/benign_models.py with Debian's packages; the bench makes all of them anew.
  const bytes = readFileSync(new URL('fixtures/benign.tar.gz', import.meta.url));
  const { findings, isIncomplete } = await scanBytes('benign.tar.gz', bytes);
  expect(summary({ findings: findings.filter(({ severity }) => isAtLeast(severity, 'MEDIUM')) })).toEqual([]);
  expect(isIncomplete).toBe(false);
  // A method of scipy is named by a dotted path: that this is told shows how deep the scan went.
  expect(summary({ findings })).toContain('PKL-009 LOW');
});

/** Everything the standard library pickles by calling something, in every protocol. */
const STANDARD_LIBRARY = `
import sys, pickle, collections, datetime, decimal, uuid, pathlib, functools, fractions, array, re, enum, ipaddress, zoneinfo, types, struct, io, time, os, random, itertools
data = [datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc), datetime.timedelta(1), decimal.Decimal('1.5'), uuid.UUID(int=5),
  pathlib.PurePosixPath('a/b'), fractions.Fraction(1, 3), array.array('d', [1, 2]), re.compile('a+'), collections.OrderedDict(a=1),
  collections.defaultdict(list), collections.Counter('abc'), collections.deque([1]), 1 + 2j, slice(1, 2), bytearray(b'xy'), range(3),
  functools.partial(int, base=2), ValueError('x'), OSError(2, 'x'), 1 << 200, {3}, frozenset({4}), ipaddress.ip_address('127.0.0.1'),
  ipaddress.ip_network('10.0.0.0/8'), types.SimpleNamespace(a=1), io.BytesIO(b'x'), io.StringIO('x'), time.gmtime(0), os.stat('/'),
  random.Random(1), Ellipsis, NotImplemented, int, len, 'text', b'bytes', None, True, 1.5]
for protocol in range(6):
    for value in data:
        try:
            body = pickle.dumps(value, protocol)
        except TypeError:
            continue  # Some classes need protocol 2.
        sys.stdout.buffer.write(struct.pack('<I', len(body)) + body)
`;

test('nothing that the standard library pickles is blamed, in any protocol', async () => {
  const bytes = execFileSync('python3', ['-W', 'ignore', '-c', STANDARD_LIBRARY], { maxBuffer: 1 << 26 });
  const blamed: string[] = [];
  let streams = 0;
  for (let offset = 0; offset < bytes.length; streams += 1) {
    const length = bytes.readUInt32LE(offset);
    const { findings } = await scanBytes('value.pkl', bytes.subarray(offset + 4, offset + 4 + length));
    blamed.push(...findings.map(({ ruleId, message }) => `${ruleId} ${message}`));
    offset += 4 + length;
  }
  expect(blamed).toEqual([]);
  expect(streams).toBeGreaterThan(200);
});
