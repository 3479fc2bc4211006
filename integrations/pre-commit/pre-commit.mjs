#!/usr/bin/env node
/**
 * Git pre-commit hook: scans what is about to be committed (the index, not the working tree) and stops the commit on a
 * violation. Install: copy this file to .git/hooks/pre-commit, or use it through the pre-commit framework.
 * HEPTAD_SCAN names the scanner bundle; default: heptad-scan.mjs beside this file, then the one in node_modules/.bin.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MAX_OUTPUT = 1 << 26;
const EXIT_INCOMPLETE = 2;

const git = (args, input) => execFileSync('git', args, { maxBuffer: MAX_OUTPUT, input });

function findScanner(root) {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const places = [
    process.env.HEPTAD_SCAN,
    path.join(here, 'heptad-scan.mjs'),
    path.join(root, 'node_modules/.bin/heptad-scan.mjs'),
    path.join(root, 'dist/heptad-scan.mjs'),
  ];
  return places.find((place) => place !== undefined && existsSync(place));
}

function main() {
  const root = git(['rev-parse', '--show-toplevel']).toString('utf8').trim();
  // All but deletions, a link that became a file too; of a submodule the index holds no content.
  const changes = ['--diff-filter=d', '--ignore-submodules=all', '--no-relative'];
  const staged = git(['-C', root, 'diff', '--cached', '--name-only', '-z', ...changes]);
  if (staged.length === 0) return 0;
  const scanner = findScanner(root);
  if (scanner === undefined) {
    console.error('heptad: the scanner was not found; set HEPTAD_SCAN to heptad-scan.mjs.');
    return EXIT_INCOMPLETE;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'heptad-staged-'));
  try {
    git(['-C', root, 'checkout-index', '--stdin', '-z', `--prefix=${folder}/`], staged);
    const policy = path.join(root, '.heptad-scan.json');
    const args = [path.resolve(scanner), ...(existsSync(policy) ? ['--policy', policy] : []), '.'];
    return spawnSync(process.execPath, args, { cwd: folder, stdio: 'inherit' }).status ?? EXIT_INCOMPLETE;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = main();
