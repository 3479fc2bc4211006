import { describe, expect, test } from 'vitest';
import { LogFormatError } from '../format-error';
import { SeededRandom } from '../testing/random';
import { cosign, cosignedMessage, splitCosignature } from './cosignature';
import { formatSignatureLine, parseSignatureLine } from './note-signature';
import { checkNote, formatNote, MAX_NOTE_BYTES, parseNote, type SignedNote, signText } from './signed-note';
import {
  COSIGNATURE_V1,
  formatVerifierKey,
  parseVerifierKey,
  signer,
  type VerifierKey,
  verifierKey,
} from './verifier-key';

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const seed = (n: number) => Buffer.alloc(32, n);
const log = signer('heptad.example/log', seed(1));
const witness = signer('witness.example/w1', seed(2), COSIGNATURE_V1);
const TEXT = 'heptad.example/log\n3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n';

/** The example in the documentation of Go's golang.org/x/mod/sumdb/note, which the C2SP format comes from. */
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_NOTE =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n\n" +
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

describe('verifier keys', () => {
  test('a published key is read and written unchanged', () => {
    const key = parseVerifierKey(GO_KEY);
    expect(key).toMatchObject({ name: 'PeterNeumann', keyId: 0xc74f20a3, type: 1 });
    expect(formatVerifierKey(key)).toBe(GO_KEY);
    expect(parseVerifierKey(formatVerifierKey(witness.key))).toEqual(witness.key);
  });

  test('an id that begins with zeros keeps them', () => {
    let n = 0;
    let key: VerifierKey;
    do key = verifierKey(`log${n++}`, seed(9));
    while (key.keyId > 0x00ff_ffff);
    expect(formatVerifierKey(key)).toMatch(/^log\d+\+00[0-9a-f]{6}\+/);
    expect(parseVerifierKey(formatVerifierKey(key))).toEqual(key);
  });

  test('the same public key has another id for another purpose or name', () => {
    const ids = [verifierKey('a', seed(1)), verifierKey('b', seed(1)), verifierKey('a', seed(1), COSIGNATURE_V1)];
    expect(new Set(ids.map(({ keyId }) => keyId)).size).toBe(3);
  });

  test.each([
    ['nothing', ''],
    ['no name', GO_KEY.replace('PeterNeumann', '')],
    ['another name', GO_KEY.replace('Peter', 'Pater')],
    ['another id', GO_KEY.replace('c74f', 'c74e')],
    ['upper-case id', GO_KEY.replace('c74f', 'C74F')],
    ['another key', GO_KEY.replace('ARpc2', 'ARpc3')],
    ['unused bits set', GO_KEY.replace('DE4izWy10TW', 'DE4izWy10TX')],
    ['a byte too few', 'a+00000000+AQ=='],
    ['an unknown type', `PeterNeumann+c74f20a3+${Buffer.concat([Buffer.of(2), seed(1)]).toString('base64')}`],
    ['a space in the name', GO_KEY.replace('PeterNeumann', 'Peter Neumann')],
    ['a no-break space in the name', GO_KEY.replace('PeterNeumann', 'Peter\u00a0Neumann')],
    ['a line break at the end', `${GO_KEY}\n`],
  ])('%s is refused', (_, text) => {
    expect(() => parseVerifierKey(text)).toThrow(LogFormatError);
  });

  test('bad names, keys and seeds are refused when making one', () => {
    for (const name of ['', 'a b', 'a+b', 'a\u2003b', 'a\nb', 'a\u0000b', 'a\u0085b']) {
      expect(() => verifierKey(name, seed(1))).toThrow('no spaces and no plus sign');
    }
    expect(() => verifierKey('a', Buffer.alloc(31))).toThrow('32 bytes');
    expect(() => signer('a', Buffer.alloc(31))).toThrow('seed has 32 bytes');
  });
});

