import { createHash } from 'node:crypto';
import type { ByteSource } from './file-store';

export type Measure = { readonly bytes: number; readonly sha256: string };

/**
 * Lets bytes through and answers their number and SHA-256 when all have passed.
 * `result` throws when it is asked before the end: a measure of half a file would be a wrong one.
 */
export function measured(source: ByteSource): { readonly stream: AsyncGenerator<Uint8Array>; result(): Measure } {
  const hash = createHash('sha256');
  let bytes = 0;
  let total: Measure | undefined;
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
    total = { bytes, sha256: hash.digest('hex') };
  }
  return {
    stream: pass(),
    result: () => {
      if (total === undefined) throw new Error('The bytes have not all passed yet.');
      return total;
    },
  };
}
