import { Worker } from 'node:worker_threads';
import { locateTypstThread } from './locate';

/** Longer than any report measured here by two orders; a template that loops must not hold a request for ever. */
const RENDER_TIMEOUT_MS = 60_000;

type Answer = { id: number; pdf: Uint8Array } | { id: number; error: string };
type Waiting = { resolve: (pdf: Uint8Array) => void; reject: (reason: Error) => void; timer: NodeJS.Timeout };

let thread: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/**
 * Sets `data` with a Typst template and returns a tagged PDF. Same template and data give the same bytes.
 *
 * Runs in one warm thread per process, so the caller's event loop stays free; calls queue behind each other. The
 * thread starts with the first call and lets the process end when nothing is waiting.
 *
 * @param template file name in `templates/` without `.typ`
 * @param data anything JSON can carry; the template reads it from `sys.inputs.data`, text in it is never markup
 * @throws Error with Typst's own diagnostics when the template does not compile, or when it exceeds 60 s
 */
export function renderPdf(template: string, data: unknown): Promise<Uint8Array> {
  const worker = (thread ??= startThread());
  const id = ++lastId;
  worker.ref();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => abandon(worker, new Error(`Template ${template} took too long`)), RENDER_TIMEOUT_MS);
    waiting.set(id, { resolve, reject, timer });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage({ id, template, data: JSON.stringify(data) });
  });
}

function startThread(): Worker {
  // The parent's flags (conditions, loaders) are for bundled TypeScript; the thread is plain JavaScript.
  const worker = new Worker(locateTypstThread(), { execArgv: [], env: {} });
  worker.on('message', (answer: Answer) => settle(worker, answer));
  worker.on('error', (error) => abandon(worker, error));
  worker.on('exit', (code) => abandon(worker, new Error(`The PDF thread ended with code ${code}`)));
  return worker;
}

function settle(worker: Worker, answer: Answer): void {
  const job = waiting.get(answer.id);
  if (!job) return;
  waiting.delete(answer.id);
  clearTimeout(job.timer);
  if (waiting.size === 0) worker.unref();
  if ('error' in answer) job.reject(new Error(answer.error));
  else job.resolve(answer.pdf);
}

/** Everything still waiting fails, and the next call starts afresh: a broken compiler is never used twice. */
function abandon(worker: Worker, reason: Error): void {
  if (thread !== worker) return;
  thread = undefined;
  const jobs = [...waiting.values()];
  waiting.clear();
  for (const job of jobs) {
    clearTimeout(job.timer);
    job.reject(reason);
  }
  void worker.terminate();
}
