import { describe, expect, test } from 'vitest';
import { parseCheckpoint } from '../note/checkpoint';
import { parseNote } from '../note/signed-note';
import { parseTrustPolicy } from '../note/trust-policy';
import { formatVerifierKey, signer } from '../note/verifier-key';
import { NaiveTree } from '../testing/naive-tree';
import { SeededRandom } from '../testing/random';
import { logSigner, ORIGIN, plainLog, sampleLog, sampleNote, witnessSigner } from '../testing/sample-log';
import { mapSource, sampleTiles } from '../testing/sample-tiles';
import { encodeEntries } from '../tree/entry-bundle';
import { hashOfHashes, leafHash } from '../tree/hash';
import { KEYS_PATH, loadAhead } from './tile-source';
import type { Trust } from './trust';
import { verifyTiles } from './verify-tiles';

const NO_TRUST: Trust = { keys: [], policy: null, known: null };
const SIZE = 1_000;
const log = sampleLog(SIZE);
const good = sampleTiles(log);

const WITNESSED = parseTrustPolicy(
  `log ${formatVerifierKey(logSigner.key)}\nwitness w ${formatVerifierKey(witnessSigner.key)}\nquorum w`,
);

type Files = Map<string, Buffer>;

function verify(files: Files, trust: Partial<Trust> = {}) {
  return verifyTiles(mapSource(files, 3), { ...NO_TRUST, ...trust });
}

/** The log with some of its resources changed. */
function withFile(path: string, bytes: Uint8Array | null, files: Files = good): Files {
  if (!files.has(path)) throw new Error(`There is no ${path}`);
  const copy = new Map(files);
  if (bytes === null) copy.delete(path);
  else copy.set(path, Buffer.from(bytes));
  return copy;
}

function flipped(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at]! ^= 1;
  return copy;
}

function known(size: number, of = log, origin = ORIGIN) {
  return { ...parseCheckpoint(parseNote(sampleNote(of, size)).text), origin };
}

/** The second bundle (entries 256 to 511) with one of its entries changed. */
function forgedBundle(position: number): Buffer {
  const entries = log.entries.slice(256, 512).with(position - 256, Buffer.from('{"forged":true}'));
  return Buffer.from(encodeEntries(entries));
}

function secondBundle(entries: readonly Buffer[]): Files {
  return withFile('tile/entries/001', encodeEntries(entries));
}

describe('no false alarm', () => {
  test.each([0, 1, 2, 255, 256, 257, 511, 512, 1_000])('a whole log of %i entries', async (size) => {
    const verdict = await verify(sampleTiles(log, size));
    expect(verdict).toMatchObject({ ok: true, size, start: 0, end: size, firstBad: null, problems: [] });
    expect(verdict.root).toBe(log.tree.mth(0, size).toString('base64'));
    expect(verdict.checked.entries).toBe(size);
    expect(verdict.signedBy).toEqual([logSigner.key, witnessSigner.key].map(formatVerifierKey));
  });

  test('a log of three tile levels, with progress', async () => {
    const large = plainLog(65_800);
    const seen: [number, number][] = [];
    const verdict = await verifyTiles(mapSource(sampleTiles(large)), NO_TRUST, (...step) => seen.push(step));
    expect(verdict).toMatchObject({ ok: true, size: 65_800 });
    expect(seen).toEqual([[65_536, 65_800]]);
  });

  test('partial tiles and bundles may have been replaced by longer ones', async () => {
    const longer = sampleTiles(plainLog(1_300));
    const files: Files = new Map(longer);
    files.set('checkpoint', sampleNote(plainLog(1_300), 900));
    expect([...files.keys()]).not.toContain('tile/0/003.p/132');
    files.set('tile/1/000.p/3', Buffer.from(longer.get('tile/1/000.p/5')!.subarray(0, 96)));
    expect(await verify(files)).toMatchObject({ ok: true, size: 900 });
  });

  test('cosignatures of witnesses that nobody here knows are passed over', async () => {
    const files = withFile(KEYS_PATH, Buffer.from(formatVerifierKey(logSigner.key)));
    expect(await verify(files)).toMatchObject({ ok: true, signedBy: [formatVerifierKey(logSigner.key)] });
  });
});

