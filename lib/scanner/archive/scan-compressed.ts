import type { ByteSource } from '../byte-source';
import type { Compression } from '../content-kind';
import type { ContentScanner } from '../content-scanner';
import type { ScanContext } from '../scan-context';
import { scanLeftover } from './leftover';
import { isText } from '../text/text-stream';
import { Spool } from './spool';
import { unpackStreams } from './stream-chain';

/** Unpacks compressed streams and scans what is in them and behind them; false when the bytes only look like one. */
export async function scanCompressed(
  source: ByteSource,
  kind: Exclude<Compression, '7z'>,
  context: ScanContext,
  scanContent: ContentScanner,
): Promise<boolean> {
  if (kind === 'zstd') {
    context.recognise(kind);
    context.markIncomplete();
    context.report({ ruleId: 'ARC-007', message: 'Zstandard cannot be read' });
    return true;
  }
  const spool = new Spool(context, source.size);
  const { end, problem } = await unpackStreams(source, kind, spool);
  const content = spool.source();
  try {
    // Few bytes can look like zlib or lzma by chance: what does not inflate at all, or is text and breaks off, is something else.
    const isChance =
      problem !== undefined && (kind === 'zlib' || kind === 'lzma') && (content.size === 0 || isText(source));
    if (isChance && content.size === 0) return false;
    const isLikely = problem === undefined || kind !== 'lzma' || hasUsualProperties(source);
    if (!isChance && isLikely) {
      context.recognise(kind);
      if (problem !== undefined) context.reportUnreadable(`Cannot be unpacked: ${problem}`);
    }
    const member = context.enter(`${kind} content`);
    if (member !== undefined) await scanContent(content, member);
    if (isChance) return false;
  } finally {
    content.close();
  }
  await scanLeftover(source, end, context, scanContent);
  return true;
}

/** Every encoder writes this byte unless told otherwise; with another one, damaged data is mostly no LZMA at all. */
const hasUsualProperties = (source: ByteSource): boolean => source.read(0, 1)[0] === 0x5d;
