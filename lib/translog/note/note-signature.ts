import { decodeBase64, encodeBase64 } from '../base64';
import { LogFormatError } from '../format-error';
import { isKeyName } from './verifier-key';

/** One signature line of a note. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  /** The bytes after the key id; their form depends on the key's type. */
  readonly signature: Uint8Array;
}

const KEY_ID_BYTES = 4;

/** `— <name> <base64 of key id and signature>` and a newline: also the answer of a witness. */
export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  const id = Buffer.alloc(KEY_ID_BYTES);
  id.writeUInt32BE(keyId);
  return `— ${name} ${encodeBase64(Buffer.concat([id, signature]))}\n`;
}

/**
 * Reads a signature line without its newline.
 *
 * @throws LogFormatError when it is not exactly as specified.
 * @see C2SP signed-note, “Signatures”
 */
export function parseSignatureLine(line: string): NoteSignature {
  const match = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/u.exec(line);
  const bytes = match && decodeBase64(match[2]!);
  if (!match || !isKeyName(match[1]!) || !bytes || bytes.length <= KEY_ID_BYTES) {
    throw new LogFormatError('A signature line is not written “— name base64”');
  }
  const keyId = Buffer.from(bytes).readUInt32BE();
  return { name: match[1]!, keyId, signature: bytes.subarray(KEY_ID_BYTES) };
}
