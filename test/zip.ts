import { crc32, deflateRawSync } from 'node:zlib';

export type ZipPart = {
  name: string;
  content?: string | Buffer;
  /** What the directory claims instead of the truth. */ claimedBytes?: number;
};

/** A small real ZIP archive. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content = 'x', claimedBytes } of parts) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain);
    const sizes = { crc: crc32(plain), packed: packed.length, plain: claimedBytes ?? plain.length };
    const file = Buffer.concat([localHeader(name, sizes), packed]);
    directory.push(directoryEntry(name, sizes, offset));
    files.push(file);
    offset += file.length;
  }
  const listed = Buffer.concat(directory);
  return Buffer.concat([...files, listed, endRecord(parts.length, listed.length, offset)]);
}

/** The least that is a Word document, with more parts besides. */
export function wordOf(more: readonly ZipPart[] = []): Buffer {
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const types = `<Types><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`;
  return zipOf([{ name: '[Content_Types].xml', content: types }, { name: 'word/document.xml' }, ...more]);
}

type Sizes = { crc: number; packed: number; plain: number };

function localHeader(name: string, { crc, packed, plain }: Sizes): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packed, 18);
  header.writeUInt32LE(plain, 22);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([header, Buffer.from(name)]);
}

function directoryEntry(name: string, { crc, packed, plain }: Sizes, offset: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 4);
  entry.writeUInt16LE(20, 6);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(packed, 20);
  entry.writeUInt32LE(plain, 24);
  entry.writeUInt16LE(Buffer.byteLength(name), 28);
  entry.writeUInt32LE(offset, 42);
  return Buffer.concat([entry, Buffer.from(name)]);
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
