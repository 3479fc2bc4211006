import { decodeBase64, encodeBase64 } from '../base64';
import { parseDecimal } from '../decimal';
import { LogFormatError } from '../format-error';
import { HASH_BYTES } from '../tree/hash';

/** The head of a log's tree, as its signed notes state it. */
export interface Checkpoint {
  /** The log's name: one line, not empty. */
  readonly origin: string;
  /** Number of entries. */
  readonly size: number;
  /** RFC 6962 root of the first `size` entries, 32 bytes. */
  readonly root: Uint8Array;
  /** Further lines, not empty; the specification advises against any. */
  readonly extensions: readonly string[];
}

/**
 * The note text of a checkpoint.
 *
 * @throws LogFormatError when a field could not be read back: an origin or extension that is empty or has a line break,
 * a size that is not a whole number, a root that is not 32 bytes.
 * @see C2SP tlog-checkpoint, “Note text”
 */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const text = [origin, String(size), encodeBase64(root), ...extensions].map((line) => `${line}\n`).join('');
  const lines = parseCheckpoint(text).extensions.length;
  if (lines !== extensions.length) throw new LogFormatError('An origin or extension is one line');
  return text;
}

/**
 * Reads the note text of a checkpoint.
 *
 * @throws LogFormatError when it is not exactly as specified, or the size is over 2^53 − 1.
 */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith('\n')) throw new LogFormatError('A checkpoint ends with a newline');
  const [origin = '', sizeLine = '', rootLine = '', ...extensions] = text.slice(0, -1).split('\n');
  const size = parseDecimal(sizeLine);
  const root = decodeBase64(rootLine);
  if (origin === '' || extensions.includes('')) throw new LogFormatError('A checkpoint has no empty lines');
  if (size === null) throw new LogFormatError('The second line of a checkpoint is the tree size');
  if (root?.length !== HASH_BYTES) throw new LogFormatError('The third line of a checkpoint is the root hash');
  return { origin, size, root, extensions };
}
