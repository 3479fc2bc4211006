import {
  type Dirent,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { isDigestName, isInside, placesOf } from './links';

/** Version control and installed packages hold nothing the project itself ships. */
const SKIPPED_FOLDERS = new Set(['.git', '.hg', '.svn', 'node_modules']);
export const IGNORE_FILE = '.heptadignore';
/** A few rules go by whole names of small text files, such as requirements.txt; all others by the extension. */
const MAX_NAMED_BYTES = 1 << 20;
/** More names for one content than any project has; a small repository must not make a scan of endless work. */
const MAX_NAMES = 64;
const NOTHING_THERE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

export interface FoundFile {
  /** Of the content itself: links are resolved. */
  absolutePath: string;
  /** Relative to the root, with forward slashes; the link's where one leads here. */
  path: string;
  size: number;
}

export interface WalkResult {
  files: FoundFile[];
  /** Files and folders left out: ignored, devices, links that lead to nothing or to what is seen anyway. */
  skipped: number;
  /** Those among them that a pattern of the ignore file alone left out. */
  ignored: number;
  /** Paths that do not exist. */
  missing: string[];
  /** Folders that could not be listed, links that were not followed, and why. */
  unreadable: { path: string; reason: string }[];
}

export interface WalkOptions {
  /** Paths in reports are relative to it. */
  root: string;
  /** Patterns in the manner of .gitignore, from the policy. */
  ignorePaths: readonly string[];
  /** Only these files and what lies in these folders, relative to the root; undefined for all. */
  only?: ReadonlySet<string>;
}

/** A name in the tree, and where its content lies once links are resolved. */
interface Place {
  shown: string;
  real: string;
}

interface Walk extends WalkOptions {
  result: WalkResult;
  rules: Ignore;
  policyRules: Ignore;
  /** Files by their real path: one content may have names of several kinds. */
  seen: Map<string, FoundFile[]>;
  /** Real paths of folders that were listed: a link cannot lead round in circles. */
  listed: Set<string>;
  /** Links inside folders; they wait until all that is there under its own name is known. */
  links: Place[];
  /** Where links may lead. */
  places: Set<string>;
}

/**
 * All regular files below `paths`. A path named directly is taken as it is, be it a link or ignored. Links inside a folder
 * are followed to what lies within the named folders, once; others are answered as unreadable.
 */
export function findFiles(paths: readonly string[], options: WalkOptions): WalkResult {
  const policyRules = ignore().add([...options.ignorePaths]);
  const walk: Walk = {
    ...options,
    result: { files: [], skipped: 0, ignored: 0, missing: [], unreadable: [] },
    rules: ignore().add(policyRules).add(readIgnoreFile(options.root)),
    policyRules,
    seen: new Map(),
    listed: new Set(),
    links: [],
    places: new Set(),
  };
  for (const path of paths) takeNamed(path, walk);
  // Following one link may find more of them.
  for (const link of walk.links) followLink(link, walk);
  return walk.result;
}

function takeNamed(path: string, walk: Walk): void {
  const shown = resolve(walk.root, path);
  const end = endOf(shown);
  if (end === undefined) walk.result.missing.push(path);
  else if ('error' in end) tell(shown, `It cannot be reached: ${end.error}`, walk);
  else if (end.stat.isDirectory()) {
    for (const place of placesOf(end.real)) walk.places.add(place);
    walkFolder({ shown, real: end.real }, walk);
  } else if (end.stat.isFile()) addFile({ shown, real: end.real }, end.stat.size, walk);
  else tell(shown, 'It is neither a file nor a folder', walk);
}

function walkFolder(folder: Place, walk: Walk): void {
  if (walk.listed.has(folder.real)) return;
  walk.listed.add(folder.real);
  for (const entry of listFolder(folder, walk)) {
    const place = { shown: join(folder.shown, entry.name), real: join(folder.real, entry.name) };
    if (isLeftOut(place.shown, entry, walk)) walk.result.skipped += 1;
    else if (entry.isDirectory()) walkFolder(place, walk);
    else if (entry.isFile()) addFile(place, sizeOf(place.real), walk);
    else if (entry.isSymbolicLink()) walk.links.push(place);
    else walk.result.skipped += 1;
  }
}

function isLeftOut(shown: string, entry: Dirent, { root, rules, policyRules, result }: Walk): boolean {
  if (entry.isDirectory() && SKIPPED_FOLDERS.has(entry.name)) return true;
  const path = relativePath(root, shown);
  if (path.startsWith('../')) return false;
  const name = entry.isDirectory() ? `${path}/` : path;
  if (!rules.ignores(name)) return false;
  if (!policyRules.ignores(name)) result.ignored += 1;
  return true;
}

function followLink({ shown, real: link }: Place, walk: Walk): void {
  if (!isWanted(relativePath(walk.root, shown), walk)) return;
  const end = endOf(link);
  const text = readLink(link);
  if (end !== undefined && 'error' in end) tell(shown, `The link cannot be followed: ${end.error}`, walk);
  // What leads to nothing can be led elsewhere by whoever makes a file there.
  else if (!isInside(end?.real ?? resolve(dirname(link), text), walk.places))
    tell(shown, `The link leads out of what is scanned and was not followed: ${text}`, walk);
  else if (end?.stat.isFile() === true) addFile({ shown, real: end.real }, end.stat.size, walk);
  else if (end?.stat.isDirectory() === true && !walk.listed.has(end.real)) walkFolder({ shown, real: end.real }, walk);
  else walk.result.skipped += 1;
}

function readLink(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    // It was there a moment ago.
    return '';
  }
}

