import { type ByteSource, sliceSource } from '../byte-source';
import type { ContentScanner } from '../content-scanner';
import type { ScanContext } from '../scan-context';
import { ByteStream } from './byte-stream';
import { inflateInto } from './inflate';
import { unpackLzma, unpackLzma2 } from './lzma-formats';
import { scanLeftover } from './leftover';
import { isEscapingName } from './member-name';
import { parseSevenZipHeader, type SevenZipFolder, type SevenZipHeader } from './seven-zip-header';
import { Spool } from './spool';
import { unpackStreams } from './stream-chain';

const SIGNATURE_HEADER = 32;
const MAX_HEADER = 1 << 24;
const AES = '06f10701';

/** Unpacks each folder of a 7z archive and scans its files. */
export async function scanSevenZip(
  source: ByteSource,
  context: ScanContext,
  scanContent: ContentScanner,
): Promise<void> {
  context.recognise('7z');
  const place = headerPlace(source);
  let header: SevenZipHeader;
  try {
    header = await readHeader(source, place, context);
  } catch (error) {
    context.reportUnreadable(`The 7z header cannot be read: ${error instanceof Error ? error.message : 'unknown'}`);
    return;
  }
  let file = 0;
  for (const folder of header.folders) {
    const names = header.names.slice(file, file + folder.fileSizes.length);
    file += folder.fileSizes.length;
    await scanFolder(source, folder, names, context, scanContent);
  }
  await scanLeftover(source, place.offset + place.size, context, scanContent);
}

interface HeaderPlace {
  offset: number;
  size: number;
}

function headerPlace(source: ByteSource): HeaderPlace {
  const start = Buffer.alloc(SIGNATURE_HEADER);
  source.readInto(start, 0);
  return {
    offset: SIGNATURE_HEADER + Number(start.readBigUInt64LE(12)),
    size: Number(start.readBigUInt64LE(20)),
  };
}

async function readHeader(
  source: ByteSource,
  { offset, size }: HeaderPlace,
  context: ScanContext,
): Promise<SevenZipHeader> {
  if (size > MAX_HEADER || offset + size > source.size) throw new Error('it lies outside the file');
  let bytes = Buffer.from(source.read(offset, size));
  for (let level = 0; level < 4; level += 1) {
    const { kind, header } = parseSevenZipHeader(bytes);
    if (kind === 'plain') return header;
    const [folder] = header.folders;
    if (folder === undefined || folder.size > MAX_HEADER) throw new Error('the packed header is too large');
    const spool = new Spool(context, folder.packedSize);
    const problem = await unpackFolder(source, folder, spool);
    if (problem !== undefined) throw new Error(problem);
    const unpacked = spool.source();
    bytes = Buffer.from(unpacked.read(0, folder.size));
    unpacked.close();
  }
  throw new Error('it is packed too often');
}

async function scanFolder(
  source: ByteSource,
  folder: SevenZipFolder,
  names: readonly string[],
  context: ScanContext,
  scanContent: ContentScanner,
): Promise<void> {
  if (folder.coders.some(({ method }) => method === AES)) {
    context.markIncomplete();
    context.report({ ruleId: 'ARC-004', message: `Encrypted: ${names.join(', ')}` });
    return;
  }
  const spool = new Spool(context, folder.packedSize);
  const problem = await unpackFolder(source, folder, spool);
  if (problem !== undefined) {
    context.markIncomplete();
    context.report({ ruleId: 'ARC-007', message: `7z members cannot be unpacked: ${problem}`, identity: problem });
  }
  const unpacked = spool.source();
  try {
    let offset = 0;
    for (const [index, size] of folder.fileSizes.entries()) {
      if (!context.countMember() || context.isExpired()) return;
      const name = names[index] ?? `file ${index}`;
      if (isEscapingName(name))
        context.report({ ruleId: 'ARC-002', message: `Member ${name} leaves the target folder`, identity: name });
      const member = context.enter(name);
      if (member !== undefined) await scanContent(sliceSource(unpacked, offset, size), member);
      offset += size;
    }
  } finally {
    unpacked.close();
  }
}

async function unpackFolder(source: ByteSource, folder: SevenZipFolder, spool: Spool): Promise<string | undefined> {
  const packed = sliceSource(source, SIGNATURE_HEADER + folder.packedOffset, folder.packedSize);
  const [coder] = folder.coders;
  if (coder === undefined || folder.coders.length !== 1) return 'filters are not supported';
  switch (coder.method) {
    case '00':
      for (let offset = 0; offset < packed.size; offset += 1 << 20)
        if (!spool.write(packed.read(offset, 1 << 20))) break;
      return undefined;
    case '21':
      return unpackLzma2(new ByteStream(packed), coder.properties[0] ?? 0, spool);
    case '030101':
      return coder.properties.length < 5
        ? 'the LZMA properties are missing'
        : unpackLzma(new ByteStream(packed), coder.properties, folder.size, spool);
    case '040108':
      return (await inflateInto(packed, 0, spool)).problem;
    case '040202':
      return (await unpackStreams(packed, 'bzip2', spool)).problem;
    default:
      return `method ${coder.method} is not supported`;
  }
}
