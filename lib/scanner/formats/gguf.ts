import type { ByteSource } from '../byte-source';
import { ByteStream } from '../archive/byte-stream';
import type { ScanContext } from '../scan-context';
import { findTemplateEscape } from './template';

const MAX_KEY = 1 << 16;
const MAX_TEMPLATE = 1 << 22;
/** Vocabularies have a few hundred thousand texts. */
const MAX_TEXTS = 1 << 23;
const MAX_DIMENSIONS = 8;
const STRING = 8;
const ARRAY = 9;
/** Widths of the value types of GGUF 3, by number; strings and arrays have their own. */
const WIDTHS = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8] as const;

class MalformedGguf extends Error {}

/** The magic and a version below 65,536 in either byte order: a text that begins with the word has none. */
export function isGguf(head: Uint8Array): boolean {
  if (Buffer.from(head.subarray(0, 4)).toString('latin1') !== 'GGUF') return false;
  return head.length < 8 || (head[6] === 0 && head[7] === 0) || (head[4] === 0 && head[5] === 0);
}

/** Walks the header of a GGUF file and looks at its chat templates. Source: ggml docs/gguf.md, version 3. */
export function scanGguf(source: ByteSource, context: ScanContext): void {
  context.recognise('gguf');
  try {
    walkHeader(new GgufReader(source), source.size, context);
  } catch (error) {
    if (!(error instanceof MalformedGguf)) throw error;
    context.report({ ruleId: 'GGU-002', message: `The GGUF header is malformed: ${error.message}` });
    // A loader may be more patient; what it would find behind this place was not looked at.
    context.markIncomplete();
  }
}

function walkHeader(reader: GgufReader, size: number, context: ScanContext): void {
  reader.skip(4);
  const version = reader.little(4);
  // Files of the other byte order exist; their version reads as a huge number.
  if (version < 1 || version > 3) throw new MalformedGguf(`version ${version} is not known`);
  const width = version === 1 ? 4 : 8;
  const tensors = reader.little(width);
  const entries = reader.little(width);
  for (let n = 0; n < entries; n += 1) {
    if (context.isExpired()) return;
    const key = reader.text(width, MAX_KEY);
    const type = reader.little(4);
    // Bindings cut a key at its first zero byte, so the name may go on.
    if (key.includes('chat_template') && type === STRING) scanTemplate(reader.text(width, MAX_TEMPLATE), key, context);
    else skipValue(reader, type, width, 0);
  }
  for (let n = 0; n < tensors; n += 1) {
    if (context.isExpired()) return;
    reader.text(width, MAX_KEY);
    const dimensions = reader.little(4);
    if (dimensions > MAX_DIMENSIONS) throw new MalformedGguf('a tensor has too many dimensions');
    reader.skip(dimensions * width + 4);
    if (reader.little(8) > size) throw new MalformedGguf('a tensor lies outside the file');
  }
}

function scanTemplate(template: string, key: string, context: ScanContext): void {
  const escape = findTemplateEscape(template);
  if (escape === undefined) return;
  context.report({ ruleId: 'GGU-001', message: `${key} uses ${escape}`, cve: ['CVE-2024-34359'], identity: key });
}

function skipValue(reader: GgufReader, type: number, width: number, depth: number): void {
  if (type === STRING) {
    reader.skip(reader.little(width));
    return;
  }
  if (type === ARRAY) {
    const itemType = reader.little(4);
    const count = reader.little(width);
    if (depth > 4) throw new MalformedGguf('arrays lie too deep in each other');
    const itemWidth = WIDTHS[itemType];
    if (itemWidth === undefined) throw new MalformedGguf(`a value has the unknown type ${itemType}`);
    if (itemWidth === 0 && count > MAX_TEXTS) throw new MalformedGguf('an array is longer than it can be');
    if (itemWidth > 0) reader.skip(itemWidth * count);
    else for (let n = 0; n < count; n += 1) skipValue(reader, itemType, width, depth + 1);
    return;
  }
  const valueWidth = WIDTHS[type];
  if (valueWidth === undefined) throw new MalformedGguf(`a value has the unknown type ${type}`);
  reader.skip(valueWidth);
}

/** Reads forward; running past the end is a malformed file. */
class GgufReader {
  private stream: ByteStream;

  constructor(private readonly source: ByteSource) {
    this.stream = new ByteStream(source);
  }

  little(width: number): number {
    let value = 0;
    for (let n = 0; n < width; n += 1) value += this.stream.next() * 2 ** (8 * n);
    this.checkEnd();
    return value;
  }

  text(width: number, limit: number): string {
    const length = this.little(width);
    if (length > limit) throw new MalformedGguf('a text is longer than it may be');
    const start = this.stream.position;
    this.skip(length);
    return Buffer.from(this.source.read(start, length)).toString('utf8');
  }

  skip(count: number): void {
    const target = this.stream.position + count;
    if (target > this.source.size) throw new MalformedGguf('it is cut off');
    if (count <= 64) for (let n = 0; n < count; n += 1) this.stream.next();
    else this.stream = new ByteStream(this.source, target);
    this.checkEnd();
  }

  private checkEnd(): void {
    if (this.stream.isAtEnd) throw new MalformedGguf('it is cut off');
  }
}
