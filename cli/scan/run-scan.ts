import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import type { OutputFormat } from '@/lib/scanner/output/format-names';
import { FILE_NAMES, formatOfFile, renderReport } from '@/lib/scanner/output/formats';
import type { Policy } from '@/lib/scanner/policy';
import { describeWeakenings, type ScanReport } from '@/lib/scanner/report';
import { MissingPathError, type ScanAll, type ScanProgress, scanTree } from '@/lib/scanner/scan-tree';
import type { Severity } from '@/lib/scanner/severity';
import { changedSince, describeCi, describeRepository } from './git';
import { EXIT_INTERNAL, EXIT_OF, EXIT_POLICY, EXIT_USAGE } from './exit-codes';
import { createProcessPool } from './process-pool';
import { PolicyError, resolvePolicy, type ResolvedPolicy } from './resolve-policy';

export interface ScanOptions {
  format: OutputFormat;
  output: string[];
  failOn?: Severity;
  jobs?: number;
  baseline?: string;
  since?: string;
  policy?: string;
  maxFileMs?: number;
  /** MiB. */
  maxMem?: number;
}

/** Below this, starting processes takes longer than the scan. */
const MIN_BYTES_FOR_POOL = 64 << 20;
const MIN_FILES_FOR_POOL = 4_000;
/** Heap of one process, and the least that is worth one. */
const PROCESS_MIB = 1024;
const MIN_PROCESS_MIB = 128;

/** Runs `heptad scan` and answers its exit code; prints to standard output and error. */
export async function runScan(paths: readonly string[], options: ScanOptions): Promise<number> {
  const root = process.cwd();
  let resolved: ResolvedPolicy;
  try {
    resolved = await resolvePolicy({ root, file: options.policy, failOn: options.failOn });
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    console.error(error.message);
    return EXIT_POLICY;
  }
  for (const field of resolved.downgradeAttempts)
    console.error(`The local policy may not weaken ${field}; it was left as it is.`);
  const formats = [options.format, ...options.output.map(formatOfFile)];
  const nameless = options.output.find((file) => formatOfFile(file) === undefined);
  if (nameless !== undefined) {
    console.error(`${nameless} does not tell a format: ${FILE_NAMES}.`);
    return EXIT_USAGE;
  }
  const only = options.since === undefined ? undefined : await changedSince(root, options.since);
  const baseline = options.baseline === undefined ? undefined : await readBaseline(options.baseline);
  if (only === null || baseline === null) return EXIT_USAGE;
  try {
    const report = await scan(paths, root, resolved, options, {
      only,
      baseline,
      wantsDigests: formats.includes('cyclonedx'),
    });
    const isWritten = writeReports(report, options);
    return isWritten || report.verdict === 'fail' ? EXIT_OF[report.verdict] : EXIT_INTERNAL;
  } catch (error) {
    if (!(error instanceof MissingPathError)) throw error;
    console.error(error.message);
    return EXIT_USAGE;
  }
}

