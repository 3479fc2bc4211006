import { decodeBase64, encodeBase64 } from '../base64';
import { parseDecimal } from '../decimal';
import { LogFormatError } from '../format-error';
import { formatHashLines, parseHashLines, splitAtEmptyLine } from './hash-lines';

/** Everything needed to show offline that an entry is in a log (file extension `.tlog-proof`). */
export interface LogProof {
  /** Position of the entry, from 0. */
  readonly index: number;
  /** Inclusion proof, from the leaf upwards (see `verifyInclusion`). */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint it leads to, as it was issued. */
  readonly note: Uint8Array;
  /** Context that nothing signs. */
  readonly extra?: Uint8Array;
}

const HEADER = 'c2sp.org/tlog-proof@v1';

/** Writes a proof file. @see C2SP tlog-proof, “Format” */
export function formatLogProof({ index, hashes, note, extra }: LogProof): Uint8Array {
  const extraLine = extra === undefined ? '' : `extra ${encodeBase64(extra)}\n`;
  const head = `${HEADER}\n${extraLine}index ${index}\n${formatHashLines(hashes)}\n`;
  return Buffer.concat([Buffer.from(head), note]);
}

/**
 * Reads a proof file. The proof and the note still have to be checked.
 *
 * @throws LogFormatError when it is not exactly as specified.
 */
export function parseLogProof(bytes: Uint8Array): LogProof {
  const { lines, note } = splitAtEmptyLine(bytes);
  const [header, ...rest] = lines;
  if (header !== HEADER) throw new LogFormatError(`A proof file begins with ${HEADER}`);
  const extra = rest[0]?.startsWith('extra ') ? decodeBase64(rest.shift()!.slice('extra '.length)) : undefined;
  if (extra === null) throw new LogFormatError('The extra data is not base64');
  const [indexLine = '', ...hashes] = rest;
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : null;
  if (index === null) throw new LogFormatError('A proof file has an index line');
  return { index, hashes: parseHashLines(hashes), note, ...(extra && { extra }) };
}