describe('signed notes', () => {
  test('the published example verifies, with one letter changed it does not', () => {
    const key = parseVerifierKey(GO_KEY);
    expect(checkNote(parseNote(utf8(GO_NOTE)), [key])).toEqual({ verified: [key], failed: [], unknown: [] });
    const changed = parseNote(utf8(GO_NOTE.replace('answer', 'Answer')));
    expect(checkNote(changed, [key])).toEqual({ verified: [], failed: [key], unknown: [] });
  });

  test('signing the example with its published private key gives the published signature', () => {
    const secret = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
    const peter = signer('PeterNeumann', secret);
    const { text } = parseNote(utf8(GO_NOTE));
    expect(formatVerifierKey(peter.key)).toBe(GO_KEY);
    expect(formatNote({ text, signatures: [signText(text, peter)] })).toBe(GO_NOTE);
  });

  test('reading and writing give back the same bytes; the text may hold empty lines', () => {
    const text = 'first\n\nsecond ü\n';
    const note = formatNote({ text, signatures: [signText(text, log), cosign(text, 7, witness)] });
    const parsed = parseNote(utf8(note));
    expect(parsed.text).toBe(text);
    expect(parsed.signatures).toHaveLength(2);
    expect(formatNote(parsed)).toBe(note);
    expect(checkNote(parsed, [log.key, witness.key]).verified).toEqual([log.key, witness.key]);
  });

  test('signatures by unknown keys say nothing, even under a known name', () => {
    const impostor = signer(log.key.name, seed(8));
    const note: SignedNote = { text: TEXT, signatures: [signText(TEXT, impostor), signText(TEXT, log)] };
    const check = checkNote(note, [log.key]);
    expect(check.verified).toEqual([log.key]);
    expect(check.failed).toEqual([]);
    expect(check.unknown.map(({ keyId }) => keyId)).toEqual([impostor.key.keyId]);
  });

  test('a key of one purpose does not verify a signature of the other', () => {
    const cosigner = signer('same.example', seed(3), COSIGNATURE_V1);
    const plain = { ...signText(TEXT, signer('same.example', seed(3))), keyId: cosigner.key.keyId };
    expect(checkNote({ text: TEXT, signatures: [plain] }, [cosigner.key]).failed).toEqual([cosigner.key]);
    expect(() => signText(TEXT, cosigner)).toThrow('use cosign');
    expect(() => cosign(TEXT, 1, log)).toThrow('type 0x04');
  });

  test.each([
    ['nothing', ''],
    ['no signature', 'text\n'],
    ['no signature after the empty line', 'text\n\n'],
    ['no empty line', 'text\n— a AAAAAAA=\n'],
    ['no newline at the end', GO_NOTE.slice(0, -1)],
    ['a carriage return', GO_NOTE.replace('problem,\n', 'problem,\r\n')],
    ['a tab', GO_NOTE.replace('you think', 'you\tthink')],
    ['a null', GO_NOTE.replace('you think', 'you\u0000think')],
    ['a hyphen for the dash', GO_NOTE.replace('—', '-')],
    ['two spaces', GO_NOTE.replace('— ', '—  ')],
    ['a space at the end', GO_NOTE.replace('=\n', '= \n')],
    ['no key name', GO_NOTE.replace('PeterNeumann ', ' ')],
    ['a plus in the name', GO_NOTE.replace('PeterNeumann', 'Peter+Neumann')],
    ['broken base64', GO_NOTE.replace('x08go/', 'x08go_')],
    ['unused bits in base64', GO_NOTE.replace('JnAM=', 'JnAN=')],
    ['a signature of no bytes', 'text\n\n— a AAAAAA==\n'],
    ['something after the signatures', `${GO_NOTE}more\n`],
  ])('%s is refused', (_, note) => {
    expect(() => parseNote(utf8(note))).toThrow(LogFormatError);
  });

  test('a byte order mark belongs to the text', () => {
    expect(parseNote(utf8(`\ufeff${GO_NOTE}`)).text.charCodeAt(0)).toBe(0xfeff);
  });

  test('what is not UTF-8, too long or has too many signatures is refused', () => {
    const line = formatSignatureLine(signText(TEXT, log));
    expect(() => parseNote(Buffer.concat([Buffer.of(0xff), utf8(GO_NOTE)]))).toThrow('not UTF-8');
    expect(parseNote(utf8(`${TEXT}\n${line.repeat(64)}`)).signatures).toHaveLength(64);
    expect(() => parseNote(utf8(`${TEXT}\n${line.repeat(65)}`))).toThrow('too many signatures');
    expect(() => parseNote(Buffer.alloc(MAX_NOTE_BYTES + 1, 0x61))).toThrow('too long');
    expect(() => parseNote(Buffer.alloc(MAX_NOTE_BYTES, 0x61))).toThrow('no signatures');
  });

  test.each(['no newline', 'tab\t\n', 'null\u0000\n', 'lone \ud800\n', 'escape \u001b\n', 'nine \u0009\n'])(
    '%j is not signed: it could not stand in a note',
    (text) => {
      expect(() => signText(text, log)).toThrow('other control characters');
    },
  );

  test('a signature line is read back', () => {
    const signature = signText(TEXT, log);
    expect(parseSignatureLine(formatSignatureLine(signature).slice(0, -1))).toEqual(signature);
  });

  test('every single bit flip in a signed note is found', () => {
    const note = utf8(
      formatNote({ text: TEXT, signatures: [signText(TEXT, log), cosign(TEXT, 1_767_225_600, witness)] }),
    );
    const keys = [log.key, witness.key];
    const missed: number[] = [];
    for (let bit = 0; bit < note.length * 8; bit++) {
      const copy = Buffer.from(note);
      copy[bit >> 3]! ^= 1 << (bit & 7);
      if (isWholeAndSigned(copy, keys)) missed.push(bit);
    }
    expect(missed).toEqual([]);
    expect(isWholeAndSigned(note, keys)).toBe(true);
  });
});

