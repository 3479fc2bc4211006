import type { ByteSource } from '../byte-source';
import type { Compression } from '../content-kind';
import type { ContentScanner } from '../content-scanner';
import type { ScanContext } from '../scan-context';
import { unpackBzip2 } from './bzip2';
import { inflateInto } from './inflate';
import { unpackLz4 } from './lz4';
import { unpackLzmaAlone, unpackXz } from './lzma-formats';
import { Spool } from './spool';

/** Unpacks a compressed stream and scans what is in it. */
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
  const problem = await unpack(source, kind, spool);
  const content = spool.source();
  try {
    // Two bytes can look like zlib by chance: what does not inflate at all is something else.
    if (problem !== undefined && content.size === 0 && (kind === 'zlib' || kind === 'lzma')) return;
    context.recognise(kind);
    if (problem !== undefined) context.reportUnreadable(`Cannot be unpacked: ${problem}`);
    const member = context.enter(`${kind} content`);
    if (member !== undefined) await scanContent(content, member);
  } finally {
    content.close();
  }
}

async function unpack(
  source: ByteSource,
  kind: Exclude<Compression, '7z' | 'zstd'>,
  spool: Spool,
): Promise<string | undefined> {
  switch (kind) {
    case 'gzip':
    case 'zlib':
      return await inflateInto(source, spool, 'wrapped');
    case 'bzip2':
      return unpackBzip2(source, spool);
    case 'xz':
      return unpackXz(source, spool);
    case 'lzma':
      return unpackLzmaAlone(source, spool);
    default:
      return unpackLz4(source, spool);
  }
}