describe('the first bad position', () => {
  test.each([0, 1, 255, 256, 300, 511, 512, 767, 768, 999])('entry %i changed', async (position) => {
    const first = Math.floor(position / 256) * 256;
    const entries = log.entries.slice(first, first + 256).with(position - first, Buffer.from('{}'));
    const path = first < 768 ? `tile/entries/00${first / 256}` : 'tile/entries/003.p/232';
    const verdict = await verify(withFile(path, encodeEntries(entries)));
    expect(verdict).toMatchObject({ ok: false, firstBad: position, checked: { entries: position } });
    const message = `Entry ${position} is missing or is not the one that was logged.`;
    expect(verdict.problems).toEqual([{ part: 'entries', position, message }]);
  });

  test.each([256, 300, 511])('entry %i and its hash changed: its tile does not count any more', async (position) => {
    const tile = Buffer.from(good.get('tile/0/001')!);
    tile.set(leafHash(Buffer.from('{"forged":true}')), (position - 256) * 32);
    const files = withFile('tile/0/001', tile, withFile('tile/entries/001', forgedBundle(position)));
    const verdict = await verify(files);
    expect(verdict).toMatchObject({ ok: false, firstBad: 256 });
    expect(verdict.problems[0]!.message).toBe(
      'An entry from 256 on is not the one that was logged; the tile naming it is bad too.',
    );
  });

  test('an entry, its hash and the hash above changed: nothing counts, but for a checkpoint that was kept', async () => {
    const tile = Buffer.from(good.get('tile/0/001')!);
    tile.set(leafHash(Buffer.from('{"forged":true}')), (300 - 256) * 32);
    const above = Buffer.from(good.get('tile/1/000.p/3')!);
    above.set(hashOfHashes(tile), 32);
    let files = withFile('tile/entries/001', forgedBundle(300));
    files = withFile('tile/1/000.p/3', above, withFile('tile/0/001', tile, files));
    const verdict = await verify(files);
    expect(verdict).toMatchObject({ ok: false, firstBad: 0 });
    expect(verdict.problems[0]!.message).toBe('Neither the entries nor the tiles give the root that was signed.');
    expect(await verify(files, { known: known(280) })).toMatchObject({ ok: false, firstBad: 280 });
    expect(await verify(files, { known: known(301) })).toMatchObject({ ok: false, firstBad: 0 });
  });

  test('a tile damaged while the entries are whole', async () => {
    const cases = [
      { path: 'tile/0/001', at: 32 * 9 + 5, position: 256 + 9 },
      { path: 'tile/0/003.p/232', at: 0, position: 768 },
      { path: 'tile/1/000.p/3', at: 64, position: 512 },
    ];
    for (const { path, at, position } of cases) {
      const verdict = await verify(withFile(path, flipped(good.get(path)!, at)));
      expect(verdict).toMatchObject({ ok: false, firstBad: position, checked: { entries: SIZE } });
      expect(verdict.problems[0]).toMatchObject({ part: 'hashes' });
      expect(verdict.problems[0]!.message).toBe(`${path} is damaged or missing; the entries are whole.`);
    }
  });

  test('the lowest of several damaged tiles is named', async () => {
    const files = withFile('tile/1/000.p/3', flipped(good.get('tile/1/000.p/3')!, 64));
    expect(await verify(withFile('tile/0/001', null, files))).toMatchObject({ firstBad: 256 });
  });

  test('a tile missing, too short or too long', async () => {
    const tile = good.get('tile/0/002')!;
    for (const bytes of [null, tile.subarray(1), Buffer.concat([tile, Buffer.alloc(1)])]) {
      expect(await verify(withFile('tile/0/002', bytes))).toMatchObject({ ok: false, firstBad: 512 });
    }
    expect(await verify(withFile('tile/0/003.p/232', null))).toMatchObject({ ok: false, firstBad: 768 });
    expect(await verify(withFile('tile/1/000.p/3', null))).toMatchObject({ ok: false, firstBad: 0 });
  });

  test('a bundle missing, cut, or with something after its entries', async () => {
    expect(await verify(withFile('tile/entries/000', null))).toMatchObject({ ok: false, firstBad: 0 });
    expect(await verify(withFile('tile/entries/002', null))).toMatchObject({ ok: false, firstBad: 512 });
    expect(await verify(withFile('tile/entries/003.p/232', null))).toMatchObject({ ok: false, firstBad: 768 });
    const bundle = good.get('tile/entries/001')!;
    const last = 2 + log.entries[511]!.length;
    expect(await verify(withFile('tile/entries/001', bundle.subarray(0, -last)))).toMatchObject({ firstBad: 511 });
    expect(await verify(withFile('tile/entries/001', bundle.subarray(0, -1)))).toMatchObject({ firstBad: 511 });
    const rest = Buffer.concat([bundle, Buffer.alloc(1)]);
    expect(await verify(withFile('tile/entries/001', rest))).toMatchObject({ ok: false, firstBad: 512 });
    const more = Buffer.concat([bundle, encodeEntries([Buffer.from('{}')])]);
    expect(await verify(withFile('tile/entries/001', more))).toMatchObject({ ok: false, firstBad: 512 });
  });

  test('entries swapped, removed or put in', async () => {
    const e = log.entries.slice(256, 512);
    expect(await verify(secondBundle([...e.slice(0, 9), e[10]!, e[9]!, ...e.slice(11)]))).toMatchObject({
      firstBad: 265,
    });
    expect(await verify(secondBundle(e.toSpliced(20, 1)))).toMatchObject({ firstBad: 276 });
    expect(await verify(secondBundle(e.toSpliced(20, 0, Buffer.from('{}'))))).toMatchObject({ firstBad: 276 });
  });

  test('one bundle in place of another', async () => {
    const files = withFile('tile/entries/001', good.get('tile/entries/002')!);
    expect(await verify(files)).toMatchObject({ ok: false, firstBad: 256 });
  });

  test('a changed entry and a damaged tile elsewhere', async () => {
    const files = withFile('tile/entries/002', encodeEntries(log.entries.slice(512, 768).with(1, Buffer.from('{}'))));
    const tile = flipped(good.get('tile/0/001')!, 3);
    // The damaged tile lies before: its entries are proven through the hash above it.
    expect(await verify(withFile('tile/0/001', tile, files))).toMatchObject({ ok: false, firstBad: 513 });
    // The damaged tile is the one that would name the entry.
    const own = flipped(good.get('tile/0/002')!, 3);
    expect(await verify(withFile('tile/0/002', own, files))).toMatchObject({ ok: false, firstBad: 512 });
  });

  test('random bit flips in any resource are found', async () => {
    const random = new SeededRandom(8);
    const small = sampleTiles(log, 300);
    const wrong: string[] = [];
    for (let n = 0; n < 300; n++) {
      const path = random.pick([...small.keys()]);
      const bytes = Buffer.from(small.get(path)!);
      const bit = random.between(0, bytes.length * 8 - 1);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      const { ok, firstBad } = await verify(withFile(path, bytes, small), { policy: WITNESSED });
      // With keys from elsewhere, those that come with the log are not read. Without a policy that asks for the witness, a
      // change in its name would make it a signer nobody knows: no fault.
      if (ok !== (path === KEYS_PATH) || (firstBad === null) !== ok) wrong.push(`${path} bit ${bit}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('trust', () => {
  test('a checkpoint missing, unsigned, of another log or with a bad signature', async () => {
    expect(await verify(withFile('checkpoint', null))).toMatchObject({
      ok: false,
      firstBad: 0,
      size: null,
      root: null,
      problems: [{ part: 'checkpoint', position: 0, message: 'Checkpoint: it is missing.' }],
    });
    const note = good.get('checkpoint')!;
    expect(await verify(withFile('checkpoint', flipped(note, note.indexOf('1000'))))).toMatchObject({ ok: false });
    expect(await verify(withFile('checkpoint', Buffer.from('x')))).toMatchObject({ ok: false, firstBad: 0 });
    const other = signer('other.example', Buffer.alloc(32, 4));
    const verdict = await verify(good, { keys: [other.key] });
    expect(verdict.problems[0]!.message).toBe(`Checkpoint: it is not signed by the log ${ORIGIN}.`);
  });

  test('keys that come with the log are used, and named as such', async () => {
    expect(await verify(good)).toMatchObject({ ok: true, isTrusted: false });
    expect(await verify(good, { keys: [logSigner.key] })).toMatchObject({ ok: true, isTrusted: true });
    const verdict = await verify(withFile(KEYS_PATH, null));
    expect(verdict.problems[0]!.message).toBe('Checkpoint: there is no key to check its signatures with.');
    const broken = await verify(withFile(KEYS_PATH, Buffer.from('broken\n')));
    expect(broken.problems).toEqual([
      { part: 'checkpoint', position: 0, message: `${KEYS_PATH}: A verifier key is written name+id+base64.` },
      { part: 'checkpoint', position: 0, message: 'Checkpoint: there is no key to check its signatures with.' },
    ]);
  });

  test('keys that come with the log are not used where the reviewer names some', async () => {
    const thief = signer(ORIGIN, Buffer.alloc(32, 66));
    const files = withFile(KEYS_PATH, Buffer.from(formatVerifierKey(thief.key)));
    files.set('checkpoint', sampleNote(log, SIZE, [thief]));
    expect(await verify(files)).toMatchObject({ ok: true, isTrusted: false });
    expect(await verify(files, { keys: [logSigner.key] })).toMatchObject({ ok: false, isTrusted: true });
  });

  test('a policy', async () => {
    const policy = WITNESSED;
    expect(await verify(good, { policy })).toMatchObject({ ok: true, isTrusted: true });
    const unwitnessed = withFile('checkpoint', sampleNote(log, SIZE, [logSigner]));
    expect(await verify(unwitnessed, { policy })).toMatchObject({ ok: false, firstBad: 0 });
  });

  test('a kept checkpoint that the log has grown from', async () => {
    for (const size of [0, 1, 256, 700, 1_000]) {
      expect(await verify(good, { known: known(size) })).toMatchObject({ ok: true });
    }
  });

  test('a changed entry is no fork: it is named as without a kept checkpoint', async () => {
    const files = withFile('tile/entries/001', forgedBundle(300));
    for (const size of [0, 1, 256, 300, 301, 550, 768, 999, 1_000]) {
      const verdict = await verify(files, { known: known(size) });
      expect(verdict).toMatchObject({ ok: false, firstBad: 300, checked: { entries: 300 } });
      expect(verdict.problems).toMatchObject([{ part: 'entries', position: 300 }]);
    }
    // A missing bundle: the log is not read as far as the kept checkpoint.
    expect(await verify(withFile('tile/entries/001', null), { known: known(550) })).toMatchObject({ firstBad: 256 });
  });

  test('a fork is told all the same where entries are bad: the tiles give the signed root, not the kept one', async () => {
    const files = withFile('tile/entries/001', forgedBundle(300));
    for (const size of [1, 300, 301, 550, 999, 1_000]) {
      const verdict = await verify(files, { known: known(size, sampleLog(SIZE, 4_321)) });
      expect(verdict).toMatchObject({ ok: false, firstBad: 0 });
      expect(verdict.problems).toMatchObject([{ part: 'history' }, { part: 'entries', position: 300 }]);
    }
    // Someone gives out the very entries that the log had signed before it was forked.
    const forged = NaiveTree.ofEntries(log.entries.with(300, Buffer.from('{"forged":true}')));
    const verdict = await verify(files, { known: { ...known(400), root: forged.mth(0, 400) } });
    expect(verdict.problems).toMatchObject([{ part: 'history' }, { part: 'entries', position: 300 }]);
  });

  test('a fork is not told where neither entries nor tiles show one', async () => {
    const files = withFile('tile/0/001', null, withFile('tile/entries/001', forgedBundle(300)));
    const fork = sampleLog(SIZE, 4_321);
    expect(await verify(files, { known: known(400, fork) })).toMatchObject({ firstBad: 256, problems: [{}] });
    expect(await verify(files, { known: known(600, fork) })).toMatchObject({ firstBad: 0, problems: [{}, {}] });
  });

  test('a fork, a rollback, another log', async () => {
    const fork = sampleLog(SIZE, 4_321);
    for (const size of [1, 256, 700, 1_000]) {
      const verdict = await verify(good, { known: known(size, fork) });
      expect(verdict).toMatchObject({ ok: false, firstBad: 0 });
      const message = `The first ${size} entries are not those you know.`;
      expect(verdict.problems).toEqual([{ part: 'history', position: 0, message }]);
    }
    const rollback = await verify(sampleTiles(log, 600), { known: known(601) });
    expect(rollback).toMatchObject({ ok: false, firstBad: 600 });
    expect(rollback.problems).toEqual([
      { part: 'history', position: 600, message: 'The log has been rolled back: you know 601 entries.' },
    ]);
    const other = await verify(good, { known: known(600, log, 'other.example') });
    expect(other.problems).toEqual([
      { part: 'history', position: 0, message: 'The checkpoint you kept is of another log, other.example.' },
    ]);
    // An empty log has nothing in common with another one either way.
    expect(await verify(good, { known: known(0, log, 'other.example') })).toMatchObject({ ok: true });
  });
});

describe('loading ahead', () => {
  test('results come in order, and never more than so many load at once', async () => {
    let loading = 0;
    let most = 0;
    const load = async (n: number) => {
      loading += 1;
      most = Math.max(most, loading);
      await new Promise((resolve) => setTimeout(resolve, (n * 7) % 5));
      loading -= 1;
      return n;
    };
    const seen: number[] = [];
    for await (const n of loadAhead(
      Array.from({ length: 30 }, (_, i) => i),
      4,
      load,
    ))
      seen.push(n);
    expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => i));
    expect(most).toBe(4);
  });

  test('a failure reaches the reader in its turn', async () => {
    const seen: number[] = [];
    const reading = async () => {
      for await (const n of loadAhead([0, 1, 2, 3], 4, failAtTwo)) seen.push(n);
    };
    await expect(reading()).rejects.toThrow('no disk');
    expect(seen).toEqual([0, 1]);
  });

  test('an error of the source is not a verdict', async () => {
    const source = { parallel: 1, read: () => Promise.reject(new Error('connection refused')) };
    await expect(verifyTiles(source, NO_TRUST)).rejects.toThrow('connection refused');
  });
});

function failAtTwo(n: number): Promise<number> {
  return n === 2 ? Promise.reject(new Error('no disk')) : Promise.resolve(n);
}
