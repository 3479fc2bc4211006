import { describe, expect, test } from 'vitest';
import { LogFormatError } from './format-error';
import { formatCheckpoint, parseCheckpoint } from './note/checkpoint';
import { cosign } from './note/cosignature';
import { checkNote, formatNote, signText } from './note/signed-note';
import { COSIGNATURE_V1, type Signer, signer } from './note/verifier-key';
import { NaiveTree, sha256 } from './testing/naive-tree';
import { SeededRandom } from './testing/random';
import {
  decideAddCheckpoint,
  formatAddCheckpoint,
  parseAddCheckpoint,
  type WitnessDecision,
  type WitnessedTree,
} from './witness';

const ORIGIN = 'heptad.example/log';
const log = signer(ORIGIN, Buffer.alloc(32, 1));
const stranger = signer(ORIGIN, Buffer.alloc(32, 2));
const tree = NaiveTree.ofEntries(Array.from({ length: 200 }, (_, n) => Buffer.from(`${n}`)));
const forkedTree = NaiveTree.ofEntries(Array.from({ length: 200 }, (_, n) => Buffer.from(`${n === 3 ? 'x' : n}`)));

function noteOf(size: number, by: Signer = log, of = tree, origin = ORIGIN): Buffer {
  const text = formatCheckpoint({ origin, size, root: of.mth(0, size), extensions: [] });
  return Buffer.from(formatNote({ text, signatures: [signText(text, by)] }));
}

function proofOf(oldSize: number, size: number, of = tree): Buffer[] {
  return oldSize === 0 ? [] : of.proof(oldSize, size);
}

function ask(body: Uint8Array, latest: WitnessedTree | null): WitnessDecision {
  return decideAddCheckpoint(parseAddCheckpoint(body), {
    keysOf: (origin) => (origin === ORIGIN ? [log.key] : null),
    latestOf: (origin) => (origin === ORIGIN ? latest : null),
  });
}

const seen = (size: number, of = tree): WitnessedTree => ({ size, root: of.mth(0, size) });

function withProof(hashes: number): Uint8Array {
  return formatAddCheckpoint(
    1,
    Array.from({ length: hashes }, () => Buffer.alloc(32)),
    noteOf(5),
  );
}

