import type { ByteSource } from '../byte-source';
import type { Compression } from '../content-kind';
import type { ContentScanner } from '../content-scanner';
import type { ScanContext } from '../scan-context';
import { scanLeftover } from './leftover';
import { Spool } from './spool';
import { unpackStreams } from './stream-chain';

/** Unpacks compressed streams and scans what is in them and behind them. */
export async function scanCompressed(
  source: ByteSource,
  kind: Exclude<Compression, '7z'>,
  context: ScanContext,
  scanContent: ContentScanner,
): Promise<void> {
  if (kind === 'zstd') {
    context.recognise(kind);
    context.markIncomplete();
    context.report({ ruleId: 'ARC-007', message: 'Zstandard cannot be read' });
    return;
  }
  const spool = new Spool(context, source.size);
  const { end, problem } = await unpackStreams(source, kind, spool);
  const content = spool.source();
  try {
    // Few bytes can look like zlib by chance: what does not inflate at all is something else.
    if (problem !== undefined && content.size === 0 && (kind === 'zlib' || kind === 'lzma')) return;
    if (problem === undefined || kind !== 'lzma' || hasUsualProperties(source)) {
      context.recognise(kind);
      if (problem !== undefined) context.reportUnreadable(`Cannot be unpacked: ${problem}`);
    }
    const member = context.enter(`${kind} content`);
    if (member !== undefined) await scanContent(content, member);
  } finally {
    content.close();
  }
  await scanLeftover(source, end, context, scanContent);
}

/** Every encoder writes this byte unless told otherwise; with another one, damaged data is mostly no LZMA at all. */
const hasUsualProperties = (source: ByteSource): boolean => source.read(0, 1)[0] === 0x5d;
