import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const THREAD_FILE = path.join('lib', 'adapters', 'pdf', 'typst-thread.mjs');

let fingerprint: string | undefined;

/**
 * Absolute path of the thread script that holds the compiler.
 *
 * The script, its templates and the fonts are read from disk by path, so no bundler may move them. Next and esbuild
 * both rewrite `import.meta`, therefore the package is found by climbing from every place the process may have
 * started in until the script is seen.
 *
 * @throws Error naming the places looked at when the package is not complete on disk
 */
export function locateTypstThread(): string {
  const started = path.dirname(process.argv[1] ?? '');
  const starts = [process.env.HEPTAD_ROOT, process.cwd(), import.meta.dirname, started].filter(
    (one) => one !== undefined,
  );
  for (const start of starts) {
    const found = climb(start);
    if (found) return found;
  }
  throw new Error(`${THREAD_FILE} was not found above any of: ${starts.join(', ')}`);
}

/** Hash of everything here that decides how a PDF looks; changes with a release that changes a template. */
export function layoutFingerprint(): string {
  if (fingerprint) return fingerprint;
  const thread = locateTypstThread();
  const folder = path.join(path.dirname(thread), 'templates');
  const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.typ'));
  const hash = createHash('sha256').update(readFileSync(thread));
  for (const file of templates.toSorted()) hash.update(file).update(readFileSync(path.join(folder, file)));
  fingerprint = hash.digest('hex');
  return fingerprint;
}

function climb(start: string): string | undefined {
  for (let folder = path.resolve(start); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, THREAD_FILE);
    if (existsSync(candidate)) return candidate;
    if (folder === path.dirname(folder)) return undefined;
  }
}
