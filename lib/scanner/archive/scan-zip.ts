import { crc32 } from 'node:zlib';
import { type ByteSource, sliceSource } from '../byte-source';
import type { ContentScanner } from '../content-scanner';
import type { ScanContext } from '../scan-context';
import { ByteStream } from './byte-stream';
import { inflateInto } from './inflate';
import { unpackLzma } from './lzma-formats';
import { isEscapingName, isLinkMode } from './member-name';
import { Spool } from './spool';
import { unpackStreams } from './stream-chain';
import {
  type LocalHeader,
  readLocalHeader,
  readZipDirectories,
  type ZipDirectory,
  type ZipEntry,
} from './zip-directory';

const STORED = 0;
const DEFLATED = 8;
const BZIP2 = 12;
const LZMA = 14;
/** Encrypted, patched, strongly encrypted: what CVE-2025-1945 sets on members that are none of it. */
const LYING_FLAGS = 0x1 | 0x20 | 0x40;
const DATA_DESCRIPTOR = 0x8;
const END_MARKER = 0x2;
/** Larger members are not read to their end only for a checksum. */
const MAX_CHECKED = 1 << 24;
const MAX_GAP_SEARCH = 1 << 24;
/** The highest method of APPNOTE 4.4.5; the signature of a header also stands in programs. */
const MAX_METHOD = 99;

type MemberHeader = Pick<ZipEntry, 'name' | 'method' | 'crc' | 'size' | 'flags'>;

interface Extent {
  start: number;
  end: number;
}

/** Reads every member in central order, as loaders do, and reports where the headers disagree. */
export async function scanZip(source: ByteSource, context: ScanContext, scanContent: ContentScanner): Promise<void> {
  context.recognise('zip');
  const directories = readZipDirectories(source);
  if (directories.length > 1) mismatch(context, 'directory', `readers find ${directories.length} different ones`);
  const extents = new Map<string, Extent>();
  for (const directory of directories)
    if (!(await scanDirectory(source, directory, extents, context, scanContent))) return;
  const sorted = [...extents.values()].toSorted((a, b) => a.start - b.start);
  reportOverlap(sorted, context);
  await scanOrphans(source, directories, sorted, context, scanContent);
}

/** Adds to `extents` what its entries take; an entry of an earlier directory is not scanned again. False once a limit is reached. */
async function scanDirectory(
  source: ByteSource,
  directory: ZipDirectory,
  extents: Map<string, Extent>,
  context: ScanContext,
  scanContent: ContentScanner,
): Promise<boolean> {
  const names = new Set<string>();
  let count = 0;
  for (const entry of directory.entries) {
    count += 1;
    if (!context.countMember() || context.isExpired()) return false;
    if (names.has(entry.name)) mismatch(context, entry.name, 'two entries have this name');
    names.add(entry.name);
    const key = `${directory.shift} ${JSON.stringify(entry)}`;
    const extent = extents.has(key) ? undefined : await scanEntry(source, entry, context, scanContent);
    if (extent !== undefined) extents.set(key, extent);
  }
  if (count !== directory.entryCount) {
    mismatch(context, 'directory', `${directory.entryCount} entries declared, ${count} found`);
  }
  reportTorchScript(names, context);
  return true;
}

async function scanEntry(
  source: ByteSource,
  entry: ZipEntry,
  context: ScanContext,
  scanContent: ContentScanner,
): Promise<Extent | undefined> {
  if (isEscapingName(entry.name) || isLinkMode(entry.mode)) {
    const what = isLinkMode(entry.mode) ? 'is a link' : 'leaves the target folder';
    context.report({ ruleId: 'ARC-002', message: `Member ${entry.name} ${what}`, identity: entry.name });
  }
  const local = readLocalHeader(source, entry.localOffset);
  if (local === undefined) {
    mismatch(context, entry.name, 'it has no local header');
    return undefined;
  }
  compareHeaders(entry, local, context);
  const extent = { start: entry.localOffset, end: local.dataOffset + entry.storedSize };
  if (entry.name.endsWith('/') && entry.storedSize === 0) return extent;
  const stored = sliceSource(source, local.dataOffset, entry.storedSize);
  if (stored.size < entry.storedSize) context.reportUnreadable(`Member ${entry.name} is cut off`);
  await scanMember(stored, entry, context, scanContent);
  return extent;
}

function compareHeaders(entry: ZipEntry, local: LocalHeader, context: ScanContext): void {
  if (local.name !== entry.name) mismatch(context, entry.name, `the local name is ${local.name}`);
  if (local.method !== entry.method) mismatch(context, entry.name, 'the compression methods differ');
  const hasDescriptor = (local.flags & DATA_DESCRIPTOR) !== 0;
  if (!hasDescriptor && (local.storedSize !== entry.storedSize || local.size !== entry.size)) {
    mismatch(context, entry.name, 'the sizes differ');
  }
  if (entry.method === STORED && entry.size !== entry.storedSize)
    mismatch(context, entry.name, 'a stored member has two sizes');
  if (((entry.flags | local.flags) & LYING_FLAGS) !== 0) {
    context.report({
      ruleId: 'ARC-004',
      message: `Member ${entry.name} is marked as encrypted or patched; its bytes were read as they are`,
      identity: entry.name,
    });
  }
}

