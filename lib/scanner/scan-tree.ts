import { assembleReport, type ReportFacts } from './assemble-report';
import { findFiles, type FoundFile } from './file-walk';
import { withIdentity } from './identity';
import type { Policy } from './policy';
import type { ScanReport } from './report';
import { type ArtifactResult, scanFile } from './scan-artifact';
import { createContentScanner } from './scan-content';
import { ScanContext } from './scan-context';

export interface ScanProgress {
  files: number;
  totalFiles: number;
  bytes: number;
  totalBytes: number;
  path: string;
}

/** Scans files in any order and reports each result once. */
export type ScanAll = (files: readonly FoundFile[], onDone: (result: ArtifactResult) => void) => Promise<void>;

export interface ScanTreeOptions extends ReportFacts {
  paths: readonly string[];
  /** Paths in the report are relative to it. */
  root: string;
  wantsDigests?: boolean;
  /** Only these files, relative to the root. */
  only?: ReadonlySet<string>;
  onProgress?: (progress: ScanProgress) => void;
  /** May answer a way to scan the files in several processes; otherwise they are scanned one after the other. */
  choosePool?: (files: readonly FoundFile[]) => ScanAll | undefined;
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
  const results = withIdentity(walk.files, await scanFiles(walk.files, options), policy);
  results.push(...walk.unreadable.map(({ path, reason }) => unreadable(path, reason, policy)));
  const isEmpty = results.length === 0 && walk.skipped === 0 && options.only === undefined;
  if (isEmpty)
    results.push(
      ...options.paths.map((path) => unreadable(path.slice(-1024) || '.', 'There is no file in it to scan', policy)),
    );
  return assembleReport(results, {
    ...options,
    startedAt,
    durationMs: performance.now() - clock,
    skipped: walk.skipped,
    ignored: walk.ignored,
  });
}

function unreadable(path: string, reason: string, { limits }: Policy): ArtifactResult {
  const context = ScanContext.forArtifact({ path, size: 0, limits });
  context.reportUnreadable(reason);
  return { path, size: 0, format: context.format, findings: context.findings, isIncomplete: true };
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
  const scanAll = options.choosePool?.(files);
  if (scanAll !== undefined) {
    await scanAll(files, onDone);
    return results;
  }
  const { policy, wantsDigests = false } = options;
  const settings = { scanContent: createContentScanner(policy), limits: policy.limits, wantsDigest: wantsDigests };
  for (const { absolutePath, path } of files) onDone(await scanFile(absolutePath, path, settings));
  return results;
}
