/**
 * The action: hands the inputs to the scanner as arguments, one by one. No shell ever sees them, so a file name or an
 * input with `;` or `$(…)` in it is only a name. heptad-scan.mjs lies beside this file in a release.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const EXIT_INCOMPLETE = 2;
const input = (name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim();

function options() {
  const named = {
    '--fail-on': input('fail-on'),
    '--since': input('since'),
    '--baseline': input('baseline'),
    '--output': input('sarif'),
  };
  return Object.entries(named).flatMap(([name, value]) => (value === '' ? [] : [`${name}=${value}`]));
}

function main() {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const scanner = process.env.HEPTAD_SCAN ?? path.join(here, 'heptad-scan.mjs');
  const paths = input('paths')
    .split(/\r?\n/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const args = [scanner, ...options(), '--', ...(paths.length === 0 ? ['.'] : paths)];
  const cwd = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const code = spawnSync(process.execPath, args, { cwd, stdio: 'inherit' }).status ?? EXIT_INCOMPLETE;
  if (process.env.GITHUB_OUTPUT !== undefined) {
    appendFileSync(process.env.GITHUB_OUTPUT, `exit-code=${code}\nsarif=${input('sarif').replaceAll(/[\r\n]/g, '')}\n`);
  }
  return code;
}

process.exitCode = main();
