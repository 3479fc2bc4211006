import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ByteReader, pieces } from './byte-reader';
import type { ByteSource } from './file-store';
import type { KeyRing, MasterKey } from './key-ring';

/*
 * An encrypted file is a header and segments:
 *   8 bytes  "HPTDENC1"
 *   8 bytes  id of the master key
 *   12 + 32 + 16 bytes  the file's own random data key, wrapped by the master key (nonce, key, tag)
 *   7 bytes  nonce prefix of the segments
 *   segments of 64 KiB plain text (the last may be shorter) + 16 bytes tag each
 * A segment's nonce is prefix, its number and whether it is the last, as in the STREAM construction (Hoang,
 * Reyhanitabar, Rogaway, Vizár 2015): a flipped bit, a cut end, a lost, repeated or moved segment does not open.
 */
const MAGIC = Buffer.from('HPTDENC1', 'ascii');
const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;
const NONCE_BYTES = 12;
const PREFIX_BYTES = 7;
const HEADER_BYTES = MAGIC.length + 8 + NONCE_BYTES + 32 + TAG_BYTES + PREFIX_BYTES;

/** Plain bytes per segment; also the most that is held in memory before it is released. */
export const SEGMENT_BYTES = 64 * 1024;

/** The stored bytes are not what was written, or not under this context. */
export class DamagedFileError extends Error {
  override readonly name = 'DamagedFileError';
}

/** The file was encrypted with a master key that is not in the ring. */
export class UnknownKeyError extends Error {
  override readonly name = 'UnknownKeyError';
}

/** Size of the encrypted file for a plain size in bytes. */
export function encryptedSize(plainBytes: number): number {
  const segments = Math.max(1, Math.ceil(plainBytes / SEGMENT_BYTES));
  return HEADER_BYTES + plainBytes + segments * TAG_BYTES;
}

/**
 * Encrypts while streaming. The context (organisation, file, revision) is bound into the file: it opens only
 * under the same text, so a stored file cannot be passed off as another one.
 */
export async function* encrypt(source: ByteSource, ring: KeyRing, context: string): AsyncGenerator<Buffer> {
  const dataKey = randomBytes(32);
  const prefix = randomBytes(PREFIX_BYTES);
  yield Buffer.concat([MAGIC, wrap(dataKey, ring.current, context), prefix]);
  const reader = new ByteReader(source);
  try {
    let number = 0;
    for await (const { bytes, isLast } of pieces(reader, SEGMENT_BYTES)) {
      const cipher = createCipheriv(CIPHER, dataKey, segmentNonce(prefix, number, isLast));
      yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
      number += 1;
    }
  } finally {
    await reader.close();
  }
}

/**
 * Decrypts while streaming; no byte of a segment leaves before the segment's tag was checked.
 *
 * @throws DamagedFileError at the first segment that is not as written; earlier segments were genuine.
 * @throws UnknownKeyError when the ring does not hold the file's master key.
 */
export async function* decrypt(source: ByteSource, ring: KeyRing, context: string): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  try {
    const header = await reader.take(HEADER_BYTES);
    if (header.length < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
      throw new DamagedFileError('This is not a file encrypted by Heptad, or its beginning is damaged.');
    }
    const dataKey = unwrap(header.subarray(MAGIC.length, -PREFIX_BYTES), ring, context);
    const prefix = header.subarray(-PREFIX_BYTES);
    let number = 0;
    for await (const { bytes, isLast } of pieces(reader, SEGMENT_BYTES + TAG_BYTES)) {
      yield open(dataKey, segmentNonce(prefix, number, isLast), bytes, `segment ${number}`);
      number += 1;
    }
  } finally {
    await reader.close();
  }
}

function wrap(dataKey: Buffer, master: MasterKey, context: string): Buffer {
  const id = Buffer.from(master.id, 'hex');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, master.bytes, nonce).setAAD(wrapLabel(id, context));
  return Buffer.concat([id, nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
}

function unwrap(wrapped: Buffer, ring: KeyRing, context: string): Buffer {
  const id = wrapped.subarray(0, 8);
  const master = ring.find(id.toString('hex'));
  if (master === undefined) throw new UnknownKeyError(`The file needs the master key ${id.toString('hex')}.`);
  const nonce = wrapped.subarray(8, 8 + NONCE_BYTES);
  return open(master.bytes, nonce, wrapped.subarray(8 + NONCE_BYTES), 'key', wrapLabel(id, context));
}

function open(key: Buffer, nonce: Buffer, sealed: Buffer, part: string, label?: Buffer): Buffer {
  const damaged = () => new DamagedFileError(`The stored file was changed or cut (${part}).`);
  if (sealed.length < TAG_BYTES) throw damaged();
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  if (label !== undefined) decipher.setAAD(label);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw damaged();
  }
}

function wrapLabel(keyId: Buffer, context: string): Buffer {
  return Buffer.concat([MAGIC, keyId, Buffer.from(context, 'utf8')]);
}

function segmentNonce(prefix: Buffer, number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  prefix.copy(nonce);
  nonce.writeUInt32BE(number, PREFIX_BYTES);
  nonce.writeUInt8(isLast ? 1 : 0, NONCE_BYTES - 1);
  return nonce;
}
