import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { ScanReport } from '@/lib/scanner/report';

const run = promisify(execFile);
const MAX_OUTPUT = 1 << 26;

/** Names alone, whatever the repository's own settings and .gitmodules would leave out or write differently. */
const NAMES = ['--name-only', '-z', '--diff-filter=d', '--ignore-submodules=none', '--no-relative', '--no-ext-diff'];

/**
 * Files changed since a commit, and new ones, relative to `root`; null when git cannot say, which is told. Of a submodule
 * that leads to another commit or was changed, only its folder is named. What git ignores is no part of a change.
 */
export async function changedSince(root: string, reference: string): Promise<ReadonlySet<string> | null> {
  if (reference.startsWith('-')) {
    console.error(`${reference} is no commit`);
    return null;
  }
  try {
    const top = (await git(root, 'rev-parse', '--show-toplevel')).replace(/\n$/, '');
    const changed = await git(top, 'diff', ...NAMES, `${reference}...HEAD`, '--');
    const working = await git(top, 'diff', ...NAMES, 'HEAD', '--');
    const fresh = await git(top, 'ls-files', '--others', '--exclude-standard', '-z');
    const names = [changed, working, fresh].flatMap((list) => list.split('\0')).filter((name) => name !== '');
    for (const name of names)
      if (isEmptyFolder(resolve(top, name)))
        console.error(`The submodule ${printable(name)} changed and is not checked out: it is not looked at.`);
    return new Set(names.map((name) => relative(root, resolve(top, name)).split(sep).join('/')));
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const [reason] = (stderr || message).split('\n');
    console.error(`git cannot tell what changed since ${printable(reference)}: ${printable(reason ?? '')}`);
    return null;
  }
}

function isEmptyFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true && readdirSync(path).length === 0;
}

const printable = (text: string): string => text.replaceAll(/\p{C}/gu, '?');

/** Host, owner, name, branch and commit of the repository around `root`; undefined outside of one. */
export async function describeRepository(root: string): Promise<ScanReport['repo']> {
  if (!isInRepository(root)) return undefined;
  try {
    const [commit, ref, status] = await Promise.all([
      git(root, 'rev-parse', 'HEAD'),
      git(root, 'rev-parse', '--abbrev-ref', 'HEAD'),
      git(root, 'status', '--porcelain', '--untracked-files=no'),
    ]);
    const remote = await git(root, 'remote', 'get-url', 'origin').catch(() => '');
    const place = /^(?:\w+:\/\/)?(?:[^@/]+@)?([^/:]+)[/:](.+)\/([^/]+?)(?:\.git)?\s*$/.exec(remote);
    return {
      ...(place === null ? {} : { host: place[1]!, owner: place[2]!, name: place[3]! }),
      commit: commit.trim(),
      ref: ref.trim(),
      dirty: status.trim() !== '',
    };
  } catch {
    // Not a repository, or no git: the report goes without.
    return undefined;
  }
}

/** Looks before it starts git, which takes longer than a small scan. */
function isInRepository(folder: string): boolean {
  const parent = dirname(folder);
  return existsSync(join(folder, '.git')) || (parent !== folder && isInRepository(parent));
}

/** Which pipeline runs the scan, from the variables that GitHub and GitLab set. */
export function describeCi(environment: NodeJS.ProcessEnv): ScanReport['ci'] {
  const { GITHUB_ACTIONS, GITHUB_RUN_ID, GITLAB_CI, CI_PIPELINE_ID } = environment;
  if (GITHUB_ACTIONS === 'true') return { provider: 'github', runId: GITHUB_RUN_ID ?? '' };
  if (GITLAB_CI === 'true') return { provider: 'gitlab', runId: CI_PIPELINE_ID ?? '' };
  return undefined;
}

async function git(root: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', root, ...args], { maxBuffer: MAX_OUTPUT, encoding: 'utf8' });
  return stdout;
}
