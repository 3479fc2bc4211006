import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBinaries } from './binaries';
import { succeedsAs } from './identity';
import { findPlace } from './place';

const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot)('for root whose programs lie in a private home', () => {
  const version = `test-${process.pid}`;
  const realPath = process.env.PATH;
  let home: string;

  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'heptad-home-'));
    // `id` and `test` are there, `unshare` is not.
    for (const tool of ['id', 'test']) await symlink(`/usr/bin/${tool}`, path.join(home, tool));
    process.env.PATH = home;
  });

  afterEach(async () => {
    process.env.PATH = realPath;
    await rm(home, { recursive: true, force: true });
    await rm(`/var/lib/heptad/postgres-${version}`, { recursive: true, force: true });
  });

  it('copies the programs to where the service account can run them', async () => {
    const [original] = await findBinaries(['package']);
    await cp(path.dirname(original!.folder), path.join(home, 'native'), { recursive: true, verbatimSymlinks: true });
    const hidden = { ...original!, version, folder: path.join(home, 'native', 'bin') };
    const { binaries, identity, home: cluster } = await findPlace(path.join(home, 'data'), [hidden]);
    expect(identity.kind).toBe('account');
    expect(binaries.folder).toBe(`/var/lib/heptad/postgres-${version}/bin`);
    expect(await succeedsAs(identity, path.join(binaries.folder, 'initdb'), ['--version'])).toBe(true);
    await rm(path.dirname(cluster), { recursive: true, force: true });
  });
});
