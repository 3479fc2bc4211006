import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { summary } from './fixtures/scan';
import { sparseZip64 } from './fixtures/sparse-zip';
import { DEFAULT_POLICY } from './policy';
import { scanTree } from './scan-tree';

test('a 100 GiB sparse checkpoint is judged in a moment, with the pickle behind its tensors', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heptad-sparse-'));
  try {
    sparseZip64(join(folder, 'model.pt'), 100 * 2 ** 30);
    const report = await scanTree({ paths: ['.'], root: folder, policy: DEFAULT_POLICY, policySource: 'unmanaged' });
    expect(summary(report)).toEqual(['ARC-003 MEDIUM', 'PKL-002 CRITICAL']);
    expect(report.durationMs).toBeLessThan(3_000);
    expect(report.totals.bytes).toBeGreaterThan(100 * 2 ** 30);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
