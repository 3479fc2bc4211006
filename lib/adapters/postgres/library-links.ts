import { lstat, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';

type Link = { readonly source: string; readonly target: string };

/**
 * Makes the library links that the platform package lists in `pg-symlinks.json` when they are missing.
 * npm archives cannot hold links; the package makes them in an install script, which many companies switch off.
 */
export async function repairLibraryLinks(nativeFolder: string): Promise<number> {
  const packageFolder = path.dirname(nativeFolder);
  const list = await readFile(path.join(nativeFolder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  let repaired = 0;
  for (const { source, target } of JSON.parse(list) as Link[]) {
    const link = path.join(packageFolder, target);
    if (await exists(link)) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch(ignoreExisting);
    repaired += 1;
  }
  return repaired;
}

function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
