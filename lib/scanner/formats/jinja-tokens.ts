/** One token of a Jinja expression; a text is what its literal stands for, with escapes undone. */
export interface JinjaToken {
  kind: 'name' | 'text' | 'number' | 'operator';
  value: string;
}

/** What stands between one pair of `{{ }}` or `{% %}`, and the text between it and the tag before. */
export interface JinjaTag {
  before: string;
  isStatement: boolean;
  tokens: JinjaToken[];
}

const OPENING = /\{[{%#]/g;
// Python counts some control characters as blanks; Jinja refuses a template that has the others here.
const RAW = /\{%[-+]?[\s\p{Cc}]*raw[\s\p{Cc}]*-?%\}/uy;
const END_RAW = /\{%[-+]?[\s\p{Cc}]*endraw[\s\p{Cc}]*[-+]?%\}/gu;
const BLANK = /[\s\p{Cc}]+/uy;
const NAME = /[\p{L}\p{N}_]+/uy;
const NUMBER = /\d[\d_]*(?:\.\d[\d_]*)?(?:e[+-]?\d+)?/iy;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * The tags of a template in the reading of Jinja 2: a delimiter inside a string or behind an open bracket ends no tag,
 * and comments and raw blocks are passed over.
 * Source: jinja2/lexer.py, version 3.1.
 */
export function* jinjaTags(template: string): Generator<JinjaTag> {
  let last = 0;
  for (let at = nextOpening(template, 0); at >= 0; at = nextOpening(template, at)) {
    if (template[at + 1] === '#') {
      const end = template.indexOf('#}', at + 2);
      if (end < 0) return;
      at = end + 2;
      continue;
    }
    const raw = match(RAW, template, at);
    if (raw !== undefined) {
      END_RAW.lastIndex = at + raw.length;
      if (END_RAW.exec(template) === null) return;
      at = END_RAW.lastIndex;
      continue;
    }
    const isStatement = template[at + 1] === '%';
    const tag = readTag(template, at + 2, isStatement ? '%}' : '}}');
    if (tag === undefined) return;
    yield { before: template.slice(last, at), isStatement, tokens: tag.tokens };
    at = tag.end;
    last = at;
  }
}

/** Longer than any subscript or call that a person writes. */
const MAX_BRACKET = 400;

/** What stands in the bracket that opens at `start`; undefined when that is more than anybody writes. */
export function insideBracket(tokens: readonly JinjaToken[], start: number): readonly JinjaToken[] | undefined {
  let depth = 0;
  const limit = Math.min(tokens.length, start + MAX_BRACKET);
  for (let at = start; at < limit; at += 1) {
    depth += depthChange(tokens[at]!);
    if (depth === 0) return tokens.slice(start + 1, at);
  }
  return undefined;
}

/** 1 for a bracket that opens, -1 for one that closes. */
export function depthChange({ kind, value }: JinjaToken): number {
  if (kind !== 'operator') return 0;
  if (value === '(' || value === '[' || value === '{') return 1;
  return value === ')' || value === ']' || value === '}' ? -1 : 0;
}

export const isOperator = (token: JinjaToken | undefined, value: string): boolean =>
  token?.kind === 'operator' && token.value === value;

function nextOpening(template: string, from: number): number {
  OPENING.lastIndex = from;
  return OPENING.exec(template)?.index ?? -1;
}

/** Undefined when the tag has no end, which Jinja refuses. */
function readTag(template: string, start: number, close: string): { tokens: JinjaToken[]; end: number } | undefined {
  const tokens: JinjaToken[] = [];
  const open: string[] = [];
  let at = start;
  while (at < template.length) {
    if (open.length === 0 && template.startsWith(close, at)) return { tokens, end: at + 2 };
    const character = template[at]!;
    const blank = match(BLANK, template, at);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    if (character === '"' || character === "'") {
      const end = endOfText(template, at);
      tokens.push({ kind: 'text', value: unescapeText(template.slice(at + 1, end)) });
      at = end + 1;
      continue;
    }
    const number = match(NUMBER, template, at);
    const word = number ?? match(NAME, template, at);
    tokens.push({
      kind: number === undefined ? (word === undefined ? 'operator' : 'name') : 'number',
      value: word ?? character,
    });
    at += (word ?? character).length;
    if (word !== undefined) continue;
    if (CLOSING[character] !== undefined) open.push(CLOSING[character]);
    else if (character === open.at(-1)) open.pop();
  }
  return undefined;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function endOfText(template: string, start: number): number {
  for (let at = start + 1; at < template.length; at += 1) {
    if (template[at] === '\\') at += 1;
    else if (template[at] === template[start]) return at;
  }
  return template.length;
}

/** Escapes of Python; a character by its name is kept as it stands, which the rules look for. */
function unescapeText(text: string): string {
  return text.replaceAll(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|\r?\n)/g,
    (whole: string, hex?: string, short?: string, long?: string, octal?: string) => {
      const digits = hex ?? short ?? long;
      if (digits === undefined && octal === undefined) return '';
      const point = digits === undefined ? Number.parseInt(octal!, 8) : Number.parseInt(digits, 16);
      return point > 0x10ffff ? whole : String.fromCodePoint(point);
    },
  );
}
