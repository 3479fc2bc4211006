import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import type { OutputFormat } from '@/lib/scanner/output/format-names';
import { formatOfFile, renderReport } from '@/lib/scanner/output/formats';
import type { Policy } from '@/lib/scanner/policy';
import type { ScanReport, Verdict } from '@/lib/scanner/report';
import { MissingPathError, type ScanProgress, scanTree } from '@/lib/scanner/scan-tree';
import type { Severity } from '@/lib/scanner/severity';
import { changedSince, describeCi, describeRepository } from './git';
import { createThreadPool } from './thread-pool';
import { resolvePolicy, type ResolvedPolicy } from './resolve-policy';

export interface ScanOptions {
  format: OutputFormat;
  output: string[];
  failOn?: Severity;
  jobs?: number;
  baseline?: string;
  since?: string;
  policy?: string;
  maxFileMs?: number;
}

/** 1 wins over 2 and 3: a violation must never look like a technical problem. */
const EXIT: Readonly<Record<Verdict, number>> = { pass: 0, fail: 1, incomplete: 2 };
export const EXIT_INTERNAL = 2;
export const EXIT_POLICY = 3;
export const EXIT_USAGE = 4;

/** Below this, starting threads takes longer than the scan. */
const MIN_BYTES_FOR_THREADS = 64 << 20;
const MIN_FILES_FOR_THREADS = 4_000;

/** Runs `heptad scan` and answers its exit code; prints to standard output and error. */
export async function runScan(paths: readonly string[], options: ScanOptions): Promise<number> {
  const root = process.cwd();
  let resolved: ResolvedPolicy;
  try {
    resolved = await resolvePolicy({ root, file: options.policy, failOn: options.failOn });
  } catch (error) {
    console.error(`The policy cannot be used: ${error instanceof Error ? error.message : 'unknown'}`);
    return EXIT_POLICY;
  }
  for (const field of resolved.downgradeAttempts)
    console.error(`The local policy may not weaken ${field}; it was left as it is.`);
  const formats = [options.format, ...options.output.map((file) => formatOfFile(file) ?? 'json')];
  const only = options.since === undefined ? undefined : await changedSince(root, options.since);
  const baseline = options.baseline === undefined ? undefined : await readBaseline(options.baseline);
  if (only === null || baseline === null) return EXIT_USAGE;
  try {
    const report = await scan(paths, root, resolved, options, {
      only,
      baseline,
      wantsDigests: formats.includes('cyclonedx'),
    });
    writeReports(report, options);
    return EXIT[report.verdict];
  } catch (error) {
    if (!(error instanceof MissingPathError)) throw error;
    console.error(error.message);
    return EXIT_USAGE;
  }
}

interface Selection {
  only: ReadonlySet<string> | undefined;
  baseline: ReadonlySet<string> | undefined;
  wantsDigests: boolean;
}

async function scan(
  paths: readonly string[],
  root: string,
  { policy, source, downgradeAttempts }: ResolvedPolicy,
  options: ScanOptions,
  selection: Selection,
): Promise<ScanReport> {
  const progress = process.stderr.isTTY ? showProgress : undefined;
  const jobs = options.jobs ?? availableParallelism();
  const report = await scanTree({
    paths,
    root,
    policy: withTime(policy, options.maxFileMs),
    policySource: source,
    downgradeAttempts,
    repo: await (wantsRepository(options) ? describeRepository(root) : undefined),
    ci: describeCi(process.env),
    onProgress: progress,
    ...selection,
    chooseThreads: (files) =>
      jobs > 1 && files.length > 1 && isLarge(files)
        ? createThreadPool({ policy, wantsDigest: selection.wantsDigests, jobs })
        : undefined,
  });
  if (progress !== undefined) process.stderr.write('\r\u001B[K');
  return report;
}

/** The table does not show it. */
const wantsRepository = ({ format, output }: ScanOptions): boolean => format !== 'table' || output.length > 0;

const isLarge = (files: readonly { size: number }[]): boolean =>
  files.length >= MIN_FILES_FOR_THREADS || files.reduce((sum, { size }) => sum + size, 0) >= MIN_BYTES_FOR_THREADS;

const withTime = (policy: Policy, artifactMs: number | undefined): Policy =>
  artifactMs === undefined ? policy : { ...policy, limits: { ...policy.limits, artifactMs } };

function writeReports(report: ScanReport, { format, output }: ScanOptions): void {
  const hasColour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  process.stdout.write(renderReport(report, format, hasColour));
  for (const file of output) writeFileSync(file, renderReport(report, formatOfFile(file) ?? 'json'));
}

/** A baseline is an earlier JSON report; null when it cannot be used, which is told. */
async function readBaseline(file: string): Promise<ReadonlySet<string> | null> {
  const { reportSchema } = await import('@/lib/scanner/report-schema');
  try {
    const report = reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return new Set(report.findings.map(({ fingerprint }) => fingerprint));
  } catch (error) {
    console.error(
      `The baseline ${relative(process.cwd(), resolve(file))} is no scan report: ${(error as Error).message.slice(0, 200)}`,
    );
    return null;
  }
}

let lastShown = 0;

function showProgress({ files, totalFiles, bytes, totalBytes, path }: ScanProgress): void {
  const now = Date.now();
  if (now - lastShown < 100) return;
  lastShown = now;
  const percent = totalBytes === 0 ? 100 : Math.floor((bytes / totalBytes) * 100);
  const name = path.replaceAll(/\p{C}/gu, '?').slice(-60);
  process.stderr.write(`\r\u001B[K${files}/${totalFiles} files, ${percent} %  ${name}`);
}
