import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { repairLibraryLinks } from './library-links';

let packageFolder: string;

beforeEach(async () => {
  packageFolder = await mkdtemp(path.join(tmpdir(), 'heptad-links-'));
  await mkdir(path.join(packageFolder, 'native', 'lib'), { recursive: true });
  await writeFile(path.join(packageFolder, 'native', 'lib', 'libicu.so.60.2'), 'library');
});

afterEach(() => rm(packageFolder, { recursive: true, force: true }));

it('makes the links that an install without scripts left out, once', async () => {
  const native = path.join(packageFolder, 'native');
  const links = [{ source: 'native/lib/libicu.so.60.2', target: 'native/lib/libicu.so.60' }];
  await writeFile(path.join(native, 'pg-symlinks.json'), JSON.stringify(links));
  expect(await repairLibraryLinks(native)).toBe(1);
  expect(await readlink(path.join(native, 'lib', 'libicu.so.60'))).toBe('libicu.so.60.2');
  expect(await repairLibraryLinks(native)).toBe(0);
});

it('has nothing to do for a package without a list', async () => {
  expect(await repairLibraryLinks(path.join(packageFolder, 'native'))).toBe(0);
});
