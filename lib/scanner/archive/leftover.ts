import { type ByteSource, sliceSource } from '../byte-source';
import type { ContentScanner } from '../content-scanner';
import type { ScanContext } from '../scan-context';
import { skipZeros } from './stream-chain';

/** Tells and scans what stands behind the end of a container, where only padding belongs. */
export async function scanLeftover(
  source: ByteSource,
  end: number,
  context: ScanContext,
  scanContent: ContentScanner,
): Promise<void> {
  const start = skipZeros(source, end);
  if (start >= source.size) return;
  const message = `${source.size - start} bytes stand behind the end of the content`;
  context.report({ ruleId: 'ARC-006', severity: 'LOW', message, identity: 'leftover' });
  const rest = context.enter('bytes behind the end');
  if (rest !== undefined) await scanContent(sliceSource(source, start, source.size - start), rest);
}
