import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json';
import {
  checkPayload,
  commitmentsOf,
  commitPayload,
  erasePayload,
  PayloadHash,
  type StoredPayload,
} from './payload-digest';
import { NaiveTree } from './testing/naive-tree';
import { SeededRandom } from './testing/random';
import { inclusionSubtrees, verifyInclusion } from './tree/inclusion';
import { leafHash } from './tree/hash';

const random = new SeededRandom(4);
const salt = random.bytes(32);
const content = Buffer.from('The customer is called Erika Mustermann.');
/** Made inside the tests, so that one that cannot be made fails a test by its name. */
const committed = () => commitPayload(content, salt);
const stored = (): StoredPayload => ({ state: 'kept', commitment: committed(), salt, content });

describe('payload digests', () => {
  test('the digest is HMAC-SHA-256 with the salt as key', () => {
    const digest = createHmac('sha256', salt).update(content).digest('base64');
    expect(committed()).toEqual({ alg: 'hmac-sha256', digest, len: content.length });
  });

  test('a vector of RFC 4231 style keys: 32 bytes 0x0b over “Hi There”', () => {
    // Computed with: printf 'Hi There' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0b0b… (32 times)
    const { digest } = commitPayload(Buffer.from('Hi There'), Buffer.alloc(32, 0x0b));
    expect(Buffer.from(digest, 'base64').toString('hex')).toBe(
      '198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7',
    );
  });

  test('what is kept matches; any change of content, salt, digest or length is seen', () => {
    const kept = stored();
    const { commitment } = kept;
    if (kept.state !== 'kept') throw new Error('a new payload is kept');
    expect(checkPayload(kept)).toBe('matches');
    const other = Buffer.from(content);
    other[0]! ^= 1;
    const otherSalt = Buffer.from(salt);
    otherSalt[31]! ^= 0x80;
    expect(checkPayload({ ...kept, content: other })).toBe('differs');
    expect(checkPayload({ ...kept, content: content.subarray(1) })).toBe('differs');
    expect(checkPayload({ ...kept, salt: otherSalt })).toBe('differs');
    expect(checkPayload({ ...kept, salt: salt.subarray(1) })).toBe('differs');
    expect(checkPayload({ ...kept, commitment: { ...commitment, len: content.length + 1 } })).toBe('differs');
    expect(checkPayload({ ...kept, commitment: { ...commitment, digest: 'AAAA' } })).toBe('differs');
    expect(checkPayload({ ...kept, commitment: { ...commitment, digest: 'no base64' } })).toBe('differs');
    expect(checkPayload({ ...kept, commitment: commitPayload(other, salt) })).toBe('differs');
  });

  test('a salt is 32 bytes: HMAC would take a shorter one for the same key', () => {
    const short = Buffer.alloc(31, 1);
    const padded = Buffer.concat([short, Buffer.alloc(1)]);
    expect(createHmac('sha256', short).update(content).digest()).toEqual(
      createHmac('sha256', padded).update(content).digest(),
    );
    expect(() => commitPayload(content, short)).toThrow('A salt has 32 bytes');
    expect(() => commitPayload(content, Buffer.alloc(33))).toThrow('A salt has 32 bytes');
  });

  test('a payload in pieces has the digest of the whole', () => {
    const hash = new PayloadHash(salt);
    for (const byte of content) hash.update(Buffer.of(byte));
    expect(hash.opens(committed())).toBe(true);
  });

  test('the same payload under two salts looks like two payloads', () => {
    expect(commitPayload(content, random.bytes(32)).digest).not.toBe(commitPayload(content, random.bytes(32)).digest);
  });
});

describe('erasure', () => {
  const logged = () => Buffer.from(canonicalJson({ kind: 'outcome', payload: [{ ...committed(), role: 'request' }] }));

  test('nothing of salt and content is left, and that is no fault', () => {
    const erased = erasePayload(stored());
    expect(erased).toEqual({ state: 'erased', commitment: committed() });
    expect(checkPayload(erased)).toBe('erased');
    expect(erasePayload(erased)).toEqual(erased);
  });

  test('leaf, root and proof stay valid', () => {
    const event = logged();
    const tree = NaiveTree.ofEntries([Buffer.from('before'), event, Buffer.from('after')]);
    expect(inclusionSubtrees(1, 3)).toHaveLength(2);
    expect(verifyInclusion(leafHash(event), 1, 3, tree.path(1, 0, 3), tree.mth(0, 3))).toBe(true);
    expect(commitmentsOf(event)).toEqual([expect.objectContaining(committed())]);
  });

  test('a right guess cannot be told from a wrong one without the salt', () => {
    const guesses = [content, Buffer.from('The customer is called Max Mustermann.')];
    for (const guess of guesses) {
      for (const tried of [Buffer.alloc(32), random.bytes(32), random.bytes(32)]) {
        expect(commitPayload(guess, tried).digest).not.toBe(committed().digest);
      }
    }
  });
});

describe('the commitments of an event', () => {
  test('are found in its payload list; other elements count as none', () => {
    const commitment = committed();
    const payload = [
      commitment,
      { alg: 'sha256', digest: 'x', len: 1 },
      null,
      'x',
      { ...commitment, len: '1' },
      { ...commitment, digest: 1 },
    ];
    const found = commitmentsOf(Buffer.from(JSON.stringify({ payload })));
    expect(found).toEqual([commitment, null, null, null, null, null]);
  });

  test.each(['', '[]', 'null', '3', '{}', '{"payload":{}}', '{"payload":null}', '\u0000'])('%j has none', (body) => {
    expect(commitmentsOf(Buffer.from(body))).toEqual([]);
  });
});
