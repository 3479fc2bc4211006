import { chmod, stat } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Dependencies written for require() need it, with Node's own modules. */
const BANNER = `#!/usr/bin/env node
import { createRequire as heptadCreateRequire } from 'node:module';
const require = heptadCreateRequire(import.meta.url);`;

export interface ScanBundle {
  outfile: string;
  bytes: number;
}

/**
 * Bundles the scanner into one file that runs with Node alone: for pre-commit hooks and pipelines.
 *
 * @param outfile where to write it.
 * @throws Error when the bundle would need anything but Node's own modules.
 */
export async function buildScan(outfile = path.join(ROOT, 'dist/heptad-scan.mjs')): Promise<ScanBundle> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['cli/scan/main.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: BANNER },
    metafile: true,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'eof',
    logLevel: 'warning',
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map((item) => item.path));
  const foreign = imports.filter((name) => !builtinModules.includes(name.replace(/^node:/, '')));
  if (foreign.length > 0) throw new Error(`heptad-scan.mjs would need ${foreign.join(', ')}`);
  await chmod(outfile, 0o755);
  return { outfile, bytes: (await stat(outfile)).size };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { outfile, bytes } = await buildScan(process.argv[2]);
  console.log(`${outfile}: ${Math.round(bytes / 1024)} KiB`);
}
