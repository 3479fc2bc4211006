import { createHash } from 'node:crypto';
import { type ByteSource, fileSource } from './byte-source';
import type { ContentScanner } from './content-scanner';
import type { Finding } from './finding';
import type { Limits } from './limits';
import { ScanContext } from './scan-context';

export interface ArtifactResult {
  /** Relative path with forward slashes. */
  path: string;
  size: number;
  format: string;
  /** Hexadecimal; only when it was asked for. */
  sha256?: string;
  findings: Finding[];
  /** Something could not be looked at; findings say what. */
  isIncomplete: boolean;
}

export interface ArtifactSettings {
  scanContent: ContentScanner;
  limits: Limits;
  /** Hash the whole file: for identity checks and bills of materials. */
  wantsDigest: boolean;
  now?: () => number;
}

/** Scans one file of the disk. Never throws: what cannot be opened or read is a finding. */
export async function scanFile(
  absolutePath: string,
  path: string,
  settings: ArtifactSettings,
): Promise<ArtifactResult> {
  let source: ByteSource;
  try {
    source = fileSource(absolutePath);
  } catch (error) {
    const context = ScanContext.forArtifact({ path, size: 0, limits: settings.limits, now: settings.now });
    context.reportUnreadable(`Cannot be opened: ${errorCode(error)}`);
    return resultOf(path, 0, context);
  }
  try {
    return await scanSource(source, path, settings);
  } finally {
    source.close();
  }
}

/** Scans bytes that are already open, for example an upload. Never throws. */
export async function scanSource(
  source: ByteSource,
  path: string,
  settings: ArtifactSettings,
): Promise<ArtifactResult> {
  const context = ScanContext.forArtifact({ path, size: source.size, limits: settings.limits, now: settings.now });
  try {
    await settings.scanContent(source, context);
  } catch (error) {
    context.reportUnreadable(`Cannot be read to its end: ${errorCode(error)}`);
  }
  const sha256 = settings.wantsDigest ? digestOf(source) : undefined;
  return resultOf(path, source.size, context, sha256);
}

function resultOf(path: string, size: number, context: ScanContext, sha256?: string): ArtifactResult {
  const { format } = context;
  const findings = context.findings.map((finding) => ({
    ...finding,
    artifact: { ...finding.artifact, format, ...(sha256 === undefined ? {} : { sha256 }) },
  }));
  return {
    path,
    size,
    format,
    findings,
    isIncomplete: context.isIncomplete,
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

function digestOf(source: ByteSource): string {
  const hash = createHash('sha256');
  const block = new Uint8Array(1 << 20);
  for (let offset = 0; offset < source.size; offset += block.length) {
    hash.update(block.subarray(0, source.readInto(block, offset)));
  }
  return hash.digest('hex');
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message.slice(0, 120);
}
