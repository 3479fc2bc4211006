import { decodeBase64, encodeBase64 } from '../base64';
import { LogFormatError } from '../format-error';
import { HASH_BYTES } from '../tree/hash';

/** The longest proof there can be: C2SP tlog-witness allows 63 hashes; a range has two sides. */
const MAX_HASHES = 126;

/** Writes the hashes of a proof, each in base64 on a line of its own. */
export function formatHashLines(hashes: readonly Uint8Array[]): string {
  return hashes.map((hash) => `${encodeBase64(hash)}\n`).join('');
}

/**
 * Reads lines that `formatHashLines` wrote, without their newlines.
 *
 * @throws LogFormatError when a line is not the base64 of 32 bytes or there are more than `max` lines.
 */
export function parseHashLines(lines: readonly string[], max = MAX_HASHES): Uint8Array[] {
  if (lines.length > max) throw new LogFormatError(`A proof has at most ${max} hashes`);
  return lines.map((line) => {
    const hash = decodeBase64(line);
    if (hash?.length !== HASH_BYTES) throw new LogFormatError('A line of a proof is not a hash in base64');
    return hash;
  });
}

/**
 * Splits “header lines, empty line, signed note” at its first empty line.
 *
 * @returns the lines before it, and the bytes of the note.
 * @throws LogFormatError when there is no empty line in the first `maxHeaderBytes` bytes.
 */
export function splitAtEmptyLine(bytes: Uint8Array, maxHeaderBytes = 65_536): { lines: string[]; note: Uint8Array } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0x0a) return { lines: [], note: bytes.subarray(1) };
  const split = buffer.subarray(0, maxHeaderBytes).indexOf('\n\n');
  if (split < 0) throw new LogFormatError('There is no empty line before the note');
  // Latin-1 keeps every byte apart: what is not ASCII then fails in the parser of its line.
  return { lines: buffer.toString('latin1', 0, split).split('\n'), note: bytes.subarray(split + 2) };
}
