import { type ByteSource, sliceSource } from '../byte-source';
import type { ContentScanner } from '../content-scanner';
import type { ScanContext } from '../scan-context';
import { scanLeftover } from './leftover';
import { isEscapingName } from './member-name';
import { BLOCK, parseTarHeader, readPaxRecords, readPaxSize, readText, type TarHeader } from './tar-header';

/** Long names and pax records; no writer needs more. */
const MAX_EXTENSION = 1 << 20;
/** Hard link, symbolic link. */
const LINK_TYPES = new Set(['1', '2']);
const DEVICE_TYPES = new Set(['3', '4', '6']);
/** No data follows links, devices and folders, whatever their size; every unknown type is a file. */
const DATALESS_TYPES = new Set([...LINK_TYPES, ...DEVICE_TYPES, '5']);
/** From here on a size does not fit into the header's octal digits, and a pax record states it. */
const OCTAL_LIMIT = 8 ** 11;

/** What extension headers say about the next member. Of several that speak, Python believes the first. */
interface Extension {
  names: string[];
  links: string[];
  size: number | undefined;
  isSparse: boolean;
}

interface TarMember {
  header: TarHeader;
  extension: Extension;
  /** As large as its size, or cut off with the file. */
  data: ByteSource;
  size: number;
}

const nothing = (): Extension => ({ names: [], links: [], size: undefined, isSparse: false });

/** True when a tar header stands at the start. */
export function isTarHeader(source: ByteSource): boolean {
  return parseTarHeader(Buffer.from(source.read(0, BLOCK))) !== undefined;
}

/** Walks the members of a tar archive as Python's tarfile does: ustar, GNU long names and pax. */
export async function scanTar(source: ByteSource, context: ScanContext, scanContent: ContentScanner): Promise<void> {
  context.recognise('tar');
  const globals = new Map<string, string>();
  let extension = nothing();
  let offset = 0;
  for (; offset + BLOCK <= source.size;) {
    const block = Buffer.from(source.read(offset, BLOCK));
    if (block.every((byte) => byte === 0)) break;
    const header = parseTarHeader(block);
    if (header === undefined) {
      context.reportUnreadable(`A tar header at ${offset} is damaged`);
      break;
    }
    if (!context.countMember() || context.isExpired()) return;
    offset += BLOCK;
    if ('LKxXg'.includes(header.type)) {
      readExtension(header, source, offset, { globals, extension, context });
      offset += padded(header.size);
      continue;
    }
    for (let isMore = header.isExtended; isMore && offset < source.size; offset += BLOCK)
      isMore = source.read(offset + 504, 1)[0] !== 0;
    // A global size tells how long a member is, but not where the next one stands.
    const step = extension.size ?? header.size;
    applyRecords(globals, extension);
    const size = extension.size ?? header.size;
    const member = { header, extension, data: sliceSource(source, offset, size), size };
    if (!DATALESS_TYPES.has(header.type)) offset += padded(step);
    await scanMember(member, context, scanContent);
    extension = nothing();
  }
  await scanLeftover(source, Math.min(offset, source.size), context, scanContent);
}

const padded = (size: number): number => Math.ceil(size / BLOCK) * BLOCK;

interface ExtensionState {
  globals: Map<string, string>;
  extension: Extension;
  context: ScanContext;
}

/** Adds what a long name, a long link or a pax header says; a global one stays for all members that follow. */
function readExtension(
  { type, size }: TarHeader,
  source: ByteSource,
  offset: number,
  { globals, extension, context }: ExtensionState,
): void {
  if (size > MAX_EXTENSION || offset + size > source.size)
    context.reportUnreadable(`A tar extension at ${offset} is too long`);
  const bytes = Buffer.from(source.read(offset, Math.min(size, MAX_EXTENSION)));
  if (type === 'L') extension.names.push(readText(bytes));
  else if (type === 'K') extension.links.push(readText(bytes));
  else {
    const own = readPaxRecords(bytes);
    if (own === undefined) context.reportUnreadable(`A pax header at ${offset} is damaged`);
    if (type === 'g') for (const [key, value] of own ?? []) globals.set(key, value);
    else applyRecords(new Map([...globals, ...(own ?? [])]), extension);
  }
}

function applyRecords(records: ReadonlyMap<string, string>, extension: Extension): void {
  for (const [key, value] of records) {
    if (key === 'path' || key === 'GNU.sparse.name') extension.names.push(value);
    if (key === 'linkpath') extension.links.push(value);
    if (key === 'size') extension.size ??= readPaxSize(value);
    if (key.startsWith('GNU.sparse.')) extension.isSparse = true;
  }
}

async function scanMember(member: TarMember, context: ScanContext, scanContent: ContentScanner): Promise<void> {
  const { header, extension, data, size } = member;
  const { type } = header;
  const name = extension.names[0] ?? (header.isUstar ? header.prefixedName : header.name);
  reportEscape(member, name, context);
  if (DATALESS_TYPES.has(type)) return;
  if (data.size < size) context.reportUnreadable(`Member ${name} is cut off`);
  if (extension.isSparse || type === 'S')
    context.reportUnreadable(`Member ${name} is sparse; only what is stored was read`);
  if (size !== header.size && size < OCTAL_LIMIT) {
    const message = `Member ${name}: header and extension state different sizes`;
    context.report({ ruleId: 'ARC-003', message, identity: `${name} sizes` });
  }
  const inner = context.enter(name);
  if (inner !== undefined) await scanContent(data, inner);
}

/** Readers differ in which of several names and targets they take: none may lead out. */
function reportEscape({ header, extension }: TarMember, name: string, context: ScanContext): void {
  const { type } = header;
  const { names, links } = extension;
  if ([header.name, header.prefixedName, ...names].some(isEscapingName))
    context.report({ ruleId: 'ARC-002', message: `Member ${name} leaves the target folder`, identity: name });
  const isLink = LINK_TYPES.has(type);
  if ((isLink && [header.link, ...links].some(isEscapingName)) || DEVICE_TYPES.has(type)) {
    const message = `Member ${name} is a ${isLink ? 'link out of the target folder' : 'device'}`;
    context.report({ ruleId: 'ARC-002', message, identity: `${name} ${type}` });
  }
}
