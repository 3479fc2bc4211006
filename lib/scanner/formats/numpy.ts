import { type ByteSource, sliceSource } from '../byte-source';
import type { ScanContext } from '../scan-context';

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');

export const isNumpy = (head: Uint8Array): boolean => Buffer.from(head.subarray(0, 6)).equals(MAGIC);

/** The pickle an array of objects consists of; undefined for plain numbers. Source: numpy.lib.format, versions 1 to 3. */
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
  const header = Buffer.from(source.read(headerStart, Math.min(length, 1 << 16))).toString('latin1');
  if (!/'descr'\s*:/.test(header)) {
    context.reportUnreadable('The npy header names no element type');
    return undefined;
  }
  const hasObjects = /'[<>|=]?O\d*'/.test(header);
  const dataStart = headerStart + length;
  return hasObjects ? sliceSource(source, dataStart, source.size - dataStart) : undefined;
}