describe('add-checkpoint (C2SP tlog-witness)', () => {
  test('the example request is read', () => {
    const hash = 'PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=';
    const body = `old 20852014\n${hash}\n${hash}\n\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n`;
    const request = parseAddCheckpoint(Buffer.from(body));
    expect(request).toMatchObject({ oldSize: 20_852_014, checkpoint: { size: 20_852_163 } });
    expect(request.proof).toHaveLength(2);
    const noteBytes = Buffer.from(body).subarray(body.indexOf('\n\n') + 2);
    expect(formatAddCheckpoint(request.oldSize, request.proof, noteBytes)).toEqual(Buffer.from(body));
  });

  test('the first checkpoint of a log, and each that grows from the last, is accepted', () => {
    let latest: WitnessedTree | null = null;
    for (const size of [0, 1, 1, 2, 7, 64, 65, 200]) {
      const old: number = latest?.size ?? 0;
      const decision = ask(formatAddCheckpoint(old, proofOf(old, size), noteOf(size)), latest);
      expect(decision).toMatchObject({ kind: 'accept', replaces: old, checkpoint: { size } });
      latest = seen(size);
    }
  });

  test('an accepted note text can be cosigned, and the note then verifies with both keys', () => {
    const witness = signer('witness.example', Buffer.alloc(32, 9), COSIGNATURE_V1);
    const decision = ask(formatAddCheckpoint(0, [], noteOf(5)), null);
    const noteText = decision.kind === 'accept' ? decision.noteText : '';
    const signatures = [signText(noteText, log), cosign(noteText, 1_767_225_600, witness)];
    expect(parseCheckpoint(noteText).size).toBe(5);
    expect(checkNote({ text: noteText, signatures }, [log.key, witness.key]).verified).toHaveLength(2);
  });

  test('404 for a log that is not known', () => {
    const other = signer('other.example', Buffer.alloc(32, 1));
    const body = formatAddCheckpoint(0, [], noteOf(5, other, tree, 'other.example'));
    expect(ask(body, null)).toMatchObject({ kind: 'refuse', status: 404 });
  });

  test('403 without a signature by a trusted key, before anything else is said', () => {
    expect(ask(formatAddCheckpoint(0, [], noteOf(5, stranger)), null)).toMatchObject({ status: 403 });
    expect(ask(formatAddCheckpoint(9, [], noteOf(5, stranger)), seen(4))).toMatchObject({ status: 403 });
    const changed = Buffer.from(noteOf(5).toString().replace('\n5\n', '\n6\n'));
    expect(ask(formatAddCheckpoint(0, [], changed), null)).toMatchObject({ status: 403 });
  });

  test('400 when the old size is larger than the checkpoint', () => {
    expect(ask(formatAddCheckpoint(6, [], noteOf(5)), seen(6))).toMatchObject({ kind: 'refuse', status: 400 });
  });

  test.each([
    { old: 0, latest: 4 },
    { old: 3, latest: 4 },
    { old: 5, latest: 4 },
    { old: 4, latest: 0 },
  ])('409 with the size when the old size is $old and the last cosigned is $latest', ({ old, latest }) => {
    const decision = ask(formatAddCheckpoint(old, proofOf(old, 9), noteOf(9)), latest === 0 ? null : seen(latest));
    expect(decision).toEqual({
      kind: 'conflict',
      status: 409,
      contentType: 'text/x.tlog.size',
      body: `${latest}\n`,
      isFork: false,
      reason: 'The old size is not the one cosigned last',
    });
  });

  test('a rolled-back log is told the larger size', () => {
    const decision = ask(formatAddCheckpoint(50, proofOf(50, 60), noteOf(60)), seen(100));
    expect(decision).toMatchObject({ status: 409, body: '100\n' });
  });

  test('409 and evidence of a fork when the log signs another tree of the same size', () => {
    const decision = ask(formatAddCheckpoint(9, [], noteOf(9, log, forkedTree)), seen(9));
    expect(decision).toMatchObject({ kind: 'conflict', status: 409, body: '9\n', isFork: true });
    const empty = { origin: ORIGIN, size: 0, root: sha256(Buffer.from('not empty')), extensions: [] };
    const text = formatCheckpoint(empty);
    const note = Buffer.from(formatNote({ text, signatures: [signText(text, log)] }));
    expect(ask(formatAddCheckpoint(0, [], note), null)).toMatchObject({ status: 409, isFork: true });
  });

  test('422 when the proof does not hold', () => {
    const good = proofOf(9, 20);
    const random = new SeededRandom(6);
    const bad = [...good];
    bad[1] = random.bytes(32);
    for (const proof of [bad, good.slice(1), [], [...good, good[0]!]]) {
      expect(ask(formatAddCheckpoint(9, proof, noteOf(20)), seen(9))).toMatchObject({ kind: 'refuse', status: 422 });
    }
    expect(ask(formatAddCheckpoint(9, proofOf(9, 20, forkedTree), noteOf(20, log, forkedTree)), seen(9))).toMatchObject(
      {
        status: 422,
      },
    );
    expect(ask(formatAddCheckpoint(0, good, noteOf(20)), null)).toMatchObject({ status: 422 });
    expect(ask(formatAddCheckpoint(9, good, noteOf(9)), seen(9))).toMatchObject({ status: 422 });
  });

  test.each([
    ['nothing', ''],
    ['no old line', '\nnote'],
    ['old without a size', 'old\n\nnote'],
    ['a leading zero', 'old 01\n\nnote'],
    ['a bad hash', 'old 1\nAAAA\n\nnote'],
    ['no note', 'old 1\n\n'],
    ['a note that is no checkpoint', `old 0\n\n${formatNote({ text: 'a\n', signatures: [signText('a\n', log)] })}`],
    ['no empty line', 'old 1\n'],
  ])('400, as an error of reading, for %s', (_, body) => {
    expect(() => parseAddCheckpoint(Buffer.from(body))).toThrow(LogFormatError);
  });

  test('63 proof lines are read, 64 are not', () => {
    expect(parseAddCheckpoint(withProof(63)).proof).toHaveLength(63);
    expect(() => parseAddCheckpoint(withProof(64))).toThrow('at most 63');
  });

  test('two requests that race for the same tree: the second, decided again on what is stored, is a conflict', () => {
    const first = ask(formatAddCheckpoint(4, proofOf(4, 9), noteOf(9)), seen(4));
    const second = ask(formatAddCheckpoint(4, proofOf(4, 7), noteOf(7)), seen(4));
    expect([first.kind, second.kind]).toEqual(['accept', 'accept']);
    const again = ask(formatAddCheckpoint(4, proofOf(4, 7), noteOf(7)), seen(9));
    expect(again).toMatchObject({ kind: 'conflict', body: '9\n' });
  });
});
