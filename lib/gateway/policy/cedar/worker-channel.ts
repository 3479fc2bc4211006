import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { WORKER_SOURCE } from './worker-source';

/** A function of cedar-wasm by name, followed by its arguments. */
export type CedarCall = readonly [method: string, ...args: unknown[]];

export type CedarCallResult = { readonly value: unknown } | { readonly thrown: string };

/** The Cedar thread stopped, hung or trapped; the next call starts a new one. */
export class CedarUnavailable extends Error {
  override readonly name = 'CedarUnavailable';
}

export interface WorkerChannelOptions {
  /** Where the package's `nodejs` entry is; by default found from this file, or from the bundle it is in. */
  readonly modulePath?: string;
  /** Longest wait for one batch of calls, in milliseconds; then the thread is ended. Default 60,000. */
  readonly timeoutMs?: number;
}

interface Pending {
  readonly resolve: (results: CedarCallResult[]) => void;
  readonly reject: (reason: CedarUnavailable) => void;
  readonly timer: NodeJS.Timeout;
}

interface Reply {
  readonly id: number;
  readonly results: CedarCallResult[];
  readonly hasTrapped: boolean;
}

/**
 * Calls into cedar-wasm in a thread of its own, because a trap, an endless computation or a few megabytes of
 * policy text must not reach the thread that decides. Batches are answered in order.
 */
export class WorkerChannel {
  readonly #options: Required<WorkerChannelOptions>;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #nextId = 0;

  constructor({ modulePath = defaultModulePath(), timeoutMs = 60_000 }: WorkerChannelOptions = {}) {
    this.#options = { modulePath, timeoutMs };
  }

  /** Runs the calls one after another in one message; rejects with `CedarUnavailable`. */
  async call(calls: readonly CedarCall[]): Promise<CedarCallResult[]> {
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => void this.#stop(worker, `no answer in ${this.#options.timeoutMs} ms`),
        this.#options.timeoutMs,
      );
      this.#pending.set(id, { resolve, reject, timer });
      worker.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage({ id, calls });
    });
  }

  /** Ends the thread; calls still open reject. */
  async close(): Promise<void> {
    if (this.#worker) await this.#stop(this.#worker, 'closed');
  }

  #start(): Worker {
    const worker = new Worker(WORKER_SOURCE, { eval: true, workerData: { modulePath: this.#options.modulePath } });
    worker.unref();
    worker.on('message', (reply: Reply) => this.#settle(worker, reply));
    worker.on('error', (error) => void this.#stop(worker, error.message));
    worker.on('exit', () => void this.#stop(worker, 'the thread ended'));
    return worker;
  }

  #settle(worker: Worker, { id, results, hasTrapped }: Reply): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (this.#pending.size === 0) worker.unref();
    clearTimeout(pending?.timer);
    pending?.resolve(results);
    if (hasTrapped) void this.#stop(worker, 'WebAssembly trapped');
  }

  async #stop(worker: Worker, reason: string): Promise<void> {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new CedarUnavailable(`Cedar is unavailable: ${reason}`));
    }
    this.#pending.clear();
    await worker.terminate();
  }
}

function defaultModulePath(): string {
  return createRequire(import.meta.url).resolve('@cedar-policy/cedar-wasm/nodejs');
}
