import { gunzipSync } from 'node:zlib';
import { unpackSnappy } from '../archive/snappy';
import type { ByteSource } from '../byte-source';
import type { ScanContext } from '../scan-context';
import { readThriftStruct, ThriftError, type ThriftStruct, type ThriftValue } from './thrift';

/** Field numbers of parquet.thrift, format version 2.10. */
const FILE_ROW_GROUPS = 4;
const GROUP_COLUMNS = 1;
const COLUMN_META = 3;
const META = { type: 1, codec: 4, compressedSize: 7, dataOffset: 9, dictionaryOffset: 11 } as const;
const PAGE = { type: 1, size: 2, compressedSize: 3, dataV2: 8 } as const;
const V2_LEVELS = [5, 6] as const;
const BYTE_ARRAY = 6;
const FIXED_BYTE_ARRAY = 7;
const CODECS = ['none', 'snappy', 'gzip'] as const;
const MAX_PAGE = 1 << 26;
const MAX_HEADER = 1 << 16;

export function isParquet(source: ByteSource): boolean {
  const isMagic = (offset: number): boolean => Buffer.from(source.read(offset, 4)).toString('latin1') === 'PAR1';
  return source.size >= 12 && isMagic(0) && isMagic(source.size - 4);
}

/** Hands out the texts of all columns, page by page; what cannot be read is reported. */
export function* parquetTexts(source: ByteSource, context: ScanContext): Generator<string> {
  context.recognise('parquet');
  try {
    for (const column of textColumns(source)) yield* columnTexts(source, column, context);
  } catch (error) {
    if (!(error instanceof ThriftError)) throw error;
    context.reportUnreadable(`The parquet metadata is damaged: ${error.message}`);
  }
}

function* textColumns(source: ByteSource): Generator<ThriftStruct> {
  const footerSize = Buffer.from(source.read(source.size - 8, 4)).readUInt32LE(0);
  if (footerSize > Math.min(MAX_PAGE, source.size - 12)) throw new ThriftError('the footer lies outside the file');
  const footer = readThriftStruct(source.read(source.size - 8 - footerSize, footerSize)).value;
  for (const group of structs(footer.get(FILE_ROW_GROUPS))) {
    for (const chunk of structs(group.get(GROUP_COLUMNS))) {
      const meta = chunk.get(COLUMN_META);
      if (meta instanceof Map && [BYTE_ARRAY, FIXED_BYTE_ARRAY].includes(number(meta, META.type))) yield meta;
    }
  }
}

function* columnTexts(source: ByteSource, meta: ThriftStruct, context: ScanContext): Generator<string> {
  const codec = CODECS[number(meta, META.codec)];
  if (codec === undefined) {
    context.reportUnreadable(`A parquet column is compressed with codec ${number(meta, META.codec)}`);
    return;
  }
  const start = number(meta, META.dictionaryOffset) || number(meta, META.dataOffset);
  const end = Math.min(source.size, start + number(meta, META.compressedSize));
  for (let offset = start; offset < end && !context.isExpired();) {
    const header = readThriftStruct(source.read(offset, MAX_HEADER));
    const stored = number(header.value, PAGE.compressedSize);
    if (stored < 0 || stored > MAX_PAGE) throw new ThriftError('a page has an impossible size');
    const page = unpackPage(source.read(offset + header.end, stored), codec, header.value);
    if (page === undefined) context.reportUnreadable('A parquet page cannot be unpacked');
    else
      yield Buffer.from(page)
        .toString('utf8')
        .replaceAll(/[\p{Cc}\uFFFD]+/gu, '\n');
    offset += header.end + stored;
  }
}

/** The levels of a version 2 page stand in front of its values and are never compressed. */
function unpackPage(stored: Uint8Array, codec: (typeof CODECS)[number], header: ThriftStruct): Uint8Array | undefined {
  const v2 = header.get(PAGE.dataV2);
  const levels = v2 instanceof Map ? V2_LEVELS.reduce((sum, field) => sum + number(v2, field), 0) : 0;
  const body = stored.subarray(levels);
  const isPlain = v2 instanceof Map && v2.get(7) === false;
  if (codec === 'none' || isPlain || body.length === 0) return body;
  if (codec === 'snappy') return unpackSnappy(body, MAX_PAGE);
  try {
    return gunzipSync(body, { maxOutputLength: MAX_PAGE });
  } catch {
    // The caller reports the page.
    return undefined;
  }
}

const structs = (value: ThriftValue | undefined): ThriftStruct[] =>
  Array.isArray(value) ? value.filter((item) => item instanceof Map) : [];

function number(struct: ThriftStruct, field: number): number {
  const value = struct.get(field);
  return typeof value === 'number' ? value : 0;
}
