import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../note/checkpoint';
import { ORIGIN, plainLog, type SampleLog } from '../testing/sample-log';
import { mapSource, sampleTiles } from '../testing/sample-tiles';
import { provenRootAt } from './proven-tiles';

function checkpointOf({ tree }: SampleLog, size: number): Checkpoint {
  return { origin: ORIGIN, size, root: tree.mth(0, size), extensions: [] };
}

describe('the root that a signed log had when it was smaller', () => {
  test.each([1, 2, 255, 256, 257, 512, 600, 1_000])(
    'comes from the tiles of a log of %i, for every size',
    async (size) => {
      const log = plainLog(size);
      const source = mapSource(sampleTiles(log));
      const wrong: number[] = [];
      for (let earlier = 1; earlier <= size; earlier++) {
        const root = await provenRootAt(source, checkpointOf(log, size), earlier);
        if (root === null || !log.tree.mth(0, earlier).equals(root)) wrong.push(earlier);
      }
      expect(wrong).toEqual([]);
    },
  );

  test('comes from tiles of three levels, at and around their ends', async () => {
    const log = plainLog(65_800);
    for (const size of [65_536, 65_800]) {
      const source = mapSource(sampleTiles(log, size));
      for (const earlier of [1, 255, 256, 65_279, 65_280, 65_281, 65_535, 65_536, 65_537, 65_792]) {
        if (earlier > size) continue;
        const root = await provenRootAt(source, checkpointOf(log, size), earlier);
        expect(root && Buffer.from(root)).toEqual(log.tree.mth(0, earlier));
      }
    }
  });

  test('is not told where a tile on the way is damaged or missing; other tiles do not matter', async () => {
    const log = plainLog(1_000);
    const good = sampleTiles(log);
    const rootWith = (path: string, bytes: Buffer | null, size: number) => {
      const files = new Map(good);
      files.delete(path);
      if (bytes !== null) files.set(path, bytes);
      return provenRootAt(mapSource(files), checkpointOf(log, 1_000), size);
    };
    for (const path of ['tile/0/001', 'tile/1/000.p/3', 'tile/0/003.p/232']) {
      const damaged = Buffer.from(good.get(path)!);
      damaged[damaged.length - 1]! ^= 1;
      expect(await rootWith(path, damaged, 300)).toBeNull();
      expect(await rootWith(path, null, 300)).toBeNull();
    }
    expect(await rootWith('tile/0/001', null, 600)).toEqual(log.tree.mth(0, 600));
    expect(await rootWith('tile/1/000.p/3', null, 1_000)).toEqual(log.tree.mth(0, 1_000));
  });
});
