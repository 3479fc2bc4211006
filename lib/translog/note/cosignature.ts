import { LogFormatError } from '../format-error';
import type { NoteSignature } from './note-signature';
import { COSIGNATURE_V1, type Signer, signBytes } from './verifier-key';

const TIMESTAMP_BYTES = 8;

/**
 * A witness's statement that, at `timestamp`, this checkpoint was the largest consistent one it had seen of the log.
 *
 * @param text the note text of the checkpoint, with its final newline.
 * @param timestamp whole seconds since 1970-01-01 UTC, 0 to 2^53 − 1.
 * @throws LogFormatError when the key is not of type 0x04 or the time is not whole seconds.
 * @see C2SP tlog-cosignature, “Ed25519 signed message”
 */
export function cosign(text: string, timestamp: number, by: Signer): NoteSignature {
  if (by.key.type !== COSIGNATURE_V1) throw new LogFormatError('A cosignature needs a key of type 0x04');
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) throw new LogFormatError('A timestamp is in whole seconds');
  const time = Buffer.alloc(TIMESTAMP_BYTES);
  time.writeBigUInt64BE(BigInt(timestamp));
  const signature = Buffer.concat([time, signBytes(by, cosignedMessage(text, timestamp))]);
  return { name: by.key.name, keyId: by.key.keyId, signature };
}

/** Splits the bytes of a cosignature; null when they are too short or the time is not an exact number of seconds. */
export function splitCosignature(bytes: Uint8Array): { timestamp: number; signature: Uint8Array } | null {
  if (bytes.length <= TIMESTAMP_BYTES) return null;
  const timestamp = Number(Buffer.from(bytes).readBigUInt64BE());
  return Number.isSafeInteger(timestamp) ? { timestamp, signature: bytes.subarray(TIMESTAMP_BYTES) } : null;
}

/** The bytes that a cosignature signs. */
export function cosignedMessage(text: string, timestamp: number): Uint8Array {
  return Buffer.from(`cosignature/v1\ntime ${timestamp}\n${text}`);
}
