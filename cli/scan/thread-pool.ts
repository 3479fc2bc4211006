import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { FoundFile } from '@/lib/scanner/file-walk';
import type { Policy } from '@/lib/scanner/policy';
import { type ArtifactResult, scanFile } from '@/lib/scanner/scan-artifact';
import { createContentScanner } from '@/lib/scanner/scan-content';
import { ScanContext } from '@/lib/scanner/scan-context';
import type { ScanAll } from '@/lib/scanner/scan-tree';

export interface ThreadPoolOptions {
  policy: Policy;
  wantsDigest: boolean;
  jobs: number;
  /** Most memory of one thread's objects, MiB. */
  heapMiB: number;
}

interface ThreadTask extends ThreadPoolOptions {
  kind: 'heptad-scan-thread';
}

/** Scans files in several threads, the largest first. Undefined where this file is not a bundle a thread could load. */
export function createThreadPool(options: ThreadPoolOptions): ScanAll | undefined {
  if (!import.meta.url.endsWith('.mjs')) return undefined;
  return async (files, onDone) => {
    const waiting = files.toSorted((a, b) => a.size - b.size);
    const count = Math.min(options.jobs, waiting.length);
    await Promise.all(Array.from({ length: count }, () => runThread(waiting, options, onDone)));
  };
}

/** A file that its thread dies of (out of memory) is reported as a limit; another thread goes on with the rest. */
async function runThread(
  waiting: FoundFile[],
  options: ThreadPoolOptions,
  onDone: (result: ArtifactResult) => void,
): Promise<void> {
  while (waiting.length > 0) {
    const lost = await serveFrom(waiting, options, onDone);
    if (lost !== undefined) onDone(outOfMemory(lost, options));
  }
}

/** Answers the file the thread died of; undefined when all are done. Rejects when it died before it had a file. */
async function serveFrom(
  waiting: FoundFile[],
  options: ThreadPoolOptions,
  onDone: (result: ArtifactResult) => void,
): Promise<FoundFile | undefined> {
  const task: ThreadTask = { kind: 'heptad-scan-thread', ...options };
  const worker = new Worker(new URL(import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: options.heapMiB },
  });
  return await new Promise<FoundFile | undefined>((resolve, reject) => {
    let current: FoundFile | undefined;
    const next = (): void => {
      current = waiting.pop();
      if (current === undefined) void worker.terminate().then(() => resolve(undefined), reject);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      else worker.postMessage(current);
    };
    worker.on('message', (result: ArtifactResult) => {
      onDone(result);
      next();
    });
    worker.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY' && current !== undefined) resolve(current);
      else reject(error);
    });
    next();
  });
}

function outOfMemory({ path, size }: FoundFile, { policy, heapMiB }: ThreadPoolOptions): ArtifactResult {
  const context = ScanContext.forArtifact({ path, size, limits: policy.limits });
  context.reportLimit(`The memory of ${heapMiB} MiB does not suffice`);
  return { path, size, format: context.format, findings: context.findings, isIncomplete: true };
}

/** True when this process is such a thread; it then serves its pool and must do nothing else. */
export function serveAsThread(): boolean {
  const task = workerData as ThreadTask | null;
  if (isMainThread || parentPort === null || task?.kind !== 'heptad-scan-thread') return false;
  const port = parentPort;
  const { policy, wantsDigest } = task;
  const settings = { scanContent: createContentScanner(policy), limits: policy.limits, wantsDigest };
  port.on('message', (file: FoundFile) => {
    void scanFile(file.absolutePath, file.path, settings).then((result) => port.postMessage(result));
  });
  return true;
}
