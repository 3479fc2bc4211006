import { describe, expect, test } from 'vitest';
import { NaiveTree } from '../testing/naive-tree';
import { SeededRandom } from '../testing/random';
import { AppendState, rootOfEdge } from './append-state';
import { Frontier } from './frontier';
import { emptyRoot } from './hash';
import { levelCount } from './tile';

const COUNT = 66_000;
const entries = Array.from({ length: COUNT }, (_, n) => Buffer.from(`${n}`));
const naive = NaiveTree.ofEntries(entries);

describe('append state', () => {
  test('full tiles come once each, in order, with the hashes of the naive tree', () => {
    const state = new AppendState();
    for (const entry of entries) state.append(entry);
    const tiles = state.takeFullTiles();
    expect(state.takeFullTiles()).toEqual([]);
    expect(tiles.filter(({ level }) => level === 0).map(({ index }) => index)).toEqual(
      Array.from({ length: 257 }, (_, n) => n),
    );
    expect(tiles.filter(({ level }) => level > 0)).toHaveLength(1);
    for (const { level, index, hashes } of [tiles[0]!, tiles[100]!, tiles.find(({ level }) => level === 1)!]) {
      const span = 256 ** level;
      const expected = Array.from({ length: 256 }, (_, n) => {
        const start = (index * 256 + n) * span;
        return naive.mth(start, start + span);
      });
      expect(hashes).toEqual(Buffer.concat(expected));
    }
  });

  test('a full tile does not change when more is appended', () => {
    const state = new AppendState();
    for (const entry of entries.slice(0, 256)) state.append(entry);
    const [tile] = state.takeFullTiles();
    const before = Buffer.from(tile!.hashes);
    for (const entry of entries.slice(256, 300)) state.append(entry);
    expect(tile!.hashes).toEqual(before);
  });

  test('stored and restored at any size, it goes on as if never stopped', () => {
    const random = new SeededRandom(3);
    const stops = [
      0,
      1,
      255,
      256,
      257,
      65_535,
      65_536,
      65_537,
      ...Array.from({ length: 10 }, () => random.between(1, 65_900)),
    ];
    const running = new AppendState();
    const snapshots = new Map<number, { state: AppendState; root: Uint8Array }>();
    for (let size = 0; size <= 65_900; size++) {
      if (stops.includes(size)) {
        snapshots.set(size, { state: AppendState.restore(running.snapshot(), running.root()), root: running.root() });
      }
      running.append(entries[size]!);
    }
    for (const [size, { state, root }] of snapshots) {
      expect(state.size).toBe(size);
      expect(root).toEqual(naive.mth(0, size));
      for (const entry of entries.slice(size, size + 300)) state.append(entry);
      const end = Math.min(COUNT, size + 300);
      expect(state.root()).toEqual(naive.mth(0, end));
      const hasNewTile = Math.floor(end / 256) > Math.floor(size / 256);
      expect(state.takeFullTiles().some(({ level }) => level === 0)).toBe(hasNewTile);
    }
  });

  test('a snapshot does not change when more is appended', () => {
    const state = new AppendState();
    for (const entry of entries.slice(0, 300)) state.append(entry);
    const snapshot = state.snapshot();
    const root = state.root();
    for (const entry of entries.slice(300, 310)) state.append(entry);
    expect(AppendState.restore(snapshot, root).root()).toEqual(root);
    expect(snapshot.edge.map(({ length }) => length / 32)).toEqual([300 - 256, 1]);
  });

  test('a snapshot that is damaged is not continued', () => {
    const state = new AppendState();
    for (const entry of entries.slice(0, 300)) state.append(entry);
    const { size, edge } = state.snapshot();
    const root = state.root();
    const flipped = edge.map((hashes) => Buffer.from(hashes));
    flipped[0]![5]! ^= 1;
    expect(() => AppendState.restore({ size, edge: flipped }, root)).toThrow('does not hash to the stored root');
    expect(() => AppendState.restore({ size, edge }, emptyRoot())).toThrow('does not hash to the stored root');
    expect(() => AppendState.restore({ size: 301, edge }, root)).toThrow('The edge of level 0 has 45 hashes');
    expect(() => AppendState.restore({ size, edge: edge.slice(1) }, root)).toThrow('A tree of size 300 has 2 levels');
    expect(() => AppendState.restore({ size, edge: [...edge, Buffer.alloc(0)] }, root)).toThrow('has 2 levels');
  });

  test('the edge of a level that is not there is empty', () => {
    expect(new AppendState().edgeOf(0)).toHaveLength(0);
    expect(rootOfEdge([])).toEqual(emptyRoot());
    expect(levelCount(0)).toBe(0);
  });
});

describe('frontier', () => {
  test('whole subtrees may be appended where they are aligned', () => {
    const frontier = new Frontier();
    frontier.pushSubtree(2, naive.mth(0, 4));
    frontier.pushSubtree(1, naive.mth(4, 6));
    frontier.push(naive.leaf(6));
    expect(frontier.size).toBe(7);
    expect(frontier.root()).toEqual(naive.mth(0, 7));
    expect(frontier.rootWithTail(naive.leaf(7))).toEqual(naive.mth(0, 8));
    expect(frontier.root()).toEqual(naive.mth(0, 7));
    expect(() => frontier.pushSubtree(1, naive.mth(6, 8))).toThrow('A subtree of 2 leaves cannot start at 7');
  });

  test('a subtree that follows its sibling is joined with it', () => {
    const frontier = new Frontier();
    for (let start = 0; start < 1024; start += 256) frontier.pushSubtree(8, naive.mth(start, start + 256));
    expect(frontier.root()).toEqual(naive.mth(0, 1024));
    frontier.push(Buffer.concat([Buffer.alloc(9), naive.leaf(1024)]), 9);
    expect(frontier.root()).toEqual(naive.mth(0, 1025));
  });

  test('the root handed out does not change with the frontier', () => {
    const frontier = new Frontier();
    frontier.push(naive.leaf(0));
    const root = frontier.root();
    frontier.push(naive.leaf(1));
    expect(root).toEqual(naive.leaf(0));
  });
});
