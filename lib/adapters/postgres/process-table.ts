import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the operating system says about one living process. */
export type ProcessFacts = {
  /** Program and arguments, separated by spaces. */
  readonly command: string;
  /** Differs between two processes that had the same number one after the other. */
  readonly identity: string;
};

/** Tells whether a process with this number exists and is not merely waiting to be reaped. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!signal(pid, 0)) return false;
  if (process.platform !== 'linux') return true;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && afterName(stat)[0] !== 'Z';
}

/** Looks a process up by its number; `undefined` when there is none. */
export async function inspectProcess(pid: number): Promise<ProcessFacts | undefined> {
  if (!(await isAlive(pid))) return undefined;
  if (process.platform === 'linux') return inspectLinux(pid);
  if (process.platform === 'win32') return inspectWindows(pid);
  const { stdout } = await run('ps', ['-o', 'lstart=,command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  // `lstart` is always five words: "Mon Nov 23 03:15:00 2026".
  const words = stdout.trim().split(/\s+/);
  return words.length > 5 ? { identity: words.slice(0, 5).join(' '), command: words.slice(5).join(' ') } : undefined;
}

/** Sends a signal; false when there is no such process (any more). */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return true;
    throw error;
  }
}

async function inspectLinux(pid: number): Promise<ProcessFacts | undefined> {
  try {
    const [stat, command] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    // Field 22 of stat counts clock ticks since boot; the boot id tells two boots apart.
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
    return { command: command.replaceAll('\0', ' ').trim(), identity: `${boot.trim()}:${afterName(stat)[19] ?? ''}` };
  } catch {
    return undefined;
  }
}

async function inspectWindows(pid: number): Promise<ProcessFacts | undefined> {
  const script = `$p = Get-Process -Id ${pid}; "$($p.StartTime.Ticks) $($p.Path)"`;
  const { stdout } = await run('powershell', ['-NoProfile', '-Command', script]).catch(() => ({ stdout: '' }));
  const [identity = '', ...command] = stdout.trim().split(' ');
  return identity === '' ? undefined : { identity, command: command.join(' ') };
}

/** The fields after the program name, which itself may hold spaces and brackets. */
function afterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
