import { once } from 'node:events';
import type { Transform } from 'node:stream';
import { createInflateRaw, createUnzip, inflateRawSync } from 'node:zlib';
import type { ByteSource } from '../byte-source';
import type { Spool } from './spool';

const CHUNK = 1 << 18;
/** Small members are inflated at once, which is ten times faster than through a stream. */
const AT_ONCE = 1 << 18;

export type InflateMethod = 'raw' | 'wrapped';

/**
 * Inflates `source` into the spool. `raw` is deflate as zip has it, `wrapped` is gzip or zlib. Answers what was wrong with the
 * data, if anything; what could be inflated before is in the spool all the same.
 */
export async function inflateInto(
  source: ByteSource,
  spool: Spool,
  method: InflateMethod,
): Promise<string | undefined> {
  if (method === 'raw' && source.size <= AT_ONCE) {
    const bytes = tryInflateAtOnce(source.read(0, source.size));
    if (bytes !== undefined) {
      spool.write(bytes);
      return undefined;
    }
  }
  const stream = method === 'raw' ? createInflateRaw() : createUnzip();
  let problem: string | undefined;
  let isWanted = true;
  stream.on('data', (chunk: Buffer) => {
    if (isWanted && !spool.write(chunk)) isWanted = false;
  });
  stream.on('error', (error) => {
    problem = error.message;
  });
  const closed = new Promise((resolve) => {
    stream.once('end', resolve).once('error', resolve).once('close', resolve);
  });
  await feed(stream, source, () => isWanted && problem === undefined);
  if (!isWanted) stream.destroy();
  await closed;
  return problem;
}

function tryInflateAtOnce(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: AT_ONCE * 16 });
  } catch {
    // Too large or broken: the stream gives what there is.
    return undefined;
  }
}

async function feed(stream: Transform, source: ByteSource, isWanted: () => boolean): Promise<void> {
  for (let offset = 0; offset < source.size && isWanted(); offset += CHUNK) {
    if (!stream.write(source.read(offset, CHUNK)) && isWanted()) {
      await Promise.race([once(stream, 'drain'), once(stream, 'close'), once(stream, 'end')]).catch(() => {});
    }
  }
  if (isWanted()) stream.end();
}
