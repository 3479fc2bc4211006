import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Installs the locked dependencies unless what is installed equals the lock, entry by entry.
 * File times are no guide: a checkout makes an old lock look new.
 */
export function installMissing(root) {
  if (isComplete(root)) return;
  console.error('Installing the locked dependencies (npm ci); this takes about a minute …');
  const npm = process.env.npm_execpath
    ? [process.execPath, process.env.npm_execpath]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  const [file, ...first] = npm;
  // Build tools are needed even when NODE_ENV=production is set, because the pages are built here.
  const args = [...first, 'ci', '--include=dev', '--no-audit', '--no-fund'];
  const { status, error } = spawnSync(file, args, { cwd: root, stdio: ['ignore', 2, 2], shell: file === 'npm.cmd' });
  if (status === 0) return;
  console.error(
    `\nThe dependencies could not be installed (${error?.message ?? `npm ended with ${status}`}).\n` +
      'Check that the package registry can be reached (npm ping) and start again.',
  );
  process.exit(1);
}

/** Compares package-lock.json with the copy that npm writes into node_modules when an install is complete. */
export function isComplete(root) {
  const locked = packages(path.join(root, 'package-lock.json'));
  const installed = packages(path.join(root, 'node_modules', '.package-lock.json'));
  if (locked === undefined) return true;
  if (installed === undefined) return false;
  // An image made for production holds its pages already and leaves the build tools out.
  const mayLack = (entry) => entry.optional || entry.devOptional || (entry.dev && process.env.HEPTAD_PREBUILT === '1');
  for (const [name, entry] of Object.entries(locked)) {
    const found = installed[name];
    if (name === '' || entry.link === true || (found === undefined && mayLack(entry))) continue;
    if (found?.version !== entry.version || found?.integrity !== entry.integrity) return false;
  }
  return true;
}

function packages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
