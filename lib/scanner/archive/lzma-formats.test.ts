import { expect, test } from 'vitest';
import { FUZZ_SEEDS } from '../fixtures/fuzz';
import { scanBytes } from '../fixtures/scan';

const compressed = ['xz.joblib', 'lzma.joblib', 'bzip2.joblib', 'lz4.joblib', 'gzip.joblib'] as const;

test.each(compressed)('%s is read to an end wherever it is cut, and a cut is never clean', async (name) => {
  const whole = FUZZ_SEEDS[name]!();
  for (let length = 12; length < whole.length; length += 1) {
    const { findings } = await scanBytes(name, whole.subarray(0, length));
    const isTold = findings.some(({ ruleId }) => /^(SYS|PKL|ARC)-/.test(ruleId));
    expect({ length, isTold }).toEqual({ length, isTold: true });
  }
});

// Found by fuzzing: the end of the data just before the padding of a block was waited for for ever.
test('an xz block that ends before its padding is cut off', async () => {
  const whole = FUZZ_SEEDS['xz.joblib']!();
  const endOfBlock = whole.indexOf(Buffer.from('2f178108', 'hex')) - 8;
  for (let length = endOfBlock - 6; length <= endOfBlock; length += 1) {
    const { findings } = await scanBytes('xz.joblib', whole.subarray(0, length));
    expect(findings.map(({ ruleId }) => ruleId)).toContain('SYS-002');
  }
});
