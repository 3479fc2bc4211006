import { LogFormatError } from '../format-error';
import { cosignedMessage, splitCosignature } from './cosignature';
import { formatSignatureLine, type NoteSignature, parseSignatureLine } from './note-signature';
import { ED25519, type Signer, signBytes, type VerifierKey, verifyBytes } from './verifier-key';

/** A text with signatures under it. Reading one proves nothing: see `checkNote`. */
export interface SignedNote {
  /** Ends with a newline, which the signatures cover. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** What the known keys say about a note. */
export interface NoteCheck {
  /** Keys with a good signature. */
  readonly verified: readonly VerifierKey[];
  /** Known keys with a signature that is not theirs: the note was changed. */
  readonly failed: readonly VerifierKey[];
  /** Signatures by keys that are not known. They say nothing, for or against. */
  readonly unknown: readonly NoteSignature[];
}

/** A note is read up to this size: 16 signatures of the largest known kind and a text of several pages. */
export const MAX_NOTE_BYTES = 131_072;
const MAX_SIGNATURES = 64;

/**
 * Reads a signed note.
 *
 * @throws LogFormatError when it is over 128 KiB, is not UTF-8, has control characters, or its signature block is not
 * exactly as specified. Reading and formatting give back the same bytes.
 * @see C2SP signed-note, “Format”
 */
export function parseNote(bytes: Uint8Array): SignedNote {
  if (bytes.length > MAX_NOTE_BYTES) throw new LogFormatError('The note is too long');
  const note = decodeUtf8(bytes);
  if (hasControlCharacter(note)) throw new LogFormatError('The note has control characters');
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) throw new LogFormatError('The note has no signatures');
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw new LogFormatError('The note has too many signatures');
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignatureLine) };
}

/** Writes a note as it is stored and sent. */
export function formatNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map(formatSignatureLine).join('')}`;
}

/**
 * Signs a text with a key of type 0x01.
 *
 * @param text ends with a newline and has no other control characters.
 * @throws LogFormatError when the text could not stand in a note.
 */
export function signText(text: string, by: Signer): NoteSignature {
  if (by.key.type !== ED25519) throw new LogFormatError('This key is for cosignatures: use cosign');
  if (!text.endsWith('\n') || hasControlCharacter(text) || /\p{Surrogate}/u.test(text)) {
    throw new LogFormatError('The text of a note ends with a newline and has no other control characters');
  }
  return { name: by.key.name, keyId: by.key.keyId, signature: signBytes(by, Buffer.from(text)) };
}

/** Checks each signature whose name and key id belong to a known key. */
export function checkNote(note: SignedNote, keys: readonly VerifierKey[]): NoteCheck {
  const verified = new Set<VerifierKey>();
  const failed = new Set<VerifierKey>();
  const unknown: NoteSignature[] = [];
  for (const signature of note.signatures) {
    const key = keys.find(({ name, keyId }) => name === signature.name && keyId === signature.keyId);
    if (key === undefined) unknown.push(signature);
    else (isSignedBy(key, note.text, signature.signature) ? verified : failed).add(key);
  }
  return { verified: [...verified], failed: [...failed], unknown };
}

/** Whether the text has one of ASCII's control characters; only the newline may stand in a note. */
function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 && code !== 0x0a) return true;
  }
  return false;
}

function isSignedBy(key: VerifierKey, text: string, signature: Uint8Array): boolean {
  if (key.type === ED25519) return verifyBytes(key, Buffer.from(text), signature);
  const parts = splitCosignature(signature);
  return parts !== null && verifyBytes(key, cosignedMessage(text, parts.timestamp), parts.signature);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new LogFormatError('The note is not UTF-8');
  }
}
