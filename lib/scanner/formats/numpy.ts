import { type ByteSource, sliceSource } from '../byte-source';
import type { ScanContext } from '../scan-context';

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');
/** No array of numbers has a header this long; a longer one is not read, so that anything may stand behind it. */
const MAX_PLAIN_HEADER = 1 << 20;
const MAX_NESTING = 32;

export const isNumpy = (head: Uint8Array): boolean => Buffer.from(head.subarray(0, 6)).equals(MAGIC);

/**
 * The bytes numpy unpickles when the array holds objects; undefined only for arrays that are plain beyond doubt, since a
 * type can be spelled in many ways. Source: numpy.lib.format, versions 1 to 3.
 */
export function numpyPickle(source: ByteSource, context: ScanContext): ByteSource | undefined {
  context.recognise('npy');
  const fixed = Buffer.from(source.read(0, 12));
  const isWide = (fixed[6] ?? 1) >= 2;
  const headerStart = isWide ? 12 : 10;
  if (fixed.length < headerStart) {
    context.reportUnreadable('The npy header is cut off');
    return undefined;
  }
  const length = isWide ? fixed.readUInt32LE(8) : fixed.readUInt16LE(8);
  const header = Buffer.from(source.read(headerStart, Math.min(length, MAX_PLAIN_HEADER))).toString('latin1');
  if (!/["']descr["']\s*:/.test(header)) context.reportUnreadable('The npy header names no element type');
  const dataStart = headerStart + length;
  return isPlainHeader(header) ? undefined : sliceSource(source, dataStart, source.size - dataStart);
}

/** Number, truth value, date, bytes, text or raw bytes, by kind and size or by the one letter of a C type. */
const PLAIN_TYPE = /'[<>|=]?(?:[biufcmMSaUV]\d+(?:\[\d*\w+\])?|[?bBhHiIlLqQefdgFDGSaUVmM])'/g;
const FIELD = /\((?:T|'[^'\\]*'|"[^"\\]*"),T(?:,\([\d,]*\))?\)/g;
const RECORD = /\[F(?:,F)*,?\]/g;
const ENTRIES = [/'descr':T/, /'fortran_order':(?:True|False)/, /'shape':\([\d,L]*\)/];
const PLAIN_HEADER = /^\{E,E,E,?\}$/;

/** True when the header is nothing but what numpy writes for numbers, text and records of them: each part becomes a letter. */
function isPlainHeader(header: string): boolean {
  if (header.length >= MAX_PLAIN_HEADER) return false;
  let reduced = header.replaceAll(/[ \t\n]+/g, '').replaceAll(PLAIN_TYPE, 'T');
  for (let level = 0; level < MAX_NESTING && reduced.includes('['); level += 1)
    reduced = reduced.replaceAll(FIELD, 'F').replaceAll(RECORD, 'T');
  for (const entry of ENTRIES) reduced = reduced.replace(entry, 'E');
  return PLAIN_HEADER.test(reduced);
}
