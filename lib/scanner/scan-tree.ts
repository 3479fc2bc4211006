import { createHash, randomBytes } from 'node:crypto';
import { findFiles, type FoundFile } from './file-walk';
import type { Policy } from './policy';
import { judge, type ScanReport } from './report';
import { type ArtifactResult, scanFile } from './scan-artifact';
import { createContentScanner } from './scan-content';
import { ENGINE_VERSION } from './version';

export interface ScanProgress {
  files: number;
  totalFiles: number;
  bytes: number;
  totalBytes: number;
  path: string;
}

/** Scans files in any order and reports each result once. */
export type ScanAll = (files: readonly FoundFile[], onDone: (result: ArtifactResult) => void) => Promise<void>;

export interface ScanTreeOptions {
  paths: readonly string[];
  /** Paths in the report are relative to it. */
  root: string;
  policy: Policy;
  policySource: ScanReport['policy']['source'];
  downgradeAttempts?: readonly string[];
  wantsDigests?: boolean;
  baseline?: ReadonlySet<string>;
  /** Only these files, relative to the root. */
  only?: ReadonlySet<string>;
  repo?: ScanReport['repo'];
  ci?: ScanReport['ci'];
  cliDigest?: string;
  onProgress?: (progress: ScanProgress) => void;
  /** May answer a way to scan the files in several threads; otherwise they are scanned one after the other. */
  chooseThreads?: (files: readonly FoundFile[]) => ScanAll | undefined;
  now?: () => Date;
}

export class MissingPathError extends Error {
  constructor(readonly paths: readonly string[]) {
    super(`No such file or folder: ${paths.join(', ')}`);
  }
}

/** Scans files and folders and answers the report. Throws MissingPathError when a named path does not exist. */
export async function scanTree(options: ScanTreeOptions): Promise<ScanReport> {
  const { policy, now = () => new Date() } = options;
  const startedAt = now();
  const clock = performance.now();
  const walk = findFiles(options.paths, { root: options.root, ignorePaths: policy.ignorePaths, only: options.only });
  if (walk.missing.length > 0) throw new MissingPathError(walk.missing);
  const results = await scanFiles(walk.files, options);
  results.sort((a, b) => (a.path < b.path ? -1 : 1));
  const { findings, verdict } = judge(results, { policy, now: startedAt.getTime(), baseline: options.baseline });
  return {
    schemaVersion: 1,
    scanId: ulid(startedAt.getTime()),
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - clock),
    cli: { version: ENGINE_VERSION, ...(options.cliDigest === undefined ? {} : { sha256: options.cliDigest }) },
    policy: {
      id: policy.id,
      version: policy.version,
      digest: createHash('sha256').update(JSON.stringify(policy)).digest('hex'),
      source: options.policySource,
      failOnSeverity: policy.failOnSeverity,
      downgradeAttempts: [...(options.downgradeAttempts ?? [])],
    },
    ...(options.repo === undefined ? {} : { repo: options.repo }),
    ...(options.ci === undefined ? {} : { ci: options.ci }),
    totals: {
      files: results.length,
      bytes: results.reduce((sum, { size }) => sum + size, 0),
      skipped: walk.skipped,
      incomplete: results.filter(({ isIncomplete }) => isIncomplete).length,
      findings: findings.length,
      suppressed: findings.filter(({ suppressed }) => suppressed !== undefined).length,
    },
    artifacts: results.map(({ path, size, format, sha256, isIncomplete }) => ({
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

async function scanFiles(files: readonly FoundFile[], options: ScanTreeOptions): Promise<ArtifactResult[]> {
  const results: ArtifactResult[] = [];
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  const onDone = (result: ArtifactResult): void => {
    results.push(result);
    bytes += result.size;
    options.onProgress?.({ files: results.length, totalFiles: files.length, bytes, totalBytes, path: result.path });
  };
  const scanAll = options.chooseThreads?.(files);
  if (scanAll !== undefined) {
    await scanAll(files, onDone);
    return results;
  }
  const { policy, wantsDigests = false } = options;
  const settings = { scanContent: createContentScanner(policy), limits: policy.limits, wantsDigest: wantsDigests };
  for (const { absolutePath, path } of files) onDone(await scanFile(absolutePath, path, settings));
  return results;
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 48 bits of time, 80 random bits, in Crockford's base 32. */
function ulid(time: number): string {
  let head = '';
  for (let left = time, n = 0; n < 10; n += 1, left = Math.floor(left / 32)) head = CROCKFORD[left % 32]! + head;
  return head + Array.from(randomBytes(16), (byte) => CROCKFORD[byte % 32]!).join('');
}
