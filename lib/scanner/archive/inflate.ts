import { createInflateRaw, type InflateRaw, inflateRawSync } from 'node:zlib';
import type { ByteSource } from '../byte-source';
import type { Spool } from './spool';
import type { StreamEnd } from './stream-end';

const CHUNK = 1 << 18;
/** Small streams are inflated at once, which is ten times faster than through a stream of Node's. */
const AT_ONCE = 1 << 16;
/** zlib hands out full pieces only, so what stands shortly before a damage is lost with the last one. */
const [PIECE, SMALL_PIECE] = [1 << 14, 64];

/** Inflates the raw deflate data at `start`; what could be inflated before a problem is in the spool all the same. */
export async function inflateInto(source: ByteSource, start: number, spool: Spool): Promise<StreamEnd> {
  const whole = inflateAtOnce(source.read(start, AT_ONCE));
  if (typeof whole !== 'string') {
    spool.write(whole.bytes);
    return { end: start + whole.consumed };
  }
  const isBroken = whole === 'Z_DATA_ERROR' || (whole === 'Z_BUF_ERROR' && source.size - start <= AT_ONCE);
  const stream = createInflateRaw({ chunkSize: isBroken ? SMALL_PIECE : PIECE });
  let problem: string | undefined;
  let isWanted = true;
  stream.on('data', (chunk: Buffer) => {
    if (isWanted && !spool.write(chunk)) isWanted = false;
  });
  stream.on('error', (error) => {
    problem = error.message;
  });
  let isOver = false;
  const over = new Promise<void>((resolve) => {
    const end = (): void => {
      isOver = true;
      resolve();
    };
    stream.once('end', end).once('error', end).once('close', end);
  });
  const isGoing = (): boolean => isWanted && !isOver;
  for (let offset = start; offset < source.size && isGoing(); offset += CHUNK)
    await Promise.race([write(stream, source.read(offset, CHUNK)), over]);
  if (isGoing()) stream.end();
  else stream.destroy();
  await over;
  return { end: start + stream.bytesWritten, problem };
}

const write = (stream: InflateRaw, chunk: Uint8Array): Promise<void> =>
  new Promise((resolve) => stream.write(chunk, () => resolve()));

/** Answers the code of the error when the data is too large or broken: a stream then gives what there is. */
function inflateAtOnce(bytes: Uint8Array): { bytes: Uint8Array; consumed: number } | string {
  try {
    // With `info` Node also answers the engine, whose count tells where the data ended; its types do not know of it.
    const options = { maxOutputLength: CHUNK * 16, info: true };
    const { buffer, engine } = inflateRawSync(bytes, options) as unknown as { buffer: Buffer; engine: InflateRaw };
    return { bytes: buffer, consumed: engine.bytesWritten };
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : '';
  }
}
