import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { FoundFile } from '@/lib/scanner/file-walk';
import type { Policy } from '@/lib/scanner/policy';
import { type ArtifactResult, scanFile } from '@/lib/scanner/scan-artifact';
import { createContentScanner } from '@/lib/scanner/scan-content';
import type { ScanAll } from '@/lib/scanner/scan-tree';

export interface ThreadPoolOptions {
  policy: Policy;
  wantsDigest: boolean;
  jobs: number;
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

/** A file whose thread dies (out of memory) is reported as unreadable by the next thread's caller. */
async function runThread(
  waiting: FoundFile[],
  options: ThreadPoolOptions,
  onDone: (result: ArtifactResult) => void,
): Promise<void> {
  const task: ThreadTask = { kind: 'heptad-scan-thread', ...options };
  const worker = new Worker(new URL(import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  await new Promise<void>((resolve, reject) => {
    const next = (): void => {
      const file = waiting.pop();
      if (file === undefined) void worker.terminate().then(() => resolve(), reject);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      else worker.postMessage(file);
    };
    worker.on('message', (result: ArtifactResult) => {
      onDone(result);
      next();
    });
    worker.once('error', reject);
    next();
  });
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
