import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

/**
 * The folder that holds package.json. Files read at run time (migrations, catalogue, fonts) are looked up from here,
 * because bundles live elsewhere than their sources. `HEPTAD_ROOT` wins when it is set.
 */
export function projectRoot(): string {
  found ??=
    process.env.HEPTAD_ROOT ?? searchUpwards(process.cwd()) ?? searchUpwards(dirname(fileURLToPath(import.meta.url)));
  if (!found) throw new Error('Heptad cannot find its own folder. Start it from there or set HEPTAD_ROOT.');
  return found;
}

function searchUpwards(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'db', 'migrations')) && existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