/** What lies at the end of all links; undefined when that is nothing or they lead round in circles. */
function endOf(path: string): { real: string; stat: Stats } | { error: string } | undefined {
  try {
    const real = realpathSync.native(path);
    return { real, stat: statSync(real) };
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return NOTHING_THERE.has(code) ? undefined : { error: code };
  }
}

/** A folder without permission, or deeper than the system's paths reach, must not end the scan of the others. */
function listFolder({ shown, real }: Place, walk: Walk): Dirent[] {
  try {
    return readdirSync(real, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    tell(shown, `The folder cannot be listed: ${reason}`, walk);
    return [];
  }
}

function tell(shown: string, reason: string, { root, result }: Walk): void {
  result.unreadable.push({ path: relativePath(root, shown), reason });
}

/** Bytes; 0 for a file that cannot be asked, which opening it will tell. */
function sizeOf(file: string): number {
  try {
    return lstatSync(file).size;
  } catch {
    return 0;
  }
}

function addFile({ shown, real }: Place, size: number, walk: Walk): void {
  const path = relativePath(walk.root, shown);
  if (!isWanted(path, walk)) return;
  const names = walk.seen.get(real) ?? [];
  const kind = kindOf(path, size);
  if (names.some((one) => kindOf(one.path, size) === kind)) return;
  const nameless = names.find((one) => isDigestName(one.path));
  if (nameless !== undefined) {
    nameless.path = path;
    return;
  }
  if (names.length >= MAX_NAMES) {
    tell(shown, `The same content has more than ${MAX_NAMES} names`, walk);
    return;
  }
  const file = { absolutePath: real, path, size };
  walk.result.files.push(file);
  walk.seen.set(real, [...names, file]);
}

const kindOf = (path: string, size: number): string =>
  (size <= MAX_NAMED_BYTES ? basename(path) : extname(path)).toLowerCase();

/** A changed folder is a submodule or a link: all that lies in it may be new. */
function isWanted(path: string, { only }: Walk): boolean {
  if (only === undefined) return true;
  for (let at = path.length; at > 0; at = path.lastIndexOf('/', at - 1)) if (only.has(path.slice(0, at))) return true;
  return false;
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
