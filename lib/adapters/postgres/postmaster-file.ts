import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { inspectProcess } from './process-table';

/** What PostgreSQL writes about itself into `postmaster.pid`. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly isReady: boolean };

/** Reads `postmaster.pid`; `undefined` when it is missing or not yet complete. */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(fileOf(data), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port)) return undefined;
  return { pid, port, isReady: (lines[7] ?? '').startsWith('ready') };
}

/** Answers the running server of this data folder, if there is one. */
export async function findRunning(data: string): Promise<Postmaster | undefined> {
  const postmaster = await readPostmaster(data);
  return postmaster !== undefined && (await isServerOf(postmaster.pid, data)) ? postmaster : undefined;
}

/**
 * Removes a `postmaster.pid` whose process number now belongs to some other program, as happens when a
 * container restarts: PostgreSQL would refuse to start. It removes files of dead processes by itself, safely.
 */
export async function removeStaleFile(data: string): Promise<boolean> {
  const pid = Number((await readFile(fileOf(data), 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if ((await inspectProcess(pid)) === undefined || (await isServerOf(pid, data))) return false;
  await rm(fileOf(data), { force: true });
  return true;
}

async function isServerOf(pid: number, data: string): Promise<boolean> {
  const facts = await inspectProcess(pid);
  if (facts === undefined) return false;
  // PowerShell shows the program but not its arguments.
  if (process.platform === 'win32') return facts.command.includes('postgres');
  return facts.command.includes('postgres') && facts.command.includes(data);
}

function fileOf(data: string): string {
  return path.join(data, 'postmaster.pid');
}
