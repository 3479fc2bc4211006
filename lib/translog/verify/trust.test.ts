import { describe, expect, test } from 'vitest';
import { formatNote, parseNote, signText } from '../note/signed-note';
import { parseTrustPolicy } from '../note/trust-policy';
import { COSIGNATURE_V1, formatVerifierKey, type Signer, signer } from '../note/verifier-key';
import { logSigner, ORIGIN, sampleLog, sampleNote, witnessSigner } from '../testing/sample-log';
import { namesLogKeys, openCheckpoint, type Trust } from './trust';

const log = sampleLog(5);
const NO_TRUST: Trust = { keys: [], policy: null, known: null };
const stranger = signer('stranger.example', Buffer.alloc(32, 9));
/** Another key under the log's own name. */
const successor = signer(ORIGIN, Buffer.alloc(32, 10));

function policyOf(text: string): Partial<Trust> {
  return { policy: parseTrustPolicy(text) };
}

const logLine = `log ${formatVerifierKey(logSigner.key)}\n`;
const witnessLine = `witness w ${formatVerifierKey(witnessSigner.key)}\n`;

function open(by: readonly Signer[], trust: Partial<Trust>, { offered = [] as Signer[], isClosed = false } = {}) {
  const keys = offered.map(({ key }) => key);
  return openCheckpoint(sampleNote(log, 5, by), keys, { ...NO_TRUST, ...trust }, isClosed);
}

/** Exchanges the signature, so that the line names a key whose signature it is not. */
function withBadSignature(by: readonly Signer[], broken: Signer): Buffer {
  const { text, signatures } = parseNote(sampleNote(log, 5, by));
  return Buffer.from(
    formatNote({
      text,
      signatures: signatures.map((one) =>
        one.keyId === broken.key.keyId ? { ...one, signature: Buffer.alloc(one.signature.length) } : one,
      ),
    }),
  );
}

describe('the keys come from the person who verifies', () => {
  test.each<[string, Partial<Trust>, boolean]>([
    ['nothing', {}, false],
    ['a key', { keys: [logSigner.key] }, true],
    ['a policy with a log', policyOf(`${logLine}quorum none`), true],
    ['a policy of witnesses only', policyOf(`${witnessLine}quorum w`), false],
  ])('with %s named', (_, trust, expected) => {
    expect(namesLogKeys({ ...NO_TRUST, ...trust })).toBe(expected);
  });
});

describe('a checkpoint is opened', () => {
  test('with a key that came along, that was named, or that a policy lists', () => {
    const signedByLog = { checkpoint: { origin: ORIGIN, size: 5 }, signedBy: [logSigner.key] };
    expect(open([logSigner], {}, { offered: [logSigner] })).toMatchObject(signedByLog);
    expect(open([logSigner], { keys: [logSigner.key] })).toMatchObject(signedByLog);
    expect(open([logSigner], policyOf(`${logLine}quorum none`))).toMatchObject(signedByLog);
  });

  test('and says whose signatures hold, the policy’s witnesses among them', () => {
    const opened = open([logSigner, witnessSigner], policyOf(`${logLine}${witnessLine}quorum w`));
    expect(opened).toMatchObject({ signedBy: [logSigner.key, witnessSigner.key] });
  });

  test('with the log’s new key where the named one has signed too', () => {
    const opened = open([successor, logSigner], { keys: [logSigner.key, successor.key] });
    expect(opened).toMatchObject({ signedBy: [successor.key, logSigner.key] });
    expect(open([successor, logSigner], { keys: [logSigner.key] })).toMatchObject({ signedBy: [logSigner.key] });
    expect(open([successor, logSigner], { keys: [logSigner.key] }, { offered: [successor] })).toMatchObject({
      signedBy: [successor.key, logSigner.key],
      unnamed: [successor.key],
    });
  });
});

describe('a checkpoint is refused', () => {
  test.each([
    ['that is no note', Buffer.from('x'), 'The note has no signatures'],
    [
      'whose text is no checkpoint',
      Buffer.from(formatNote({ text: 'hello\n', signatures: [signText('hello\n', logSigner)] })),
      'The second line of a checkpoint is the tree size',
    ],
  ])('%s', (_, bytes, sentence) => {
    expect(openCheckpoint(bytes, [logSigner.key], NO_TRUST, true)).toBe(sentence);
  });

  test('when there is no key at all', () => {
    expect(open([logSigner], {})).toBe('there is no key to check its signatures with');
  });

  test('when one signature of a known key is not good, whoever else signed', () => {
    const bytes = withBadSignature([logSigner, witnessSigner], witnessSigner);
    const keys = [logSigner.key, witnessSigner.key];
    expect(openCheckpoint(bytes, keys, NO_TRUST, false)).toBe('the signature by witness.example/w1 is not good');
  });

  test('in a pack, when nothing is known of a signer; a served log may have other witnesses', () => {
    const offered = [logSigner];
    expect(open([logSigner, stranger], {}, { offered, isClosed: true })).toBe(
      'nothing is known of the signer stranger.example',
    );
    expect(open([logSigner, stranger], {}, { offered })).toMatchObject({ signedBy: [logSigner.key] });
    expect(open([logSigner], {}, { offered, isClosed: true })).toMatchObject({ signedBy: [logSigner.key] });
  });

  test('when only others than the log have signed: a key of another name, or a witness under the log’s name', () => {
    const sentence = `it is not signed by the log ${ORIGIN}`;
    expect(open([stranger], { keys: [stranger.key] })).toBe(sentence);
    const namesake = signer(ORIGIN, Buffer.alloc(32, 11), COSIGNATURE_V1);
    expect(open([namesake], { keys: [namesake.key] })).toBe(sentence);
  });

  test('when the log has signed, but not with the key that was named', () => {
    expect(open([logSigner], { keys: [successor.key] }, { offered: [logSigner] })).toBe(
      'it is not signed by the key you named',
    );
  });

  test('when it does not satisfy the policy', () => {
    const trust = policyOf(`${logLine}${witnessLine}quorum w`);
    expect(open([logSigner], trust)).toBe('it does not satisfy the policy');
  });
});
