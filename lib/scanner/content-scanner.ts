import type { ByteSource } from './byte-source';
import type { ScanContext } from './scan-context';

/** Routes content to every parser that may read it; archives call it for each of their members. */
export type ContentScanner = (source: ByteSource, context: ScanContext) => Promise<void>;
