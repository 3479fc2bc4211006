import { type ByteSource, sliceSource } from '../byte-source';
import type { ContentScanner } from '../content-scanner';
import type { ScanContext } from '../scan-context';
import { isEscapingName } from './member-name';

const BLOCK = 512;
const MAX_LONG_NAME = 1 << 16;
/** Hard link, symbolic link. */
const LINK_TYPES = new Set(['1', '2']);
const DEVICE_TYPES = new Set(['3', '4', '6']);
const REGULAR_TYPES = new Set(['0', '\0', '7']);

interface TarHeader {
  name: string;
  size: number;
  type: string;
  link: string;
}

/** True when a tar header stands at `offset`: its checksum must be right. */
export function isTarHeader(source: ByteSource, offset = 0): boolean {
  return parseHeader(Buffer.from(source.read(offset, BLOCK))) !== undefined;
}

/** Walks the members of a tar archive: ustar, GNU long names and pax. */
export async function scanTar(source: ByteSource, context: ScanContext, scanContent: ContentScanner): Promise<void> {
  context.recognise('tar');
  let longName: string | undefined;
  let offset = 0;
  for (; offset + BLOCK <= source.size;) {
    const block = Buffer.from(source.read(offset, BLOCK));
    if (block.every((byte) => byte === 0)) break;
    const header = parseHeader(block);
    if (header === undefined) {
      context.reportUnreadable(`A tar header at ${offset} is damaged`);
      return;
    }
    if (!context.countMember() || context.isExpired()) return;
    const data = sliceSource(source, offset + BLOCK, header.size);
    offset += BLOCK + Math.ceil(header.size / BLOCK) * BLOCK;
    if (header.type === 'L') longName = readLongName(data);
    else if (header.type === 'x') longName = readPaxPath(data) ?? longName;
    else if (header.type !== 'g' && header.type !== 'K') {
      await scanMember({ ...header, name: longName ?? header.name }, data, context, scanContent);
      longName = undefined;
    }
  }
}

async function scanMember(
  header: TarHeader,
  data: ByteSource,
  context: ScanContext,
  scanContent: ContentScanner,
): Promise<void> {
  const { name, type, size } = header;
  const isLink = LINK_TYPES.has(type);
  if (isEscapingName(name)) {
    context.report({ ruleId: 'ARC-002', message: `Member ${name} leaves the target folder`, identity: name });
  }
  if ((isLink && isEscapingName(header.link)) || DEVICE_TYPES.has(type)) {
    const message = `Member ${name} is a ${isLink ? 'link out of the target folder' : 'device'}`;
    context.report({ ruleId: 'ARC-002', message, identity: `${name} ${type}` });
  }
  if (isLink || !REGULAR_TYPES.has(type)) return;
  if (data.size < size) context.reportUnreadable(`Member ${name} is cut off`);
  const member = context.enter(name);
  if (member !== undefined) await scanContent(data, member);
}

function parseHeader(block: Buffer): TarHeader | undefined {
  if (block.length < BLOCK) return undefined;
  const expected = readOctal(block.subarray(148, 156));
  let sum = 0;
  for (let index = 0; index < BLOCK; index += 1) sum += index >= 148 && index < 156 ? 0x20 : block[index]!;
  const size = readSize(block.subarray(124, 136));
  if (expected !== sum || size === undefined) return undefined;
  const prefix = block.toString('latin1', 257, 262) === 'ustar' ? readText(block.subarray(345, 500)) : '';
  const name = readText(block.subarray(0, 100));
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size,
    type: String.fromCharCode(block[156]!),
    link: readText(block.subarray(157, 257)),
  };
}

function readText(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}

function readOctal(field: Buffer): number | undefined {
  const text = field.toString('latin1').replaceAll(/[\0 ]/g, '');
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

/** Octal, or binary with the top bit set as GNU tar writes sizes above 8 GiB. */
function readSize(field: Buffer): number | undefined {
  if ((field[0]! & 0x80) === 0) return readOctal(field) ?? (field.every((byte) => byte === 0) ? 0 : undefined);
  const size = Number(field.readBigUInt64BE(4));
  return Number.isSafeInteger(size) ? size : undefined;
}

function readLongName(data: ByteSource): string {
  return readText(Buffer.from(data.read(0, MAX_LONG_NAME)));
}

function readPaxPath(data: ByteSource): string | undefined {
  const text = Buffer.from(data.read(0, MAX_LONG_NAME)).toString('utf8');
  return /^\d+ path=(.*)$/m.exec(text)?.[1];
}
