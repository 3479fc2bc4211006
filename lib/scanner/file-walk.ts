import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Version control and installed packages hold nothing the project itself ships. */
const SKIPPED_FOLDERS = new Set(['.git', '.hg', '.svn', 'node_modules']);
export const IGNORE_FILE = '.heptadignore';

export interface FoundFile {
  absolutePath: string;
  /** Relative to the root, with forward slashes. */
  path: string;
  size: number;
}

export interface WalkResult {
  files: FoundFile[];
  /** Files and folders left out: ignored, links, devices. */
  skipped: number;
  /** Paths that do not exist. */
  missing: string[];
  /** Folders that could not be listed, and why. */
  unreadable: { path: string; reason: string }[];
}

export interface WalkOptions {
  /** Paths in reports are relative to it. */
  root: string;
  /** Patterns in the manner of .gitignore, from the policy. */
  ignorePaths: readonly string[];
  /** Only these files, relative to the root; undefined for all. */
  only?: ReadonlySet<string>;
}

/** All regular files below `paths`. Links are not followed; a file named directly is taken even when a pattern ignores it. */
export function findFiles(paths: readonly string[], options: WalkOptions): WalkResult {
  const result: WalkResult = { files: [], skipped: 0, missing: [], unreadable: [] };
  const rules = ignore()
    .add([...options.ignorePaths])
    .add(readIgnoreFile(options.root));
  const seen = new Set<string>();
  for (const path of paths) {
    const absolutePath = resolve(options.root, path);
    const stat = lstatSync(absolutePath, { throwIfNoEntry: false });
    if (stat === undefined) result.missing.push(path);
    else if (stat.isDirectory()) walkFolder(absolutePath, options, rules, seen, result);
    else if (stat.isFile()) addFile(absolutePath, stat.size, options, seen, result);
    else result.skipped += 1;
  }
  return result;
}

function walkFolder(folder: string, options: WalkOptions, rules: Ignore, seen: Set<string>, result: WalkResult): void {
  for (const entry of listFolder(folder, options, result)) {
    const absolutePath = join(folder, entry.name);
    const path = relativePath(options.root, absolutePath);
    const isInside = !path.startsWith('../');
    const isIgnored = isInside && rules.ignores(entry.isDirectory() ? `${path}/` : path);
    if (isIgnored || (entry.isDirectory() && SKIPPED_FOLDERS.has(entry.name))) result.skipped += 1;
    else if (entry.isDirectory()) walkFolder(absolutePath, options, rules, seen, result);
    else if (entry.isFile()) addFile(absolutePath, sizeOf(absolutePath), options, seen, result);
    else result.skipped += 1;
  }
}

/** A folder without permission, or deeper than the system's paths reach, must not end the scan of the others. */
function listFolder(folder: string, { root }: WalkOptions, result: WalkResult): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    result.unreadable.push({ path: relativePath(root, folder), reason });
    return [];
  }
}

/** Bytes; 0 for a file that cannot be asked, which opening it will tell. */
function sizeOf(file: string): number {
  try {
    return lstatSync(file).size;
  } catch {
    return 0;
  }
}

function addFile(
  absolutePath: string,
  size: number,
  { root, only }: WalkOptions,
  seen: Set<string>,
  result: WalkResult,
): void {
  const path = relativePath(root, absolutePath);
  if (seen.has(absolutePath) || (only !== undefined && !only.has(path))) return;
  seen.add(absolutePath);
  result.files.push({ absolutePath, path, size });
}

function relativePath(root: string, absolutePath: string): string {
  const path = relative(root, absolutePath).split(sep).join('/');
  return (path === '' ? (absolutePath.split(sep).at(-1) ?? absolutePath) : path).slice(-1024);
}

function readIgnoreFile(root: string): string {
  try {
    return readFileSync(join(root, IGNORE_FILE), 'utf8');
  } catch {
    // The file is optional.
    return '';
  }
}
