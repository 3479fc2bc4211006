import { canonicalJson, CanonicalJsonError, type JsonValue, parseCanonicalJson } from '../canonical-json';
import { LogFormatError } from '../format-error';
import { MAX_NAME_BYTES } from './tar';

/** Version of the pack format that this code writes and reads (described in format.md). */
export const PACK_FORMAT = 'heptad-pack/1';

/** A payload that the pack discloses. */
export interface Opening {
  /** Position of the entry that committed to it. */
  readonly seq: number;
  /** Index in the entry's `payload` list. */
  readonly item: number;
  /** Bytes of the payload. */
  readonly size: number;
}

/** A file that goes along with the entries. */
export interface AttachedFile {
  /** Relative, with `/`; letters, digits and `. _ -` only; 1 to 94 characters. */
  readonly path: string;
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** What a pack holds. Every field is checked against the rest of the pack, so none can be changed unseen. */
export interface PackManifest {
  /** First entry in the pack, and the one after its last. */
  readonly start: number;
  readonly end: number;
  /** Verifier keys of exactly those who signed the checkpoints in the pack. */
  readonly keys: readonly string[];
  /** Sizes of the earlier checkpoints in the pack, ascending. */
  readonly history: readonly number[];
  /** Ascending by `seq`, then `item`. */
  readonly openings: readonly Opening[];
  readonly files: readonly AttachedFile[];
}

/** What the archive leaves of a member's name for the path of a file. */
const MAX_PATH_BYTES = MAX_NAME_BYTES - fileName({ path: '' }).length;
const SAFE_PATH = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** Names of a pack's members, in order. */
export function memberNames({ history, openings, files }: PackManifest): string[] {
  return [
    'manifest.json',
    'checkpoint',
    'range-proof',
    ...history.map(historyName),
    'hashes',
    'entries',
    ...(openings.length > 0 ? ['salts'] : []),
    ...openings.map(payloadName),
    ...files.map(fileName),
  ];
}

export function historyName(size: number): string {
  return `history/${size}`;
}

export function payloadName({ seq, item }: Opening): string {
  return `payloads/${seq}-${item}`;
}

export function fileName({ path }: Pick<AttachedFile, 'path'>): string {
  return `files/${path}`;
}

/** Writes a manifest as canonical JSON. @throws LogFormatError when it could not be read back. */
export function formatManifest({ start, end, keys, history, openings, files }: PackManifest): Uint8Array {
  const fields = {
    format: PACK_FORMAT,
    start,
    end,
    keys,
    history,
    openings: openings.map(({ seq, item, size }) => ({ seq, item, size })),
    files: files.map(({ path, size, sha256 }) => ({ path, size, sha256 })),
  };
  const bytes = Buffer.from(canonicalJson(fields));
  parseManifest(bytes);
  return bytes;
}

/** Reads a manifest. @throws LogFormatError when it is not canonical JSON of exactly this shape and order. */
export function parseManifest(bytes: Uint8Array): PackManifest {
  const { format, ...fields } = record(
    parseJson(bytes),
    'format',
    'start',
    'end',
    'keys',
    'history',
    'openings',
    'files',
  );
  if (format !== PACK_FORMAT) throw new LogFormatError(`This is not a pack of format ${PACK_FORMAT}`);
  const manifest = {
    start: whole(fields['start']),
    end: whole(fields['end']),
    keys: list(fields['keys']).map(text),
    history: list(fields['history']).map(whole),
    openings: list(fields['openings']).map(opening),
    files: list(fields['files']).map(attachedFile),
  };
  checkOrder(manifest);
  return manifest;
}

function checkOrder({ start, end, history, openings, files }: PackManifest): void {
  if (start > end) throw new LogFormatError('The manifest ends before it starts');
  if (!isAscending(history, (a, b) => a - b)) throw new LogFormatError('The history is not in order');
  if (!isAscending(openings, (a, b) => a.seq - b.seq || a.item - b.item)) {
    throw new LogFormatError('The openings are not in order');
  }
  if (openings.some(({ seq }) => seq < start || seq >= end)) throw new LogFormatError('An opening has no entry here');
  if (new Set(files.map(({ path }) => path)).size !== files.length) throw new LogFormatError('A file is listed twice');
}

function isAscending<T>(items: readonly T[], compare: (a: T, b: T) => number): boolean {
  return items.every((item, i) => i === 0 || compare(items[i - 1]!, item) < 0);
}

function opening(value: JsonValue | undefined): Opening {
  const { seq, item, size } = record(value, 'seq', 'item', 'size');
  return { seq: whole(seq), item: whole(item), size: whole(size) };
}

function attachedFile(value: JsonValue | undefined): AttachedFile {
  const { path, size, sha256 } = record(value, 'path', 'size', 'sha256');
  // First, because matching a path of many megabytes would exhaust the stack.
  if (text(path).length > MAX_PATH_BYTES) {
    throw new LogFormatError(`The path of a file has more than ${MAX_PATH_BYTES} characters`);
  }
  if (!SAFE_PATH.test(text(path))) throw new LogFormatError('The path of a file is not a plain relative path');
  if (!/^[0-9a-f]{64}$/.test(text(sha256))) throw new LogFormatError('The sha256 of a file is 64 hexadecimal digits');
  return { path: text(path), size: whole(size), sha256: text(sha256) };
}

function parseJson(bytes: Uint8Array): JsonValue {
  try {
    return parseCanonicalJson(bytes);
  } catch (error) {
    if (error instanceof CanonicalJsonError) throw new LogFormatError(error.message);
    throw error;
  }
}

function record(value: JsonValue | undefined, ...names: string[]): Record<string, JsonValue | undefined> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isRecord || Object.keys(value).toSorted().join() !== names.toSorted().join()) {
    throw new LogFormatError(`The manifest lacks a field or has one too many: expected ${names.join(', ')}`);
  }
  return value as Record<string, JsonValue | undefined>;
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  if (!Array.isArray(value)) throw new LogFormatError('The manifest has something else where a list belongs');
  return value;
}

function text(value: JsonValue | undefined): string {
  if (typeof value !== 'string') throw new LogFormatError('The manifest has something else where a text belongs');
  return value;
}

function whole(value: JsonValue | undefined): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0) {
    throw new LogFormatError('The manifest has something else where a whole number belongs');
  }
  return Number(value);
}