/** Runs `heptad scan sbom`: the bill of materials of what a scan sees, whatever it finds. Answers the exit code. */
export async function printSbom(
  paths: readonly string[],
  { output, policy: file }: { output?: string; policy?: string },
): Promise<number> {
  const root = process.cwd();
  try {
    const resolved = await resolvePolicy({ root, file });
    const selection = { only: undefined, baseline: undefined, wantsDigests: true };
    const report = await scan(paths, root, resolved, { format: 'cyclonedx', output: [] }, selection);
    const bom = renderReport(report, 'cyclonedx');
    if (output === undefined) process.stdout.write(bom);
    else writeFileSync(output, bom);
    return report.totals.incomplete > 0 ? EXIT_OF.incomplete : EXIT_OF.pass;
  } catch (error) {
    if (!(error instanceof PolicyError || error instanceof MissingPathError)) throw error;
    console.error(error.message);
    return error instanceof PolicyError ? EXIT_POLICY : EXIT_USAGE;
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
  { policy, source, downgradeAttempts, weakenings }: ResolvedPolicy,
  options: ScanOptions,
  selection: Selection,
): Promise<ScanReport> {
  const progress = process.stderr.isTTY ? showProgress : undefined;
  const limited = withLimits(policy, options);
  const report = await scanTree({
    paths,
    root,
    policy: limited,
    policySource: source,
    downgradeAttempts,
    weakenings,
    repo: await (wantsRepository(options) ? describeRepository(root) : undefined),
    ci: describeCi(process.env),
    onProgress: progress,
    ...selection,
    choosePool: (files) => choosePool(files, limited, options, selection.wantsDigests),
  });
  if (progress !== undefined) process.stderr.write('\r\u001B[K');
  tellWeakenings(report, options.since);
  return report;
}

function tellWeakenings(report: ScanReport, since: string | undefined): void {
  for (const sentence of describeWeakenings(report)) console.error(sentence);
  const { files, skipped } = report.totals;
  if (files > 0) return;
  const reason =
    since === undefined ? `everything is left out, ${skipped} files and folders` : `nothing changed since ${since}`;
  console.error(`Nothing was scanned: ${reason}.`);
}

/** With a memory limit even one file is scanned in a process of its own: it can run out of memory without taking the report along. */
function choosePool(
  files: readonly { size: number }[],
  policy: Policy,
  { jobs = availableParallelism(), maxMem }: ScanOptions,
  wantsDigest: boolean,
): ScanAll | undefined {
  if (maxMem !== undefined) {
    const processes = Math.min(jobs, Math.max(1, Math.floor(maxMem / MIN_PROCESS_MIB)));
    return createProcessPool({ policy, wantsDigest, jobs: processes, heapMiB: Math.floor(maxMem / processes) });
  }
  if (jobs < 2 || files.length < 2 || !isLarge(files)) return undefined;
  return createProcessPool({ policy, wantsDigest, jobs, heapMiB: PROCESS_MIB });
}

/** The table does not show it. */
const wantsRepository = ({ format, output }: ScanOptions): boolean => format !== 'table' || output.length > 0;

const isLarge = (files: readonly { size: number }[]): boolean =>
  files.length >= MIN_FILES_FOR_POOL || files.reduce((sum, { size }) => sum + size, 0) >= MIN_BYTES_FOR_POOL;

/** A document takes up to eight times its size once it is read; larger ones are only read as text, which is told. */
function withLimits(policy: Policy, { maxFileMs, maxMem }: ScanOptions): Policy {
  const documentBytes =
    maxMem === undefined ? policy.limits.documentBytes : Math.min(policy.limits.documentBytes, (maxMem << 20) / 8);
  return { ...policy, limits: { ...policy.limits, artifactMs: maxFileMs ?? policy.limits.artifactMs, documentBytes } };
}

/** False when a file could not be written, which is told and must not hide a violation. */
function writeReports(report: ScanReport, { format, output }: ScanOptions): boolean {
  const hasColour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  process.stdout.write(renderReport(report, format, hasColour));
  let isWritten = true;
  for (const file of output) {
    try {
      writeFileSync(file, renderReport(report, formatOfFile(file) ?? 'json'));
    } catch (error) {
      console.error(`The report cannot be written: ${(error as Error).message}`);
      isWritten = false;
    }
  }
  return isWritten;
}

/** A baseline is an earlier JSON report; null when it cannot be used, which is told. */
async function readBaseline(file: string): Promise<ReadonlySet<string> | null> {
  const { reportSchema } = await import('@/lib/scanner/report-schema');
  try {
    const report = reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return new Set(report.findings.map(({ fingerprint }) => fingerprint));
  } catch (error) {
    console.error(
      `The baseline ${relative(process.cwd(), resolve(file))} is no scan report: ${printable((error as Error).message.slice(0, 200))}`,
    );
    return null;
  }
}

let lastShown = 0;

/** Messages quote what they could not read, which may hold control characters that would change the terminal. */
const printable = (text: string): string => text.replaceAll(/\p{C}/gu, '?');

function showProgress({ files, totalFiles, bytes, totalBytes, path }: ScanProgress): void {
  const now = Date.now();
  if (now - lastShown < 100) return;
  lastShown = now;
  const percent = totalBytes === 0 ? 100 : Math.floor((bytes / totalBytes) * 100);
  const name = printable(path).slice(-60);
  process.stderr.write(`\r\u001B[K${files}/${totalFiles} files, ${percent} %  ${name}`);
}
