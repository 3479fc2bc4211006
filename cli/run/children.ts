import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '@/db/project-root';

/** A child that lives shorter than this did not start; waiting grows so that a broken one does not spin. */
const STARTED_MS = 10_000;
const LONGEST_WAIT_MS = 15_000;
const GRACE_MS = 10_000;

export type KeptChild = { stop: () => Promise<void> };

/** Runs a process and starts it again whenever it dies, until it is stopped. */
export function keepRunning(
  name: string,
  parameters: readonly string[],
  report: (line: string) => void,
  env: Record<string, string> = {},
): KeptChild {
  let child: ChildProcess | undefined;
  const stopping = { asked: false };
  let wait = 250;
  const done = (async () => {
    while (!stopping.asked) {
      const startedAt = Date.now();
      child = spawn(process.execPath, [...parameters], {
        cwd: projectRoot(),
        env: { ...process.env, NODE_ENV: 'production', ...env },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      const ended = await new Promise<string>((resolve) => {
        child!.on('error', (error) => resolve(error.message));
        child!.on('close', (code, signal) => resolve(signal ?? `code ${code}`));
      });
      if (stopping.asked) return;
      wait = Date.now() - startedAt > STARTED_MS ? 250 : Math.min(wait * 2, LONGEST_WAIT_MS);
      report(`The ${name} process ended (${ended}) and is started again.`);
      await sleep(wait);
    }
  })();
  return {
    async stop() {
      stopping.asked = true;
      child?.kill('SIGTERM');
      const isDone = await Promise.race([done.then(() => true), sleep(GRACE_MS, false)]);
      if (!isDone) child?.kill('SIGKILL');
    },
  };
}
