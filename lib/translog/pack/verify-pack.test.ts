import { describe, expect, test } from 'vitest';
import { canonicalJson, type JsonValue, parseCanonicalJson } from '../canonical-json';
import { parseTrustPolicy } from '../note/trust-policy';
import { COSIGNATURE_V1, formatVerifierKey, signer } from '../note/verifier-key';
import { parseCheckpoint } from '../note/checkpoint';
import { parseNote } from '../note/signed-note';
import { NaiveTree, sha256 } from '../testing/naive-tree';
import { logSigner, ORIGIN, plainLog, sampleLog, sampleNote, witnessSigner } from '../testing/sample-log';
import { packBytes, samplePack, tarBytes } from '../testing/sample-pack';
import { encodeEntries } from '../tree/entry-bundle';
import { leafHash } from '../tree/hash';
import type { Trust } from '../verify/trust';
import type { Verdict } from '../verify/verdict';
import { bytesSource } from './byte-source';
import type { PackManifest } from './manifest';
import { type PackContents, packParts } from './pack-parts';
import type { TarPart } from './tar';
import { tarPack, verifyPack } from './verify-pack';

const NO_TRUST: Trust = { keys: [], policy: null, known: null };
const log = sampleLog(40);

async function verify(contents: PackContents, trust: Partial<Trust> = {}): Promise<Verdict> {
  return verifyPack(tarPack(bytesSource(await packBytes(contents))), { ...NO_TRUST, ...trust });
}

async function verifyParts(parts: readonly TarPart[]): Promise<Verdict> {
  return verifyPack(tarPack(bytesSource(await tarBytes(parts))), NO_TRUST);
}

function known(size: number, of = log, origin = ORIGIN) {
  return { ...parseCheckpoint(parseNote(sampleNote(of, size)).text), origin };
}

/** The pack with other entries, framed and hashed as if nothing had happened. */
function withEntries(
  contents: PackContents,
  entries: readonly Uint8Array[],
  hashes?: readonly Uint8Array[],
): PackContents {
  const bytes = encodeEntries(entries);
  return { ...contents, entries: { size: bytes.length, chunks: [bytes] }, hashes: hashes ?? contents.hashes };
}

