import { Worker } from 'node:worker_threads';
import { locateTypstThread } from './locate';

/** Longer than any report measured here by two orders; a template that loops must not hold a request for ever. */
const RENDER_TIMEOUT_MS = 60_000;
/** Typst keeps what it has laid out and never lets go; above this the thread is replaced by a fresh one. */
const MOST_MEMORY_BYTES = 400 * 1024 * 1024;
/** A quiet process gives back the quarter of a gigabyte that a warm compiler holds. */
const IDLE_MS = 5 * 60_000;

type Answer = { pdf: Uint8Array; memoryBytes: number } | { error: string; isBroken: boolean };

let thread: Worker | undefined;
let idleTimer: NodeJS.Timeout | undefined;
let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * Sets `data` with a Typst template and returns a tagged PDF. Same template and data give the same bytes.
 *
 * Runs in one warm thread per process, so the caller's event loop stays free; calls take turns. The thread starts
 * with the first call and does not keep the process from ending.
 *
 * @param template file name in `templates/` without `.typ`
 * @param data anything JSON can carry; the template reads it from `sys.inputs.data`, text in it is never markup
 * @throws Error with Typst's own diagnostics when the template does not compile, or when it takes more than 60 s
 */
export function renderPdf(template: string, data: unknown): Promise<Uint8Array> {
  const message = { template, data: JSON.stringify(data) };
  const turn = lastTurn.then(() => takeTurn(message));
  lastTurn = turn.catch(() => undefined);
  return turn;
}

/**
 * Starts the thread if there is none, so that it gets ready while the caller still gathers what is to be printed. A
 * thread that then gets nothing to do goes by itself.
 */
export function expectPdf(): void {
  if (thread) return;
  const worker = (thread = startThread());
  worker.unref();
  idleTimer = setTimeout(() => retire(worker), IDLE_MS).unref();
}

async function takeTurn(message: object): Promise<Uint8Array> {
  const worker = (thread ??= startThread());
  worker.ref();
  clearTimeout(idleTimer);
  try {
    const answer = await ask(worker, message);
    if ('error' in answer) {
      if (answer.isBroken) retire(worker);
      throw new Error(answer.error);
    }
    if (answer.memoryBytes > MOST_MEMORY_BYTES) retire(worker);
    return answer.pdf;
  } finally {
    worker.unref();
    idleTimer = setTimeout(() => retire(worker), IDLE_MS).unref();
  }
}

function startThread(): Worker {
  // The parent's flags (conditions, loaders) are for bundled TypeScript; the thread is plain JavaScript.
  const worker = new Worker(locateTypstThread(), { execArgv: [], env: {} });
  worker.on('error', () => retire(worker));
  worker.on('exit', () => retire(worker));
  return worker;
}

function ask(worker: Worker, message: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (reason: Error) => {
      retire(worker);
      finish();
      reject(reason);
    };
    const onMessage = (answer: Answer) => {
      finish();
      resolve(answer);
    };
    const onExit = (code: number) => fail(new Error(`The PDF thread ended with code ${code}`));
    const timer = setTimeout(() => fail(new Error('The PDF took too long')), RENDER_TIMEOUT_MS);
    const finish = () => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', fail).off('exit', onExit);
    };
    worker.on('message', onMessage).on('error', fail).on('exit', onExit);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(message);
  });
}

/** A thread that is broken or full is not used again; the next call starts a new one. */
function retire(worker: Worker): void {
  if (thread !== worker) return;
  thread = undefined;
  void worker.terminate();
}
