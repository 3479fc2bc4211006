import { chmod } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles the verifier into one readable file that a reviewer can run with Node alone.
 *
 * @param outfile where to write it.
 * @throws Error when the bundle would need anything but Node's own modules.
 */
export async function buildVerify(outfile = path.join(ROOT, 'dist/heptad-verify.mjs')): Promise<string> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['cli/verify/main.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: '#!/usr/bin/env node' },
    metafile: true,
    logLevel: 'warning',
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map((item) => item.path));
  const foreign = imports.filter((name) => !builtinModules.includes(name.replace(/^node:/, '')));
  if (foreign.length > 0) throw new Error(`heptad-verify.mjs would need ${foreign.join(', ')}`);
  await chmod(outfile, 0o755);
  return outfile;
}
