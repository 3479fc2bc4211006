import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '@/db/project-root';

/** A child that lives shorter than this did not start; waiting grows so that a broken one does not spin. */
const STARTED_MS = 10_000;
const LONGEST_WAIT_MS = 15_000;
const GRACE_MS = 10_000;

export type KeptChild = { stop: () => Promise<void> };

/** Runs a process and starts it again whenever it dies, until it is stopped or this process is gone. */
export function keepRunning(
  name: string,
  parameters: readonly string[],
  report: (line: string) => void,
  env: Record<string, string> = {},
): KeptChild {
  let child: ChildProcess | undefined;
  const stopping = new AbortController();
  let wait = 250;
  const done = (async () => {
    while (!stopping.signal.aborted) {
      const startedAt = Date.now();
      child = spawnFollower(parameters, env);
      const ended = await endOf(child);
      if (stopping.signal.aborted) return;
      wait = Date.now() - startedAt > STARTED_MS ? 250 : Math.min(wait * 2, LONGEST_WAIT_MS);
      report(`The ${name} process ended (${ended}) and is started again.`);
      await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      child?.kill('SIGTERM');
      const isDone = await Promise.race([done.then(() => true), sleep(GRACE_MS, false, { ref: false })]);
      if (isDone) return;
      child?.kill('SIGKILL');
      await done;
    },
  };
}

/** A child that notices by its closed channel when this process is killed. */
function spawnFollower(parameters: readonly string[], env: Record<string, string>): ChildProcess {
  const follow = pathToFileURL(path.join(projectRoot(), 'cli', 'boot', 'follow-parent.mjs')).href;
  return spawn(process.execPath, ['--import', follow, ...parameters], {
    cwd: projectRoot(),
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
}
