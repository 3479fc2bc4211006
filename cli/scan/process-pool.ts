import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FoundFile } from '@/lib/scanner/file-walk';
import type { Policy } from '@/lib/scanner/policy';
import { type ArtifactResult, scanFile } from '@/lib/scanner/scan-artifact';
import { createContentScanner } from '@/lib/scanner/scan-content';
import { ScanContext } from '@/lib/scanner/scan-context';
import type { ScanAll } from '@/lib/scanner/scan-tree';

export interface ProcessPoolOptions {
  policy: Policy;
  wantsDigest: boolean;
  jobs: number;
  /** Most memory of one process's objects, MiB. */
  heapMiB: number;
}

/** Tells the bundle that it was started to serve a pool. */
const SERVES = 'HEPTAD_SCAN_SERVES';

/** A file watches its own time; this much longer, and whoever reads it does not answer any more. */
const GRACE_MS = 15_000;

/** Scans files in several processes, the largest first. Undefined where this file is not a bundle a process could run. */
export function createProcessPool(options: ProcessPoolOptions): ScanAll | undefined {
  if (!import.meta.url.endsWith('.mjs')) return undefined;
  return async (files, onDone) => {
    const waiting = files.toSorted((a, b) => a.size - b.size);
    const count = Math.min(options.jobs, waiting.length);
    await Promise.all(Array.from({ length: count }, () => runProcess(waiting, options, onDone)));
  };
}

/**
 * A file that its process dies of, out of memory above all, is reported as a limit; another process goes on with the
 * rest. A thread would not do: what a parser of the runtime takes beyond the limit ends all threads and the report.
 */
async function runProcess(
  waiting: FoundFile[],
  options: ProcessPoolOptions,
  onDone: (result: ArtifactResult) => void,
): Promise<void> {
  while (waiting.length > 0) {
    const lost = await serveFrom(waiting, options, onDone);
    if (lost !== undefined) onDone(unfinished(lost, options));
  }
}

/** Answers the file the process died of; undefined when all are done. */
function serveFrom(
  waiting: FoundFile[],
  options: ProcessPoolOptions,
  onDone: (result: ArtifactResult) => void,
): Promise<FoundFile | undefined> {
  const child = fork(fileURLToPath(import.meta.url), {
    execArgv: [`--max-old-space-size=${options.heapMiB}`],
    env: { ...process.env, [SERVES]: '1' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise<FoundFile | undefined>((resolve, reject) => {
    let current: FoundFile | undefined;
    let watchdog: NodeJS.Timeout | undefined;
    const next = (): void => {
      clearTimeout(watchdog);
      current = waiting.pop();
      if (current === undefined) {
        // One that ended by itself a moment ago has no channel left to close.
        if (child.connected) child.disconnect();
        return;
      }
      watchdog = setTimeout(() => child.kill('SIGKILL'), options.policy.limits.artifactMs + GRACE_MS);
      // Writing to a process that has just died fails; its end is what counts.
      child.send(current, () => undefined);
    };
    child.on('message', (result: ArtifactResult) => {
      onDone(result);
      next();
    });
    child.once('error', reject);
    child.once('exit', () => {
      clearTimeout(watchdog);
      resolve(current);
    });
    child.send(options, () => undefined);
    next();
  });
}

function unfinished({ path, size }: FoundFile, { policy, heapMiB }: ProcessPoolOptions): ArtifactResult {
  const context = ScanContext.forArtifact({ path, size, limits: policy.limits });
  context.reportLimit(`The memory of ${heapMiB} MiB or the time does not suffice`);
  return { path, size, format: context.format, findings: context.findings, isIncomplete: true };
}

/** True when this process serves a pool; it must then do nothing else. */
export function serveAsProcess(): boolean {
  if (process.env[SERVES] !== '1' || process.send === undefined) return false;
  process.once('message', ({ policy, wantsDigest }: ProcessPoolOptions) => {
    const settings = { scanContent: createContentScanner(policy), limits: policy.limits, wantsDigest };
    process.on('message', (file: FoundFile) => {
      void scanFile(file.absolutePath, file.path, settings).then((result) => process.send!(result));
    });
  });
  return true;
}