async function scanMember(
  stored: ByteSource,
  entry: MemberHeader,
  context: ScanContext,
  scanContent: ContentScanner,
): Promise<void> {
  const { name, method, crc, size, flags } = entry;
  const member = context.enter(name);
  if (member === undefined) return;
  if (method === STORED) {
    checkSum(stored, crc, member);
    await scanContent(stored, member);
    return;
  }
  if (method !== DEFLATED && method !== BZIP2 && method !== LZMA) {
    member.markIncomplete();
    member.report({ ruleId: 'ARC-007', message: `Compression method ${method} cannot be read` });
    return;
  }
  const spool = new Spool(member, stored.size);
  const problem = await unpackMember(stored, entry, spool);
  const isEncrypted = (flags & 1) !== 0;
  if (problem !== undefined && !isEncrypted) member.reportUnreadable(`Cannot be inflated: ${problem}`);
  if (problem !== undefined && isEncrypted) member.markIncomplete();
  if (problem === undefined && spool.size !== size) mismatch(member, name, 'it inflates to another size');
  const inflated = spool.source();
  try {
    if (problem === undefined) checkSum(inflated, crc, member);
    await scanContent(inflated, member);
  } finally {
    inflated.close();
  }
}

async function unpackMember(stored: ByteSource, entry: MemberHeader, spool: Spool): Promise<string | undefined> {
  if (entry.method === DEFLATED) return (await inflateInto(stored, 0, spool)).problem;
  if (entry.method === BZIP2) return (await unpackStreams(stored, 'bzip2', spool)).problem;
  // APPNOTE 5.8.8: a version, how many property bytes there are, then these, and an end marker if the flag says so.
  const [, , length, high, ...properties] = stored.read(0, 9);
  if (length !== 5 || high !== 0 || properties.length !== 5) return 'the LZMA properties are missing';
  const size = (entry.flags & END_MARKER) === 0 ? entry.size : Infinity;
  return unpackLzma(new ByteStream(stored, 9), Uint8Array.from(properties), size, spool);
}

/** CVE-2025-10156: loaders read past a wrong checksum, so it must not stop the scan. */
function checkSum(content: ByteSource, expected: number, context: ScanContext): void {
  if (content.size > MAX_CHECKED) return;
  if (crc32(content.read(0, content.size)) !== expected) mismatch(context, context.name, 'the checksum is wrong');
}

function mismatch(context: ScanContext, name: string, what: string): void {
  context.report({ ruleId: 'ARC-003', message: `Member ${name}: ${what}`, identity: `${name} ${what}` });
}

/** torch.jit.save writes the code of the model beside its constants. */
function reportTorchScript(names: ReadonlySet<string>, context: ScanContext): void {
  const code = [...names].find((name) => /(?:^|\/)code\/.*\.py$/.test(name));
  const hasConstants = [...names].some((name) => /(?:^|\/)constants\.pkl$/.test(name));
  if (code !== undefined && hasConstants) {
    context.report({
      ruleId: 'TSC-001',
      message: `The archive carries TorchScript, for example ${code}`,
      identity: 'torchscript',
    });
  }
}

/** Entries that share bytes are how small archives inflate without end. */
function reportOverlap(extents: readonly Extent[], context: ScanContext): void {
  const overlaps = extents.filter((extent, index) => index > 0 && extent.start < extents[index - 1]!.end).length;
  if (overlaps === 0) return;
  context.report({ ruleId: 'ARC-001', message: `${overlaps} members share bytes with others`, identity: 'overlap' });
}

/** Local entries no directory lists, also behind it: some loaders read archives from the front. */
async function scanOrphans(
  source: ByteSource,
  directories: readonly ZipDirectory[],
  extents: readonly Extent[],
  context: ScanContext,
  scanContent: ContentScanner,
): Promise<void> {
  let budget = MAX_GAP_SEARCH;
  let cursor = Math.max(0, Math.min(...directories.map(({ shift }) => shift)));
  const known = [...extents, ...directories, { start: source.size, end: source.size }];
  for (const { start, end } of known.toSorted((a, b) => a.start - b.start)) {
    const length = Math.min(start - cursor, budget);
    if (length >= 30) {
      budget -= length;
      await scanGap(source, cursor, length, context, scanContent);
    }
    cursor = Math.max(cursor, end);
  }
}

async function scanGap(
  source: ByteSource,
  start: number,
  length: number,
  context: ScanContext,
  scanContent: ContentScanner,
): Promise<void> {
  const gap = Buffer.from(source.read(start, length));
  const signature = Buffer.from('PK\x03\x04', 'latin1');
  for (let at = gap.indexOf(signature); at >= 0; at = gap.indexOf(signature, at + 4)) {
    const local = readLocalHeader(source, start + at);
    if (local === undefined || local.method > MAX_METHOD || !context.countMember()) continue;
    context.report({ ruleId: 'ARC-006', message: `${local.name} is not in the directory`, identity: local.name });
    const stored = sliceSource(source, local.dataOffset, local.storedSize || start + length - local.dataOffset);
    await scanMember(stored, local, context, scanContent);
  }
}
