import type { ByteSource } from '../byte-source';
import { decodeText, encodingOf, lastLineStart } from './text-encoding';

const BLOCK = 1 << 20;
const PROBE = 1 << 13;
/** Control characters but tab, line feed, form feed, carriage return and escape. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROLS = /[\0-\x08\x0B\x0E-\x1A\x1C-\x1F\x7F]/g;
/** Names of files that some reader takes for text, whatever stands in them. */
const TEXT_NAME =
  /(?:^|\/)(?:readme|licen[cs]e|requirements|constraints)$|\.(?:md|mdx|markdown|rst|txt|in|pip|py|pyi|ipynb|jsonl?|ndjson|ya?ml|toml|cfg|ini|csv|tsv|html?|xml|jinja2?|j2|sh)$/i;

export interface TextBlock {
  text: string;
  /** 1-based line of the block's first character. */
  line: number;
}

/**
 * True for text at the beginning of the source: UTF-8, UTF-16 or UTF-32 with hardly a control character or a broken
 * sequence. A few are allowed, since every reader of text allows them.
 */
export function isText(source: ByteSource): boolean {
  const head = source.read(0, PROBE);
  if (head.length === 0) return false;
  const text = decodeText(head, encodingOf(head));
  // The last character may be cut; a broken one earlier means another encoding or no text.
  const broken = text.slice(0, -4).split('\uFFFD').length - 1;
  const controls = text.match(CONTROLS)?.length ?? 0;
  return broken <= text.length / 100 && controls <= 1 + text.length / 100;
}

/** True where the name alone makes a reader take the content for text, such as Python, pip or a model. */
export const hasTextName = (name: string): boolean => TEXT_NAME.test(name);

/** The first `maxBytes` of a text, in one string. */
export function readText(source: ByteSource, maxBytes: number): string {
  const bytes = source.read(0, maxBytes);
  return decodeText(bytes, encodingOf(bytes.subarray(0, PROBE)));
}

/** Hands out a text in blocks of about a megabyte that end at line ends where there are any. */
export function* textBlocks(source: ByteSource): Generator<TextBlock> {
  const encoding = encodingOf(source.read(0, PROBE));
  let offset = 0;
  let line = 1;
  while (offset < source.size) {
    const bytes = source.read(offset, BLOCK);
    // The file has become shorter since its size was taken.
    if (bytes.length === 0) return;
    const isLast = offset + bytes.length >= source.size;
    const end = isLast ? bytes.length : lastLineStart(bytes, encoding);
    const text = decodeText(bytes.subarray(0, end), encoding);
    yield { text, line };
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line += 1;
    offset += end;
  }
}
