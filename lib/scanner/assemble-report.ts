import { createHash, randomBytes } from 'node:crypto';
import type { Policy } from './policy';
import { judge, type ScanReport } from './report';
import type { ArtifactResult } from './scan-artifact';
import { ENGINE_VERSION } from './version';

/** What a report says beside its results. */
export interface ReportFacts {
  policy: Policy;
  policySource: ScanReport['policy']['source'];
  downgradeAttempts?: readonly string[];
  weakenings?: readonly string[];
  /** Fingerprints that were there before. */
  baseline?: ReadonlySet<string>;
  repo?: ScanReport['repo'];
  ci?: ScanReport['ci'];
  cliDigest?: string;
}

export interface ReportRun extends ReportFacts {
  startedAt: Date;
  durationMs: number;
  /** Files and folders that were left out. */
  skipped: number;
  /** Those that the ignore file leaves out. */
  ignored?: number;
}

/** Judges results and makes the report; results may come in any order. */
export function assembleReport(results: readonly ArtifactResult[], run: ReportRun): ScanReport {
  const { policy, startedAt, durationMs, skipped } = run;
  const sorted = results.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const { findings, verdict } = judge(sorted, { policy, now: startedAt.getTime(), baseline: run.baseline });
  return {
    schemaVersion: 1,
    scanId: ulid(startedAt.getTime()),
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(durationMs),
    cli: { version: ENGINE_VERSION, ...(run.cliDigest === undefined ? {} : { sha256: run.cliDigest }) },
    policy: {
      id: policy.id,
      version: policy.version,
      digest: createHash('sha256').update(JSON.stringify(policy)).digest('hex'),
      source: run.policySource,
      failOnSeverity: policy.failOnSeverity,
      downgradeAttempts: [...(run.downgradeAttempts ?? [])],
      weakenings: [...(run.weakenings ?? [])],
    },
    ...(run.repo === undefined ? {} : { repo: run.repo }),
    ...(run.ci === undefined ? {} : { ci: run.ci }),
    totals: {
      files: sorted.length,
      bytes: sorted.reduce((sum, { size }) => sum + size, 0),
      skipped,
      ignored: run.ignored ?? 0,
      incomplete: sorted.filter(({ isIncomplete }) => isIncomplete).length,
      findings: findings.length,
      suppressed: findings.filter(({ suppressed }) => suppressed !== undefined).length,
    },
    artifacts: sorted.map(({ path, size, format, sha256, isIncomplete }) => ({
      path,
      size,
      format,
      ...(sha256 === undefined ? {} : { sha256 }),
      isIncomplete,
    })),
    findings,
    verdict,
  };
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 48 bits of time, 80 random bits, in Crockford's base 32. */
function ulid(time: number): string {
  let head = '';
  for (let left = time, n = 0; n < 10; n += 1, left = Math.floor(left / 32)) head = CROCKFORD[left % 32]! + head;
  return head + Array.from(randomBytes(16), (byte) => CROCKFORD[byte % 32]!).join('');
}
