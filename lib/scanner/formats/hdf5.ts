import type { ByteSource } from '../byte-source';
import type { ScanContext } from '../scan-context';
import { parseJson } from './json';
import { scanKerasConfig } from './keras';

const SIGNATURE = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');
const WINDOW = 1 << 22;
const MAX_JSON = 1 << 24;
const BRACE = 0x7b;
const QUOTE = 0x22;
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d]);
const TELLING = /"class_name"\s*:/;
/** A key may be written in escapes. */
const NAMES_CLASS = /class_name|\\u00/;

/** Where the superblock stands, 0 or behind a user block of 512 bytes times a power of two; undefined for no HDF5. */
export function hdf5Start(source: ByteSource): number | undefined {
  for (let offset = 0; offset < source.size; offset = offset === 0 ? 512 : offset * 2) {
    if (Buffer.from(source.read(offset, 8)).equals(SIGNATURE)) return offset;
  }
  return undefined;
}

/**
 * Keras keeps its configuration as text in attributes, which HDF5 stores whole and uncompressed. So every JSON object
 * in the file that names classes is judged, wherever it stands: no tree of the file can hide one from this.
 */
export function scanHdf5(source: ByteSource, context: ScanContext): void {
  context.recognise('hdf5');
  const window = Buffer.alloc(Math.min(WINDOW, source.size));
  let offset = 0;
  while (offset < source.size) {
    if (context.isExpired()) return;
    const bytes = window.subarray(0, source.readInto(window, offset));
    const isLast = offset + bytes.length >= source.size;
    for (let at = nextObject(bytes, 0); at >= 0; at = nextObject(bytes, at)) {
      if (context.isExpired()) return;
      const length = scanObject(source, offset + at, context);
      at += Math.max(1, length);
    }
    if (isLast) return;
    offset += bytes.length;
  }
}

/** The next brace that a key follows, or that the window's end cuts off from what follows. */
function nextObject(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(BRACE, from); at >= 0; at = bytes.indexOf(BRACE, at + 1)) {
    let next = at + 1;
    while (BLANKS.has(bytes[next]!)) next += 1;
    if (next === bytes.length || bytes[next] === QUOTE) return at;
  }
  return -1;
}

/** Answers how many bytes the object takes, 0 when it is none. */
function scanObject(source: ByteSource, offset: number, context: ScanContext): number {
  const length = objectLength(source, offset, context);
  if (length === 0 || length === MAX_JSON) return length;
  const text = Buffer.from(source.read(offset, length)).toString('utf8');
  const read = parseJson(text);
  if (read !== undefined && NAMES_CLASS.test(text)) scanKerasConfig(read.value, context);
  if (read !== undefined) return length;
  // Bytes that only look like JSON; numbers do.
  if (TELLING.test(text)) context.reportUnreadable('A configuration in the file is no valid JSON but names classes');
  return 0;
}

/** The length of the balanced object at `offset`; 0 when a control character comes first. One without end is told. */
function objectLength(source: ByteSource, offset: number, context: ScanContext): number {
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  const block = new Uint8Array(1 << 14);
  for (let base = 0; base < MAX_JSON; base += block.length) {
    const got = source.readInto(block, offset + base);
    for (let at = 0; at < got; at += 1) {
      const byte = block[at]!;
      if (byte < 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return 0;
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === 0x5c) isEscaped = true;
        else if (byte === 0x22) isInString = false;
      } else if (byte === 0x22) isInString = true;
      else if (byte === 0x7b) depth += 1;
      else if (byte === 0x7d) {
        depth -= 1;
        if (depth === 0) return base + at + 1;
      }
    }
    if (got < block.length) return 0;
  }
  context.reportLimit(`A text of more than ${MAX_JSON} bytes was not read as configuration`);
  return MAX_JSON;
}
