import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './place';
import type { Postmaster } from './postmaster-file';
import { isAlive } from './process-table';
import { launchServer } from './server';

const LOOK_EVERY_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

export type Supervisor = { end(): Promise<void> };

/**
 * Watches the server process and starts it again, on the same port, when it is gone. It looks instead of waiting
 * for an exit event because a server taken over from an earlier Heptad is not a child of this process.
 */
export function supervise(
  place: Place,
  first: Postmaster,
  durable: boolean,
  report: (message: string) => void,
): Supervisor {
  const ending = new AbortController();
  const watching = watch();
  return {
    end: async () => {
      ending.abort();
      await watching;
    },
  };

  async function watch(): Promise<void> {
    let { pid } = first;
    while (await pause(LOOK_EVERY_MS)) {
      if (await isAlive(pid)) continue;
      report('The database server is gone; starting it again.');
      pid = (await restart())?.pid ?? pid;
    }
  }

  async function restart(): Promise<Postmaster | undefined> {
    let pauseMs = LOOK_EVERY_MS;
    do {
      try {
        const postmaster = await launchServer(place, first.port, durable);
        report('The database server is back.');
        return postmaster;
      } catch (error) {
        // Sessions of the dead server may hold its memory for a moment longer; the next try finds it free.
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
        if (pauseMs > 1_000) report((error as Error).message);
      }
    } while (await pause(pauseMs));
    return undefined;
  }

  async function pause(milliseconds: number): Promise<boolean> {
    // The timer must not keep a command alive that is otherwise done.
    await sleep(milliseconds, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
    return !ending.signal.aborted;
  }
}
