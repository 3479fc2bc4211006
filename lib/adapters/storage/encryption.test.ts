import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DamagedFileError, decrypt, encrypt, encryptedSize, SEGMENT_BYTES, UnknownKeyError } from './encryption';
import { addKey, keyRing, keyRingFromFolder, keyRingFromText } from './key-ring';

const ring = keyRing([randomBytes(32)]);
const HEADER_BYTES = encryptedSize(0) - 16;
const SEALED_BYTES = SEGMENT_BYTES + 16;

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function seal(plain: Buffer, context = 'file', chunk = 50_000): Promise<Buffer> {
  return collect(encrypt(inChunks(plain, chunk), ring, context));
}

async function collect(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Opens as much as opens and tells how it ended. */
async function tryOpen(sealed: Buffer, context = 'file'): Promise<{ released: Buffer; error: unknown }> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of decrypt(inChunks(sealed, 70_001), ring, context)) chunks.push(chunk);
    return { released: Buffer.concat(chunks), error: undefined };
  } catch (error) {
    return { released: Buffer.concat(chunks), error };
  }
}

const segment = (sealed: Buffer, index: number) =>
  sealed.subarray(HEADER_BYTES + index * SEALED_BYTES, HEADER_BYTES + (index + 1) * SEALED_BYTES);

describe('an encrypted file', () => {
  it('opens to what was written, for any size and any chunking on both ways', async () => {
    const edges = [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 3 * SEGMENT_BYTES];
    const sizes = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 0, max: 300_000 }));
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1_000, max: 400_000 }), async (size, chunk) => {
        const plain = randomBytes(size);
        const sealed = await seal(plain, 'file', chunk);
        expect(sealed.length).toBe(encryptedSize(size));
        expect((await collect(decrypt(inChunks(sealed, chunk), ring, 'file'))).equals(plain)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('shows no plain text and never the same bytes twice', async () => {
    const plain = Buffer.alloc(200_000, 'board minutes ');
    const [one, two] = [await seal(plain), await seal(plain)];
    expect(one.includes('board minutes')).toBe(false);
    expect(one.equals(two)).toBe(false);
  });

  it('never releases a wrong byte, whatever bit is flipped, and always complains', async () => {
    const plain = randomBytes(3 * SEGMENT_BYTES + 77);
    const sealed = await seal(plain);
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(sealed);
        changed[at] = changed[at]! ^ (1 << bit);
        const { released, error } = await tryOpen(changed);
        expect(error instanceof DamagedFileError || error instanceof UnknownKeyError).toBe(true);
        expect(plain.subarray(0, released.length).equals(released)).toBe(true);
        const firstBad = Math.max(0, Math.floor((at - HEADER_BYTES) / SEALED_BYTES));
        expect(released.length).toBe(firstBad * SEGMENT_BYTES);
      }),
      { numRuns: 200 },
    );
  });

  it('complains about every cut, also exactly between two segments', async () => {
    const plain = randomBytes(2 * SEGMENT_BYTES + 5);
    const sealed = await seal(plain);
    const between = fc.constantFrom(0, HEADER_BYTES, HEADER_BYTES + SEALED_BYTES, HEADER_BYTES + 2 * SEALED_BYTES);
    await fc.assert(
      fc.asyncProperty(fc.oneof(between, fc.nat(sealed.length - 1)), async (length) => {
        const { released, error } = await tryOpen(sealed.subarray(0, length));
        expect(error).toBeInstanceOf(DamagedFileError);
        expect(plain.subarray(0, released.length).equals(released)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('complains about swapped, repeated, lost and appended segments', async () => {
    const sealed = await seal(randomBytes(4 * SEGMENT_BYTES));
    const header = sealed.subarray(0, HEADER_BYTES);
    const orders = [[0, 2, 1, 3], [0, 0, 1, 2, 3], [0, 1, 3], [1, 2, 3], [0, 1, 2, 3, 3], [3]];
    for (const order of orders) {
      const changed = Buffer.concat([header, ...order.map((index) => segment(sealed, index))]);
      expect((await tryOpen(changed)).error).toBeInstanceOf(DamagedFileError);
    }
    expect((await tryOpen(Buffer.concat([sealed, Buffer.alloc(1)]))).error).toBeInstanceOf(DamagedFileError);
  });

  it('opens only under the context it was written for', async () => {
    const sealed = await seal(Buffer.from('minutes'), 'organisation-a/file-1');
    expect((await tryOpen(sealed, 'organisation-a/file-1')).error).toBeUndefined();
    expect((await tryOpen(sealed, 'organisation-b/file-1')).error).toBeInstanceOf(DamagedFileError);
  });

  it('cannot take a segment from another file', async () => {
    const [one, two] = [await seal(randomBytes(2 * SEGMENT_BYTES)), await seal(randomBytes(2 * SEGMENT_BYTES))];
    const mixed = Buffer.concat([one.subarray(0, HEADER_BYTES + SEALED_BYTES), segment(two, 1)]);
    expect((await tryOpen(mixed)).error).toBeInstanceOf(DamagedFileError);
  });
});

describe('the master keys', () => {
  it('still open old files after a new key became the current one', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'heptad-keys-'));
    const first = await keyRingFromFolder(folder);
    const sealed = await collect(encrypt(inChunks(Buffer.from('old'), 3), first, 'file'));
    await addKey(folder, new Date('2026-11-23'));
    const rotated = await keyRingFromFolder(folder);
    expect(rotated.current.id).not.toBe(first.current.id);
    expect((await collect(decrypt(inChunks(sealed, 10), rotated, 'file'))).toString()).toBe('old');
    const newer = await collect(encrypt(inChunks(Buffer.from('new'), 3), rotated, 'file'));
    await expect(collect(decrypt(inChunks(newer, 10), first, 'file'))).rejects.toThrow(UnknownKeyError);
    await rm(folder, { recursive: true });
  });

  it('are drawn once when several processes start at once, and only the owner can read them', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'heptad-keys-'));
    const rings = await Promise.all(Array.from({ length: 8 }, () => keyRingFromFolder(folder)));
    expect(new Set(rings.map((one) => one.current.id)).size).toBe(1);
    expect(await readdir(folder)).toEqual(['0000.key']);
    expect((await stat(path.join(folder, '0000.key'))).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });

  it('come from EVIDENCE_KEY in hexadecimal or base64, the current one first', () => {
    const [a, b] = [randomBytes(32), randomBytes(32)];
    const ring = keyRingFromText(`${a.toString('hex')}, ${b.toString('base64')}`);
    expect(ring.current.bytes.equals(a)).toBe(true);
    expect(ring.find(keyRing([b]).current.id)?.bytes.equals(b)).toBe(true);
  });

  it.each(['', 'changeme', '00'.repeat(32), 'ab'.repeat(31)])('refuse the example or short value %j', (text) => {
    expect(() => keyRingFromText(text)).toThrow(/EVIDENCE_KEY/);
  });
});
