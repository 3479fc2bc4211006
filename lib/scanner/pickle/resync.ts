import type { ByteSource } from '../byte-source';
import { HIGHEST_PROTOCOL, OP } from './opcodes';

const WINDOW = 1 << 20;

/** The next offset at or behind `start` where PROTO with a real protocol stands; undefined when there is none. */
export function findNextPickle(source: ByteSource, start: number, isOver: () => boolean): number | undefined {
  const window = Buffer.alloc(Math.max(2, Math.min(WINDOW, source.size - start)));
  for (let base = start; base + 1 < source.size; base += window.length - 1) {
    if (isOver()) return undefined;
    const bytes = window.subarray(0, source.readInto(window, base));
    for (let at = bytes.indexOf(OP.PROTO); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(OP.PROTO, at + 1)) {
      const protocol = bytes[at + 1]!;
      if (protocol >= 2 && protocol <= HIGHEST_PROTOCOL) return base + at;
    }
  }
  return undefined;
}