describe('no false alarm', () => {
  test('every range of every size up to 10, and the empty log', async () => {
    const wrong: string[] = [];
    for (let size = 1; size <= 10; size++) {
      for (let start = 0; start < size; start++) {
        for (let end = start + 1; end <= size; end++) {
          const { ok } = await verify(samplePack(log, { start, end, size, signers: [logSigner] }));
          if (!ok) wrong.push(`${start} to ${end} of ${size}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(await verify(samplePack(log, { start: 0, end: 0, size: 0 }))).toMatchObject({
      ok: true,
      size: 0,
      firstBad: null,
    });
  });

  test('the verdict says what was checked and by whom it was signed', async () => {
    const options = {
      start: 5,
      end: 30,
      size: 40,
      history: [0, 4, 17, 40].slice(0, 3),
      withPayloads: true,
      withFiles: true,
    };
    const contents = samplePack(log, options);
    expect(await verify(contents)).toEqual({
      ok: true,
      origin: ORIGIN,
      size: 40,
      root: log.tree.mth(0, 40).toString('base64'),
      start: 5,
      end: 30,
      firstBad: null,
      isTrusted: false,
      signedBy: [logSigner.key, witnessSigner.key].map(formatVerifierKey),
      alsoSignedBy: [],
      checked: { entries: 25, history: 3, payloads: contents.openings.length, files: 2 },
      problems: [],
    });
  });

  test('progress is told on the way through a long pack', async () => {
    const count = 65_600;
    const seen: [number, number][] = [];
    const pack = await packBytes(samplePack(plainLog(count), { start: 0, end: count, size: count }));
    const { ok } = verifyPack(tarPack(bytesSource(pack)), NO_TRUST, (done, total) => seen.push([done, total]));
    expect(ok).toBe(true);
    expect(seen).toEqual([[65_536, count]]);
  });
});

describe('changes by someone who knows the format', () => {
  const whole = samplePack(log, { start: 0, end: 40, size: 40, history: [16, 32] });
  const part = samplePack(log, { start: 10, end: 30, size: 40 });
  const entriesOf = ({ start, end }: PackContents) => log.entries.slice(start, end);

  test('an entry rewritten in place', async () => {
    for (const at of [0, 7, 19]) {
      const entries = entriesOf(part);
      entries[at] = Buffer.from('{"forged":true}');
      const verdict = await verify(withEntries(part, entries));
      expect(verdict).toMatchObject({ ok: false, firstBad: 10 + at, checked: { entries: at } });
      expect(verdict.problems[0]!.message).toBe(`Entry ${10 + at} is missing or is not the one that was logged.`);
    }
  });

  test('two entries swapped, one removed, one added, one repeated, the last cut off', async () => {
    const e = entriesOf(part);
    const swapped = [...e.slice(0, 4), e[9]!, ...e.slice(5, 9), e[4]!, ...e.slice(10)];
    expect(await verify(withEntries(part, swapped))).toMatchObject({ ok: false, firstBad: 14 });
    expect(await verify(withEntries(part, e.toSpliced(6, 1)))).toMatchObject({ ok: false, firstBad: 16 });
    expect(await verify(withEntries(part, e.toSpliced(6, 0, Buffer.from('{}'))))).toMatchObject({
      ok: false,
      firstBad: 16,
    });
    expect(await verify(withEntries(part, e.toSpliced(6, 0, e[5]!)))).toMatchObject({ ok: false, firstBad: 16 });
    expect(await verify(withEntries(part, e.slice(0, -1)))).toMatchObject({ ok: false, firstBad: 29 });
    expect(await verify(withEntries(part, [...e, e[0]!]))).toMatchObject({ ok: false, firstBad: 30 });
    expect(await verify(withEntries(part, []))).toMatchObject({ ok: false, firstBad: 10 });
  });

  test('an entry and its hash rewritten together: only what an earlier checkpoint proves is vouched for', async () => {
    const entries = entriesOf(whole);
    entries[20] = Buffer.from('{"forged":true}');
    const hashes = entries.map(leafHash);
    expect(await verify(withEntries(whole, entries, hashes))).toMatchObject({ ok: false, firstBad: 16 });
    entries[3] = Buffer.from('{"forged":true}');
    expect(await verify(withEntries(whole, entries, entries.map(leafHash)))).toMatchObject({ ok: false, firstBad: 0 });
  });

  test('an entry rewritten and noise in another hash: the noise does not lead astray', async () => {
    const entries = entriesOf(whole);
    entries[20] = Buffer.from('{"forged":true}');
    const hashes = entries.map(leafHash);
    hashes[30] = Buffer.alloc(32);
    expect(await verify(withEntries(whole, entries, hashes))).toMatchObject({ ok: false, firstBad: 16 });
  });

  test('a pack that ends in the middle of its entries: those before the cut are as logged', async () => {
    const bytes = await packBytes(part);
    const cutAt = bytes.indexOf('event-17');
    const verdict = verifyPack(tarPack(bytesSource(bytes.subarray(0, cutAt))), NO_TRUST);
    expect(verdict).toMatchObject({ ok: false, firstBad: 17, checked: { entries: 7 } });
    expect(verdict.problems.at(-1)!.message).toBe('Container: the archive ends in the middle of entries.');
  });

  test('hashes damaged, missing or too many while the entries are whole', async () => {
    const hashes = entriesOf(part).map(leafHash);
    const other = hashes.with(5, Buffer.alloc(32));
    expect(await verify({ ...part, hashes: other })).toMatchObject({
      ok: false,
      firstBad: 15,
      checked: { entries: 20 },
    });
    const parts = packParts(part);
    const resized = (bytes: Uint8Array) =>
      parts.map((member) => (member.name === 'hashes' ? { ...member, size: bytes.length, chunks: [bytes] } : member));
    const all = Buffer.concat(hashes);
    expect(await verifyParts(resized(all.subarray(0, 7 * 32)))).toMatchObject({ ok: false, firstBad: 17 });
    expect(await verifyParts(resized(all.subarray(0, 7 * 32 + 5)))).toMatchObject({ ok: false, firstBad: 17 });
    expect(await verifyParts(resized(Buffer.concat([all, Buffer.alloc(32)])))).toMatchObject({
      ok: false,
      firstBad: 30,
    });
  });

  test('a member taken out, added, renamed or moved', async () => {
    const contents = samplePack(log, { start: 0, end: 9, size: 9, history: [4], withPayloads: true, withFiles: true });
    const parts = packParts(contents);
    const without = (name: string) => parts.filter((member) => member.name !== name);
    expect(await verifyParts(parts)).toMatchObject({ ok: true });
    expect(await verifyParts(without('manifest.json'))).toMatchObject({
      ok: false,
      firstBad: 0,
      size: null,
      root: null,
    });
    expect(await verifyParts(without('checkpoint'))).toMatchObject({ ok: false, firstBad: 0, size: null });
    expect(await verifyParts(without('range-proof'))).toMatchObject({ ok: false, firstBad: 0, size: 9 });
    expect(await verifyParts(without('history/4'))).toMatchObject({ ok: false, firstBad: 0 });
    expect(await verifyParts(without('hashes'))).toMatchObject({ ok: false, firstBad: 0 });
    expect(await verifyParts(without('entries'))).toMatchObject({ ok: false, firstBad: 0 });
    expect(await verifyParts(without('salts'))).toMatchObject({ ok: false, firstBad: 0 });
    expect(await verifyParts(without('payloads/3-1'))).toMatchObject({ ok: false, firstBad: 3 });
    expect(await verifyParts(without('files/evidence/file-1.txt'))).toMatchObject({ ok: false, firstBad: 9 });
    const extra: TarPart = { name: 'files/extra', size: 1, chunks: [Buffer.from('x')] };
    expect(await verifyParts([...parts, extra])).toMatchObject({ ok: false, firstBad: 9 });
    expect(await verifyParts(parts.toReversed())).toMatchObject({ ok: false, firstBad: 9 });
    const renamed = parts.map((member) =>
      member.name === 'payloads/3-0' ? { ...member, name: 'payloads/4-0' } : member,
    );
    expect(await verifyParts(renamed)).toMatchObject({ ok: false, firstBad: 3 });
  });

  test('the same pack signed by another key: whole, but not what the log’s key signed', async () => {
    const thief = signer(ORIGIN, Buffer.alloc(32, 66));
    const forged = samplePack(sampleLog(40, 99), { start: 0, end: 40, size: 40, signers: [thief] });
    expect(await verify(forged)).toMatchObject({
      ok: true,
      isTrusted: false,
      signedBy: [formatVerifierKey(thief.key)],
    });
    const refused = await verify(forged, { keys: [logSigner.key] });
    expect(refused).toMatchObject({ ok: false, firstBad: 0, isTrusted: true, signedBy: [] });
    expect(refused.problems[0]!.message).toBe('Checkpoint: it is not signed by the key you named.');
  });

  test('a checkpoint signed by a witness alone, or by a log of another name, is not the log’s', async () => {
    const alone = await verify(samplePack(log, { start: 0, end: 4, size: 4, signers: [witnessSigner] }));
    expect(alone).toMatchObject({ ok: false, firstBad: 0 });
    const other = signer('other.example/log', Buffer.alloc(32, 5));
    expect(await verify(samplePack(log, { start: 0, end: 4, size: 4, signers: [other] }))).toMatchObject({ ok: false });
  });

  test('a key in the manifest that signed nothing, or a signature nobody is named for', async () => {
    const contents = samplePack(log, { start: 2, end: 4, size: 4 });
    const stranger = signer('stranger.example', Buffer.alloc(32, 3)).key;
    const unused = await verify({ ...contents, keys: [...contents.keys, stranger] });
    expect(unused).toMatchObject({ ok: false, firstBad: 2 });
    expect(unused.problems[0]!.message).toBe('The manifest lists a key that signed nothing.');
    const unnamed = await verify({ ...contents, keys: [logSigner.key] });
    expect(unnamed.problems[0]!.message).toBe('Checkpoint: nothing is known of the signer witness.example/w1.');
    expect(await verify({ ...contents, keys: [] })).toMatchObject({ ok: false });
  });
});

describe('trust that the reviewer brings along', () => {
  const contents = samplePack(log, { start: 10, end: 30, size: 40, history: [8, 20] });

  test('the log’s key', async () => {
    expect(await verify(contents, { keys: [logSigner.key] })).toMatchObject({ ok: true, isTrusted: true });
    expect(await verify({ ...contents, keys: [witnessSigner.key] }, { keys: [logSigner.key] })).toMatchObject({
      ok: true,
    });
  });

  test('where a key is named, signers who only came with the pack are told apart from it', async () => {
    const impostor = signer(witnessSigner.key.name, Buffer.alloc(32, 66), COSIGNATURE_V1);
    const options = { start: 10, end: 30, size: 40, signers: [logSigner, witnessSigner, impostor] };
    const [byLog, byWitness, byImpostor] = options.signers.map(({ key }) => formatVerifierKey(key));
    const pack = samplePack(log, options);
    expect(await verify(pack, { keys: [logSigner.key] })).toMatchObject({
      ok: true,
      isTrusted: true,
      signedBy: [byLog],
      alsoSignedBy: [byWitness, byImpostor],
    });
    const witnesses = parseTrustPolicy(`log ${byLog}\nwitness w ${byWitness}\nquorum w`);
    expect(await verify(pack, { policy: witnesses })).toMatchObject({
      ok: true,
      signedBy: [byLog, byWitness],
      alsoSignedBy: [byImpostor],
    });
    // Nothing named: all keys are of the same kind, and the verdict says so by `isTrusted`.
    expect(await verify(pack)).toMatchObject({
      isTrusted: false,
      signedBy: [byLog, byWitness, byImpostor],
      alsoSignedBy: [],
    });
  });

  test('a policy with a quorum of witnesses', async () => {
    const logLine = `log ${formatVerifierKey(logSigner.key)}`;
    const witnessLine = `witness w ${formatVerifierKey(witnessSigner.key)}`;
    const policy = parseTrustPolicy(`${logLine}\n${witnessLine}\nquorum w`);
    expect(await verify(contents, { policy })).toMatchObject({ ok: true, isTrusted: true });
    const unwitnessed = samplePack(log, { start: 10, end: 30, size: 40, signers: [logSigner] });
    const verdict = await verify(unwitnessed, { policy });
    expect(verdict).toMatchObject({ ok: false, firstBad: 10 });
    expect(verdict.problems[0]!.message).toBe('Checkpoint: it does not satisfy the policy.');
    const noLogs = parseTrustPolicy(`${witnessLine}\nquorum w`);
    expect(await verify(contents, { policy: noLogs })).toMatchObject({ ok: true, isTrusted: false });
  });

  test('a checkpoint kept from earlier: in the range, in the history, of today, or of the empty log', async () => {
    for (const size of [0, 8, 11, 20, 29, 30, 40]) {
      expect(await verify(contents, { known: known(size) })).toMatchObject({ ok: true });
    }
  });

  test('a kept checkpoint the pack has no proof for is not passed over', async () => {
    for (const size of [5, 10, 31, 39]) {
      const verdict = await verify(contents, { known: known(size) });
      expect(verdict).toMatchObject({ ok: false, firstBad: 10 });
      expect(verdict.problems[0]!.message).toContain(`no proof that the log grew from the ${size} entries you know`);
    }
  });

  test('a fork: the kept checkpoint has another root', async () => {
    const fork = sampleLog(40, 1_234);
    for (const size of [8, 11, 20, 30, 40]) {
      const verdict = await verify(contents, { known: known(size, fork) });
      expect(verdict).toMatchObject({ ok: false, firstBad: 10 });
      expect(verdict.problems[0]!.message).toContain('has been forked');
    }
  });

  /** The pack with entry 20 forged; `hashes`, if any, hide which one it is. */
  function damaged(hashes?: readonly Uint8Array[]): PackContents {
    return withEntries(contents, log.entries.slice(10, 30).with(10, Buffer.from('{"forged":true}')), hashes);
  }

  test('a changed entry is no fork: it is named as without a kept checkpoint', async () => {
    for (const size of [0, 8, 11, 20, 21, 25, 30, 40]) {
      const verdict = await verify(damaged(), { known: known(size) });
      expect(verdict).toMatchObject({ ok: false, firstBad: 20, checked: { entries: 10 } });
      expect(verdict.problems).toMatchObject([{ part: 'entries', position: 20 }]);
    }
  });

  test('a fork is told all the same where entries are bad: the hashes give the signed root, not the kept one', async () => {
    for (const size of [8, 11, 20, 25, 30, 40]) {
      const verdict = await verify(damaged(), { known: known(size, sampleLog(40, 1_234)) });
      expect(verdict).toMatchObject({ ok: false, firstBad: 10 });
      expect(verdict.problems).toMatchObject([{ part: 'history' }, { part: 'entries', position: 20 }]);
    }
    // Someone gives out the very entries that the log had signed before it was forked.
    const before = damaged();
    const forged = NaiveTree.ofEntries(log.entries.with(20, Buffer.from('{"forged":true}')));
    const verdict = await verify(before, { known: { ...known(25), root: forged.mth(0, 25) } });
    expect(verdict.problems).toMatchObject([{ part: 'history' }, { part: 'entries', position: 20 }]);
  });

  test('where neither entries nor hashes count, a kept checkpoint is compared as far as the entries are proven', async () => {
    const noise = Array.from({ length: 20 }, () => Buffer.alloc(32, 1));
    const fork = sampleLog(40, 1_234);
    // The earlier checkpoint of 20 entries proves those before the bad one.
    expect(await verify(damaged(noise), { known: known(25) })).toMatchObject({ firstBad: 20, problems: [{}] });
    expect(await verify(damaged(noise), { known: known(25, fork) })).toMatchObject({ firstBad: 20, problems: [{}] });
    for (const size of [15, 20, 40]) {
      expect(await verify(damaged(noise), { known: known(size, fork) })).toMatchObject({ firstBad: 10 });
    }
  });

  test('a rollback: the kept checkpoint is larger', async () => {
    const short = samplePack(log, { start: 0, end: 20, size: 20 });
    const verdict = await verify(short, { known: known(21) });
    expect(verdict).toMatchObject({ ok: false, firstBad: 20 });
    expect(verdict.problems[0]!.message).toBe('The log has been rolled back: you know 21 entries.');
  });

  test('a kept checkpoint of another log', async () => {
    const verdict = await verify(contents, { known: known(20, log, 'other.example') });
    expect(verdict.problems[0]!.message).toBe('The checkpoint you kept is of another log, other.example.');
  });
});

describe('earlier checkpoints', () => {
  test('one that the log signed over other entries is a fork', async () => {
    const contents = samplePack(log, { start: 0, end: 40, size: 40, history: [16] });
    const fork = { size: 16, proof: log.tree.proof(16, 40), checkpoint: sampleNote(sampleLog(16, 5), 16, [logSigner]) };
    const verdict = await verify({ ...contents, history: [fork] });
    expect(verdict).toMatchObject({ ok: false, firstBad: 0, checked: { history: 0, entries: 40 } });
    expect(verdict.problems[0]!.message).toContain('its tree did not grow from it');
  });

  test('one with another size than listed, another origin or a bad signature is refused', async () => {
    const contents = samplePack(log, { start: 0, end: 40, size: 40, history: [16] });
    const [good] = contents.history;
    const listedAs17 = { ...good!, size: 17 };
    const verdict = await verify({ ...contents, history: [listedAs17] });
    expect(verdict.problems[0]!.message).toBe('Checkpoint of size 17: it is not the one the manifest lists.');
    const forged = Buffer.from(good!.checkpoint.toString().replace('\n16\n', '\n15\n'));
    const bad = await verify({ ...contents, history: [{ ...good!, checkpoint: forged }] });
    expect(bad.problems[0]!.message).toBe(`Checkpoint of size 16: the signature by ${ORIGIN} is not good.`);
    const cutShort = await verify({ ...contents, history: [{ ...good!, checkpoint: Buffer.from('x') }] });
    expect(cutShort).toMatchObject({ ok: false, firstBad: 0 });
  });

  test('where a policy names the log, they are signed by it too, not by a key that came along', async () => {
    const thief = signer(ORIGIN, Buffer.alloc(32, 66));
    const contents = samplePack(log, { start: 0, end: 40, size: 40, signers: [logSigner], history: [16] });
    const old = { ...contents.history[0]!, checkpoint: sampleNote(log, 16, [thief]) };
    const forged = { ...contents, keys: [logSigner.key, thief.key], history: [old] };
    const policy = parseTrustPolicy(`log ${formatVerifierKey(logSigner.key)}\nquorum none`);
    expect(await verify(contents, { policy })).toMatchObject({ ok: true, checked: { history: 1 } });
    const verdict = await verify(forged, { policy });
    expect(verdict).toMatchObject({ ok: false, isTrusted: true, checked: { history: 0 } });
    expect(verdict.problems[0]!.message).toBe('Checkpoint of size 16: it does not satisfy the policy.');
  });

  test('they need not have the quorum of today', async () => {
    const lines = [`log ${formatVerifierKey(logSigner.key)}`, `witness w ${formatVerifierKey(witnessSigner.key)}`];
    const policy = parseTrustPolicy([...lines, 'quorum w'].join('\n'));
    const contents = samplePack(log, { start: 0, end: 40, size: 40, history: [16] });
    expect(await verify(contents, { policy })).toMatchObject({ ok: true, checked: { history: 1 } });
  });
});

describe('payloads and files', () => {
  const contents = samplePack(log, { start: 0, end: 10, size: 10, withPayloads: true, withFiles: true });

  test('a payload or salt that is not the one logged', async () => {
    const [first, ...rest] = contents.openings;
    const changed = { ...first!, content: [Buffer.alloc(first!.size, 1)] };
    expect(await verify({ ...contents, openings: [changed, ...rest] })).toMatchObject({ ok: false, firstBad: 0 });
    const last = contents.openings.at(-1)!;
    const salted = { ...last, salt: Buffer.alloc(32) };
    const verdict = await verify({ ...contents, openings: [...contents.openings.slice(0, -1), salted] });
    expect(verdict).toMatchObject({
      ok: false,
      firstBad: last.seq,
      checked: { payloads: contents.openings.length - 1 },
    });
    expect(verdict.problems).toEqual([
      {
        part: 'payloads',
        position: last.seq,
        message: `Payload 1 of entry ${last.seq}: it is not the one that was logged.`,
      },
    ]);
  });

  test('a payload that no entry speaks of, of another size, or with salts to spare', async () => {
    const invented = { seq: 4, item: 0, size: 1, salt: Buffer.alloc(32), content: [Buffer.from('x')] };
    const openings = [...contents.openings, invented].toSorted((a, b) => a.seq - b.seq);
    const verdict = await verify({ ...contents, openings });
    expect(verdict).toMatchObject({ ok: false, firstBad: 4 });
    expect(verdict.problems[0]!.message).toBe('Payload 0 of entry 4: the entry says nothing of it.');
    const parts = packParts(contents);
    const longer = parts.map((member) => (member.name === 'payloads/3-0' ? grow(member) : member));
    expect(await verifyParts(longer)).toMatchObject({ ok: false, firstBad: 3 });
    const spare = parts.map((member) => (member.name === 'salts' ? grow(member) : member));
    expect(await verifyParts(spare)).toMatchObject({ ok: false, firstBad: 10 });
  });

  test('erased and withheld payloads are no fault', async () => {
    const some = { ...contents, openings: contents.openings.filter((_, i) => i % 2 === 0) };
    expect(await verify(some)).toMatchObject({ ok: true, checked: { payloads: some.openings.length } });
    expect(await verify({ ...contents, openings: [] })).toMatchObject({ ok: true, checked: { payloads: 0 } });
  });

  test('a file of another size or content', async () => {
    const [file, other] = contents.files;
    const changed = { ...file!, content: [Buffer.alloc(file!.size, 1)] };
    expect(await verify({ ...contents, files: [changed, other!] })).toMatchObject({ ok: false, firstBad: 10 });
    const parts = packParts(contents);
    const longer = parts.map((member) => (member.name === 'files/evidence/file-0.txt' ? grow(member) : member));
    expect(await verifyParts(longer)).toMatchObject({ ok: false, firstBad: 10, checked: { files: 1 } });
  });

  test('entries are judged before what hangs on them', async () => {
    const [first, ...rest] = contents.openings;
    const entries = log.entries.slice(0, 10).map((entry, seq) => (seq === 8 ? Buffer.from('{}') : entry));
    const both = withEntries({ ...contents, openings: [{ ...first!, salt: Buffer.alloc(32) }, ...rest] }, entries);
    expect(await verify(both)).toMatchObject({ ok: false, firstBad: 8 });
  });
});

function grow(member: TarPart): TarPart {
  const chunks = [...(member.chunks as Iterable<Uint8Array>), Buffer.from('x')];
  return { ...member, size: member.size + 1, chunks };
}

function written(manifest: object): string {
  return canonicalJson(manifest as JsonValue);
}

describe('manifests that are wrong', () => {
  /** Made inside the tests, so that a manifest that cannot be written or read fails them by name. */
  const contents = () =>
    samplePack(log, { start: 2, end: 8, size: 10, history: [1], withPayloads: true, withFiles: true });
  const goodManifest = () => {
    const [manifest] = packParts(contents());
    const bytes = Buffer.concat([...(manifest!.chunks as Iterable<Uint8Array>)]);
    return parseCanonicalJson(bytes) as unknown as PackManifest & { format: string };
  };
  const withManifest = (bytes: Buffer) => [
    { name: 'manifest.json', size: bytes.length, chunks: [bytes] },
    ...packParts(contents()).slice(1),
  ];
  const sha = sha256().toString('hex');
  const withFile =
    (path: unknown, digest: unknown = sha) =>
    () => ({ files: [{ path, size: 0, sha256: digest }] });
  const withOpening = (opening: unknown) => () => ({ openings: [opening] });
  const noText = 'something else where a text belongs';
  const noNumber = 'something else where a whole number belongs';
  const noPlainPath = 'The path of a file is not a plain relative path';
  const noDigest = 'The sha256 of a file is 64 hexadecimal digits';

  test('the good one is good', async () => {
    expect(await verifyParts(withManifest(Buffer.from(written(goodManifest()))))).toMatchObject({ ok: true });
    const onlyHere = { path: 'a-b_c.d/E9/x', size: 9, sha256: sha };
    expect(() => packParts({ ...contents(), files: [{ ...onlyHere, content: [] }] })).not.toThrow();
    expect(() => packParts({ ...contents(), start: 0, end: 0, openings: [], files: [] })).not.toThrow();
  });

  test.each<[string, string | Buffer]>([
    ['This is not JSON', 'not json'],
    ['This JSON is not in its canonical form', '{ }'],
    ['JSON is UTF-8', Buffer.from([0xff])],
    ['expected format, start, end, keys, history, openings, files', '[]'],
    ['expected format, start, end, keys, history, openings, files', 'null'],
    ['expected format, start, end, keys, history, openings, files', '7'],
  ])('%s: %s', async (message, text) => {
    const verdict = await verifyParts(withManifest(Buffer.from(text)));
    expect(verdict).toMatchObject({
      ok: false,
      firstBad: 0,
      size: null,
      problems: [{ part: 'manifest', position: 0 }],
    });
    expect(verdict.problems[0]!.message).toMatch(/^Manifest: .*\.$/);
    expect(verdict.problems[0]!.message).toContain(message);
  });

  test.each<[string, (good: PackManifest) => object, string]>([
    ['another format', () => ({ format: 'heptad-pack/2' }), 'This is not a pack of format heptad-pack/1'],
    ['a field too many', () => ({ note: 'x' }), 'The manifest lacks a field or has one too many'],
    ['a field missing', () => ({ files: undefined }), 'The manifest lacks a field or has one too many'],
    ['start no number', () => ({ start: '2' }), noNumber],
    ['start negative', () => ({ start: -1 }), noNumber],
    ['start fractional', () => ({ start: 0.5 }), noNumber],
    ['end before start', () => ({ start: 9 }), 'The manifest ends before it starts'],
    ['keys no list', () => ({ keys: 'x' }), 'something else where a list belongs'],
    ['a key that is no text', () => ({ keys: [1] }), noText],
    ['a broken key', () => ({ keys: ['x'] }), 'A verifier key is written name+id+base64'],
    ['history not ascending', () => ({ history: [3, 1] }), 'The history is not in order'],
    ['history twice the same', () => ({ history: [1, 1] }), 'The history is not in order'],
    [
      'openings not ascending',
      ({ openings }) => ({ openings: openings.toReversed() }),
      'The openings are not in order',
    ],
    ['items not ascending', () => ({ openings: [1, 0].map((item) => ({ seq: 3, item, size: 1 })) }), 'not in order'],
    ['an opening before the range', withOpening({ seq: 1, item: 0, size: 1 }), 'An opening has no entry here'],
    ['an opening after the range', withOpening({ seq: 8, item: 0, size: 1 }), 'An opening has no entry here'],
    [
      'an opening with a field too many',
      withOpening({ seq: 3, item: 0, size: 1, salt: '' }),
      'expected seq, item, size',
    ],
    ['an opening that is null', withOpening(null), 'expected seq, item, size'],
    ['an opening of no size', withOpening({ seq: 3, item: 0, size: null }), noNumber],
    ['a file twice', ({ files }) => ({ files: [files[0], files[0]] }), 'A file is listed twice'],
    ['a file without size', () => ({ files: [{ path: 'a', sha256: sha }] }), 'expected path, size, sha256'],
    ['a path that climbs', withFile('../x'), noPlainPath],
    ['a path from the root', withFile('/x'), noPlainPath],
    ['a hidden path', withFile('a/.b'), noPlainPath],
    ['an empty path', withFile(''), noPlainPath],
    ['a path that ends with a slash', withFile('a/'), noPlainPath],
    ['a path with a space', withFile('a b'), noPlainPath],
    ['a path that is no text', withFile(7), noText],
    ['a path longer than an archive can hold', withFile('a'.repeat(95)), 'has more than 94 characters'],
    ['a path that no pattern can match', withFile('a/'.repeat(5_000_000)), 'has more than 94 characters'],
    ['an upper-case digest', withFile('a', sha.toUpperCase()), noDigest],
    ['a digest too long', withFile('a', `${sha}0`), noDigest],
    ['a digest that begins early', withFile('a', `x${sha}`), noDigest],
  ])('%s', async (_, change, message) => {
    const good = goodManifest();
    const verdict = await verifyParts(withManifest(Buffer.from(written({ ...good, ...change(good) }))));
    expect(verdict).toMatchObject({ ok: false, firstBad: 0, size: null, root: null });
    expect(verdict.problems[0]).toMatchObject({ part: 'manifest', position: 0 });
    expect(verdict.problems[0]!.message).toContain(message);
  });

  test('one that claims another range', async () => {
    const good = goodManifest();
    for (const [start, end] of [
      [2, 9],
      [3, 8],
      [1, 8],
      [2, 7],
      [0, 10],
      [2, 11],
      [3, 3],
    ] as const) {
      const openings = good.openings.filter(({ seq }) => seq >= start && seq < end);
      const parts = withManifest(Buffer.from(written({ ...good, start, end, openings })));
      expect(await verifyParts(parts)).toMatchObject({ ok: false, start, end });
    }
  });

  test('one that would be wrong is not written', () => {
    const openings = contents().openings.toReversed();
    expect(() => packParts({ ...contents(), openings })).toThrow('not in order');
    expect(() => packParts({ ...contents(), start: 9, end: 8 })).toThrow('ends before it starts');
  });

  test('a file whose path the archive cannot hold is refused before anything is written; the longest other one is', async () => {
    const named = (length: number) => {
      const file = { path: 'p'.repeat(length), size: 0, sha256: sha256(Buffer.alloc(0)).toString('hex'), content: [] };
      return { ...contents(), files: [file] };
    };
    expect(() => packParts(named(95))).toThrow('The path of a file has more than 94 characters');
    expect(await verify(named(94))).toMatchObject({ ok: true, checked: { files: 1 } });
  });
});

describe('what the verdict says of each fault', () => {
  const contents = () =>
    samplePack(log, { start: 2, end: 12, size: 20, history: [5], withPayloads: true, withFiles: true });
  const member = (name: string, change: (bytes: Buffer) => Uint8Array | null) =>
    packParts(contents()).flatMap((part) => {
      if (part.name !== name) return [part];
      const bytes = change(Buffer.concat([...(part.chunks as Iterable<Uint8Array>)]));
      return bytes === null ? [] : [{ name, size: bytes.length, chunks: [bytes] }];
    });
  const longer = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(32)]);
  const flipped = (at: number) => (bytes: Buffer) => {
    bytes[at]! ^= 1;
    return bytes;
  };
  const first = () => contents().openings[0]!;

  test.each<[string, (bytes: Buffer) => Uint8Array | null, string, number, string]>([
    ['hashes', flipped(3 * 32), 'hashes', 5, 'A hash is damaged; its entry is whole.'],
    ['hashes', longer, 'hashes', 12, 'Something follows the last hash.'],
    ['entries', longer, 'entries', 12, 'Something follows the last entry.'],
    ['entries', () => null, 'entries', 2, 'Entry 2 is missing or is not the one that was logged.'],
    ['range-proof', () => null, 'proof', 2, 'Range proof: it is not whole.'],
    ['range-proof', (bytes) => bytes.subarray(0, -1), 'proof', 2, 'Range proof: it is not whole.'],
    ['range-proof', (bytes) => bytes.subarray(45), 'proof', 2, 'Range proof: it has the wrong length.'],
    ['range-proof', flipped(0), 'entries', 2, 'Entries and range proof do not give the root that was signed.'],
    ['checkpoint', () => null, 'checkpoint', 2, 'Checkpoint: The note has no signatures.'],
    ['history/5', () => null, 'history', 2, 'Checkpoint of size 5: There is no empty line before the note.'],
    ['salts', longer, 'payloads', 12, 'There are more salts than payloads.'],
    [
      'files/evidence/file-0.txt',
      longer,
      'files',
      12,
      'File evidence/file-0.txt is missing or is not the one in the manifest.',
    ],
  ])('%s changed', async (name, change, part, position, message) => {
    const { ok, problems } = await verifyParts(member(name, change));
    expect(ok).toBe(false);
    expect(problems).toContainEqual({ part, position, message });
  });

  test('a payload or its salt gone, or of another size', async () => {
    const { seq, item } = first();
    const said = async (parts: readonly TarPart[]) => (await verifyParts(parts)).problems;
    const problem = (message: string) => ({
      part: 'payloads',
      position: seq,
      message: `Payload ${item} of entry ${seq}: ${message}.`,
    });
    expect(await said(member('salts', () => null))).toContainEqual(problem('its salt or its content is missing'));
    expect(await said(member('salts', (bytes) => bytes.subarray(0, 31)))).toContainEqual(
      problem('its salt or its content is missing'),
    );
    const name = `payloads/${seq}-${item}`;
    expect(await said(member(name, () => null))).toContainEqual(problem('its salt or its content is missing'));
    expect(await said(member(name, longer))).toContainEqual(
      problem('it does not have the size that the manifest gives'),
    );
    expect(await said(member(name, flipped(0)))).toContainEqual(problem('it is not the one that was logged'));
  });

  test('a member too many, an unused key, a kept checkpoint of elsewhere', async () => {
    const extra: TarPart = { name: 'files/extra', size: 0, chunks: [] };
    expect((await verifyParts([...packParts(contents()), extra])).problems).toEqual([
      {
        part: 'structure',
        position: 12,
        message: 'Container: its members are not those that the manifest lists, in their order.',
      },
    ]);
    const stranger = signer('stranger.example', Buffer.alloc(32, 3)).key;
    const unused = await verify({ ...contents(), keys: [...contents().keys, stranger] });
    expect(unused.problems).toMatchObject([{ part: 'manifest', position: 2 }]);
    const parts = async (of: ReturnType<typeof known>) => (await verify(contents(), { known: of })).problems;
    expect(await parts(known(20, log, 'other.example'))).toMatchObject([{ part: 'history', position: 2 }]);
    expect(await parts(known(21))).toMatchObject([{ part: 'history', position: 12 }]);
    expect(await parts(known(15))).toMatchObject([{ part: 'history', position: 2 }]);
    expect(await parts(known(20, sampleLog(20, 77)))).toMatchObject([{ part: 'history', position: 2 }]);
  });
});
