import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { FUZZ_SEEDS } from '../fixtures/fuzz';
import { callPickle } from '../fixtures/pickle-builder';
import { scanBytes } from '../fixtures/scan';

test('what stands behind the header of a 7z archive is told and scanned', async () => {
  const rest = gzipSync(callPickle('os', 'system'));
  const { findings } = await scanBytes('model.7z', Buffer.concat([FUZZ_SEEDS['archive.7z']!(), rest]));
  const behind = findings.filter(({ location }) => location.memberPath[0] === 'bytes behind the end');
  expect(behind.map(({ ruleId }) => ruleId)).toContain('PKL-002');
  expect(findings.map(({ ruleId }) => ruleId)).toContain('ARC-006');
});

test('an archive without anything behind it is not blamed for that', async () => {
  const { findings } = await scanBytes('model.7z', FUZZ_SEEDS['archive.7z']!());
  expect(findings.map(({ ruleId }) => ruleId)).not.toContain('ARC-006');
});
