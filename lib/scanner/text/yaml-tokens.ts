/** What a YAML document is made of, as far as keys, scalars and tags go. */
export interface YamlToken {
  /** `value` and `key` are the signs before a value and an explicit key. */
  kind: 'scalar' | 'tag' | 'anchor' | 'alias' | 'value' | 'key' | 'other';
  text: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1B',
  N: '\x85',
  _: '\xA0',
  L: '\u2028',
  P: '\u2029',
};
/** Other blanks of Unicode are characters like any other to YAML. */
const BLANK_OR_END = /^[ \t\n]?$/;
const BLANKS = /[ \t\n]+/y;
const PROPERTY = /[^ \t\n,[\]{}]+/y;
const VERBATIM = /!<[^> \t\n]*>/y;
const TAG_DIRECTIVE = /^%TAG[ \t]+(!\S*)[ \t]+(\S+)/;
const BLOCK_HEADER = /[|>][-+0-9]*[ \t]*(?:#.*)?$/my;

/**
 * Reads YAML 1.1 in the manner of PyYAML, without building the tree: scalars of every style with their escapes undone,
 * tags with their prefixes spelled out, and the signs between them. Text that is no YAML gives tokens too.
 */
export function* yamlTokens(text: string): Generator<YamlToken> {
  yield* new YamlReader(text).tokens();
}

class YamlReader {
  private readonly text: string;
  private at = 0;
  private flowDepth = 0;
  /** Column of the key or dash that the next value belongs to. */
  private indent = -1;
  /** Where the last node begins, with its anchor and tag: a key if a sign for a value follows on its line. */
  private lastNode = 0;
  private isInProperties = false;
  /** Where the line begins and ends that `at` stands in, as far as that is known. */
  private readonly known = { start: 0, end: -1 };
  private readonly prefixes = new Map([
    ['!', '!'],
    ['!!', 'tag:yaml.org,2002:'],
  ]);

  constructor(text: string) {
    this.text = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?|[\x85\u2028\u2029]/g, '\n');
  }

  *tokens(): Generator<YamlToken> {
    while (this.skipBlanks()) {
      const token = this.next();
      if (token !== undefined) yield token;
    }
  }

  /** Passes over blanks, comments and directives; false at the end. */
  private skipBlanks(): boolean {
    const { text } = this;
    for (; this.at < text.length; this.at += 1) {
      const character = text[this.at]!;
      const isLineStart = this.at === 0 || text[this.at - 1] === '\n';
      if (character === '%' && isLineStart) {
        const [, handle, prefix] = TAG_DIRECTIVE.exec(this.line()) ?? [];
        if (handle !== undefined && prefix !== undefined) this.prefixes.set(handle, prefix);
      } else if (character !== '#' || !(isLineStart || BLANK_OR_END.test(text[this.at - 1]!))) {
        if (!BLANK_OR_END.test(character)) return true;
        continue;
      }
      this.at = this.lineEnd();
    }
    return false;
  }

  private next(): YamlToken | undefined {
    const { text } = this;
    const character = text[this.at]!;
    const isSeparate = BLANK_OR_END.test(text[this.at + 1] ?? '');
    if (this.isMarker()) {
      this.indent = -1;
      this.at += 2;
      return this.sign('other');
    }
    this.noteNode(character);
    if (character === '"') return { kind: 'scalar', text: this.doubleQuoted() };
    if (character === "'") return { kind: 'scalar', text: this.singleQuoted() };
    if (character === '&' || character === '*') {
      this.at += 1;
      return { kind: character === '&' ? 'anchor' : 'alias', text: this.match(PROPERTY) };
    }
    if (character === '!') return { kind: 'tag', text: this.tag() };
    if ('[]{},'.includes(character) && (this.flowDepth > 0 || character === '[' || character === '{')) {
      if (character === '[' || character === '{') this.flowDepth += 1;
      else if (character !== ',') this.flowDepth -= 1;
      return this.sign('other');
    }
    if (character === ':' && (isSeparate || this.flowDepth > 0)) {
      if (this.flowDepth === 0) this.indent = this.column(this.lastNode >= this.lineStart() ? this.lastNode : this.at);
      return this.sign('value');
    }
    if (isSeparate && (character === '?' || character === '-')) {
      this.indent = this.column(this.at);
      return this.sign(character === '?' ? 'key' : 'other');
    }
    if ((character === '|' || character === '>') && this.flowDepth === 0) {
      const block = this.block();
      if (block !== undefined) return { kind: 'scalar', text: block };
    }
    return { kind: 'scalar', text: this.plain() };
  }

  /** The column of a key is that of its first anchor or tag, or of the bracket that opens it. */
  private noteNode(character: string): void {
    if (this.flowDepth > 0 || character === ':') return;
    if (!this.isInProperties || this.lastNode < this.lineStart()) this.lastNode = this.at;
    this.isInProperties = character === '&' || character === '!';
  }

  private sign(kind: YamlToken['kind']): YamlToken {
    this.at += 1;
    return { kind, text: '' };
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  /** `!!name`, `!prefix!name` or `!<name>` with the prefix in full and percent signs undone. */
  private tag(): string {
    const verbatim = this.match(VERBATIM);
    if (verbatim !== '') return unescapeUri(verbatim.slice(2, -1));
    const short = this.match(PROPERTY);
    const handle = /^!(?:[\w-]*!)?/.exec(short)?.[0] ?? '';
    const prefix = this.prefixes.get(handle);
    return unescapeUri(prefix === undefined ? short : prefix + short.slice(handle.length));
  }

  /** A document begins with three dashes and ends with three dots. */
  private isMarker(): boolean {
    const { text, at } = this;
    if (at !== this.lineStart() || (text[at] !== '-' && text[at] !== '.')) return false;
    return /^(?:---|\.\.\.)[ \t\n]?$/.test(text.slice(at, at + 4));
  }

  /** A scalar without quotes ends at `: `, ` #`, a sign of the flow style, or a line that is not deeper than its key. */
  private plain(): string {
    const { text } = this;
    const start = this.at;
    for (this.at += 1; this.at < text.length; this.at += 1) {
      const character = text[this.at]!;
      const next = text[this.at + 1] ?? '';
      if (character === ':' && (BLANK_OR_END.test(next) || (this.flowDepth > 0 && ',[]{}'.includes(next)))) break;
      if (character === '#' && BLANK_OR_END.test(text[this.at - 1]!)) break;
      if (this.flowDepth > 0 && ',[]{}'.includes(character)) break;
      if (character !== '\n') continue;
      if (!this.continues()) break;
      // The next line's first character is looked at like all others.
      this.at -= 1;
    }
    return fold(text.slice(start, this.at).trimEnd());
  }

  /** True when the next line that is not empty belongs to the scalar before it; goes to its beginning. */
  private continues(): boolean {
    const line = this.match(BLANKS);
    if (this.at >= this.text.length || this.text[this.at] === '#' || this.isMarker()) return false;
    const depth = line.length - line.lastIndexOf('\n') - 1;
    return this.flowDepth > 0 || depth > this.indent;
  }

  private singleQuoted(): string {
    const { text } = this;
    const start = this.at + 1;
    for (this.at += 1; this.at < text.length; this.at += 1) {
      if (text[this.at] !== "'") continue;
      if (text[this.at + 1] !== "'") break;
      this.at += 1;
    }
    const content = text.slice(start, this.at);
    this.at += 1;
    return fold(content.replaceAll("''", "'"));
  }

  private doubleQuoted(): string {
    const { text } = this;
    const start = this.at + 1;
    for (this.at += 1; this.at < text.length && text[this.at] !== '"'; this.at += 1)
      if (text[this.at] === '\\') this.at += 1;
    const content = text.slice(start, this.at);
    this.at += 1;
    return unescape(fold(content));
  }

  /** A literal or folded block: all lines that stand deeper than the key; undefined when the line goes on. */
  private block(): string | undefined {
    BLOCK_HEADER.lastIndex = this.at;
    if (!BLOCK_HEADER.test(this.text)) return undefined;
    const lines: string[] = [];
    this.at = this.lineEnd() + 1;
    while (this.at < this.text.length) {
      const line = this.line();
      const depth = /^ */.exec(line)![0].length;
      if (line.trim() !== '' && depth <= Math.max(0, this.indent)) break;
      lines.push(line.trim());
      this.at += line.length + 1;
    }
    return lines.join('\n').trim();
  }

  private column(at: number): number {
    return at - this.lineStart();
  }

  private lineStart(): number {
    this.lineEnd();
    return this.known.start;
  }

  /** Kept from call to call, so that a long line is not searched for each of its tokens. */
  private lineEnd(): number {
    const { known, text, at } = this;
    while (known.end < at && known.end < text.length) {
      known.start = known.end + 1;
      const end = text.indexOf('\n', known.start);
      known.end = end < 0 ? text.length : end;
    }
    return known.end;
  }

  private line(): string {
    return this.text.slice(this.at, this.lineEnd());
  }
}

/** A line break in quotes is a blank, and none behind a backslash. */
const fold = (text: string): string =>
  text.replaceAll(/(\\?)[ \t]*\n[ \t\n]*/g, (_, escape: string) => (escape === '' ? ' ' : ''));

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g,
    (whole: string, byte?: string, short?: string, long?: string, other = '') => {
      const digits = byte ?? short ?? long;
      if (digits === undefined) return ESCAPES[other] ?? other;
      const point = Number.parseInt(digits, 16);
      return point > 0x10ffff ? whole : String.fromCodePoint(point);
    },
  );
}

function unescapeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign of its own.
    return text;
  }
}
