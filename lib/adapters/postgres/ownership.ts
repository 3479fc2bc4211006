import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inspectProcess } from './process-table';

type Owner = { readonly pid: number; readonly identity: string | undefined };

/**
 * Claims the cluster for this process: its owner, and nobody else, starts, restarts and stops the server.
 * Answers false while another living process (or an earlier claim of this one) owns it.
 */
export async function claim(home: string): Promise<boolean> {
  const mine = path.join(home, `owner.${process.pid}.${Math.random().toString(36).slice(2)}`);
  const owner: Owner = { pid: process.pid, identity: (await inspectProcess(process.pid))?.identity };
  await writeFile(mine, JSON.stringify(owner), { mode: 0o600 });
  try {
    while (!(await linkIfFree(mine, ownerFile(home)))) {
      if (await hasLivingOwner(ownerFile(home))) return false;
      await removeDeadClaim(home, `${mine}.dead`);
    }
    return true;
  } finally {
    await rm(mine, { force: true });
  }
}

/** Gives the cluster free after the server was stopped. */
export async function release(home: string): Promise<void> {
  await rm(ownerFile(home), { force: true });
}

/** Takes the file away by renaming; if somebody claimed in between, the living claim is put back. */
async function removeDeadClaim(home: string, aside: string): Promise<void> {
  await rename(ownerFile(home), aside).catch(() => undefined);
  if (await hasLivingOwner(aside)) await linkIfFree(aside, ownerFile(home));
  await rm(aside, { force: true });
}

async function hasLivingOwner(file: string): Promise<boolean> {
  const written = await readFile(file, 'utf8').catch(() => undefined);
  if (written === undefined) return false;
  const owner = JSON.parse(written) as Owner;
  const found = await inspectProcess(owner.pid);
  return found !== undefined && found.identity === owner.identity;
}

async function linkIfFree(file: string, name: string): Promise<boolean> {
  try {
    await link(file, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function ownerFile(home: string): string {
  return path.join(home, 'owner.json');
}
