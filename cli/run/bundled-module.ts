import path from 'node:path';
import { projectRoot } from '@/db/project-root';

/** Bundles a module that the command line does not hold itself, such as a benchmark; answers the address to import. */
export async function bundledModule(file: string): Promise<string> {
  const { bundledModule: bundle } = (await import(path.join(projectRoot(), 'cli', 'boot', 'bundle.mjs'))) as {
    bundledModule: (root: string, file: string) => Promise<string>;
  };
  return bundle(projectRoot(), file);
}