function isWholeAndSigned(bytes: Uint8Array, keys: readonly VerifierKey[]): boolean {
  try {
    const { verified, failed, unknown } = checkNote(parseNote(bytes), keys);
    return verified.length === keys.length && failed.length === 0 && unknown.length === 0;
  } catch (error) {
    if (error instanceof LogFormatError) return false;
    throw error;
  }
}

describe('cosignatures (C2SP tlog-cosignature)', () => {
  test('the signed message is the example of the specification', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    expect(Buffer.from(cosignedMessage(text, 1_679_315_147)).toString()).toBe(
      `cosignature/v1\ntime 1679315147\n${text}`,
    );
  });

  test('the time stands in front of the signature, in big-endian order', () => {
    const { signature } = cosign(TEXT, 0x6423_1234, witness);
    expect(Buffer.from(signature.subarray(0, 8)).toString('hex')).toBe('0000000064231234');
    expect(signature).toHaveLength(8 + 64);
    expect(splitCosignature(signature)?.timestamp).toBe(0x6423_1234);
  });

  test('another time is another statement', () => {
    const cosignature = cosign(TEXT, 1_000, witness);
    const moved = Buffer.from(cosignature.signature);
    moved[7]! ^= 1;
    const note = { text: TEXT, signatures: [{ ...cosignature, signature: moved }] };
    expect(checkNote(note, [witness.key]).failed).toEqual([witness.key]);
  });

  test('a cosignature that is too short or beyond exact seconds does not verify', () => {
    expect(splitCosignature(Buffer.alloc(8))).toBeNull();
    expect(splitCosignature(Buffer.alloc(72, 0xff))).toBeNull();
    expect(splitCosignature(Buffer.concat([Buffer.from('001fffffffffffff', 'hex'), Buffer.alloc(64)]))).not.toBeNull();
    const short = { name: witness.key.name, keyId: witness.key.keyId, signature: Buffer.alloc(8) };
    expect(checkNote({ text: TEXT, signatures: [short] }, [witness.key]).failed).toEqual([witness.key]);
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 53])('%d is no time', (timestamp) => {
    expect(() => cosign(TEXT, timestamp, witness)).toThrow('whole seconds');
  });

  test('a signature of random bytes is not good and is no error', () => {
    const random = new SeededRandom(5);
    for (let n = 0; n < 50; n++) {
      const signature = { ...signText(TEXT, log), signature: random.bytes(random.between(1, 100)) };
      expect(checkNote({ text: TEXT, signatures: [signature] }, [log.key]).failed).toEqual([log.key]);
    }
  });
});
