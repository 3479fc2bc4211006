import { type ByteSource, partOf } from './byte-source';

/** A member of an archive that is about to be written. */
export interface TarPart {
  readonly name: string;
  readonly size: number;
  readonly chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** What an archive holds as far as it could be read. */
export interface TarListing {
  /** In the order of the archive. One that the archive ends in the middle of is as long as what is left of it. */
  readonly members: ReadonlyMap<string, ByteSource>;
  /** What is wrong from some place on, or null for an archive that is whole. */
  readonly fault: string | null;
}

const BLOCK_BYTES = 512;
/** Longest name of a member: the ustar name field. Its prefix field would hold more, but is not used. */
export const MAX_NAME_BYTES = 100;
const MODE_OFFSET = 100;
const SIZE_OFFSET = 124;
const TIME_OFFSET = 136;
const TYPE_OFFSET = 156;
const MAGIC_OFFSET = 257;
const SIZE_DIGITS = 11;
const MAX_OCTAL_SIZE = 8 ** SIZE_DIGITS - 1;
const CHECKSUM_OFFSET = 148;
const CHECKSUM_BYTES = 8;

/**
 * Writes a tar archive that depends on nothing but its members: no owner, no time, mode 0644. Any tar program opens it.
 *
 * @throws RangeError when a part does not have the size it announced, or a name is too long.
 * @see POSIX.1-2017 pax, “ustar Interchange Format”
 */
export async function* writeTar(parts: Iterable<TarPart>): AsyncGenerator<Uint8Array> {
  for (const { name, size, chunks } of parts) {
    yield tarHeader(name, size);
    let written = 0;
    for await (const chunk of chunks) {
      written += chunk.length;
      yield chunk;
    }
    if (written !== size) throw new RangeError(`${name} has ${written} bytes, not ${size}`);
    yield Buffer.alloc(paddingAfter(size));
  }
  yield Buffer.alloc(2 * BLOCK_BYTES);
}

/**
 * Lists an archive that `writeTar` wrote. Reading is strict: a header must be the very bytes that would be written, the
 * padding must be zero, and nothing may follow the end, so that no bit of the archive can change unseen.
 */
export function readTar(archive: ByteSource): TarListing {
  const members = new Map<string, ByteSource>();
  let at = 0;
  for (;;) {
    const header = readBlock(archive, at);
    if (header === null) return { members, fault: `the archive ends at byte ${at}, before its end mark` };
    if (isZero(header)) break;
    const member = parseHeader(header);
    if (member === null) return { members, fault: `there is no member header at byte ${at}` };
    const { name, size } = member;
    if (members.has(name)) return { members, fault: `${name} is there twice` };
    const start = at + BLOCK_BYTES;
    if (start + size > archive.size) {
      // What is there of it still tells where the good part of a download ends.
      members.set(name, partOf(archive, start, archive.size - start));
      return { members, fault: `the archive ends in the middle of ${name}` };
    }
    members.set(name, partOf(archive, start, size));
    const padding = paddingAfter(size);
    if (!isZeroAt(archive, start + size, padding)) return { members, fault: `the padding after ${name} is damaged` };
    at = start + size + padding;
  }
  const isWhole = archive.size === at + 2 * BLOCK_BYTES && isZeroAt(archive, at, 2 * BLOCK_BYTES);
  return { members, fault: isWhole ? null : `the end mark at byte ${at} is damaged or something follows it` };
}

/** The header block of a regular file. @throws RangeError for a name of more than 100 bytes or an empty one. */
function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK_BYTES);
  const nameBytes = Buffer.from(name);
  if (nameBytes.length < 1 || nameBytes.length > MAX_NAME_BYTES) {
    throw new RangeError(`A name in a tar archive has 1 to 100 bytes: ${name}`);
  }
  header.set(nameBytes);
  header.write(['0000644', '0000000', '0000000', ''].join('\0'), MODE_OFFSET, 'latin1');
  writeSize(header, size);
  header.write('0'.repeat(SIZE_DIGITS), TIME_OFFSET, 'latin1');
  header.fill(' ', CHECKSUM_OFFSET, CHECKSUM_OFFSET + CHECKSUM_BYTES);
  header.write('0', TYPE_OFFSET, 'latin1');
  header.write('ustar\x0000', MAGIC_OFFSET, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, CHECKSUM_OFFSET, 'latin1');
  return header;
}

/** Octal up to 8 GiB; beyond that the base-256 form that GNU tar, libarchive and Python read. */
function writeSize(header: Buffer, size: number): void {
  if (size <= MAX_OCTAL_SIZE) {
    header.write(`${size.toString(8).padStart(SIZE_DIGITS, '0')}\0`, SIZE_OFFSET, 'latin1');
  } else {
    header[SIZE_OFFSET] = 0x80;
    header.writeBigUInt64BE(BigInt(size), SIZE_OFFSET + 4);
  }
}

function parseHeader(header: Buffer): { name: string; size: number } | null {
  const nameEnd = header.indexOf(0);
  const name = header.toString('utf8', 0, Math.min(nameEnd < 0 ? MAX_NAME_BYTES : nameEnd, MAX_NAME_BYTES));
  const octal = header.toString('latin1', SIZE_OFFSET, SIZE_OFFSET + SIZE_DIGITS);
  const size = /^[0-7]{11}$/.test(octal) ? Number.parseInt(octal, 8) : Number(header.readBigUInt64BE(SIZE_OFFSET + 4));
  if (name === '' || !Number.isSafeInteger(size)) return null;
  return Buffer.byteLength(name) <= MAX_NAME_BYTES && tarHeader(name, size).equals(header) ? { name, size } : null;
}

function paddingAfter(size: number): number {
  return (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES;
}

function readBlock(archive: ByteSource, at: number): Buffer | null {
  if (at + BLOCK_BYTES > archive.size) return null;
  const block = Buffer.alloc(BLOCK_BYTES);
  archive.readInto(block, at);
  return block;
}

function isZeroAt(archive: ByteSource, at: number, length: number): boolean {
  if (at + length > archive.size) return false;
  const bytes = Buffer.alloc(length);
  archive.readInto(bytes, at);
  return isZero(bytes);
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
