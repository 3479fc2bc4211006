/** Tag characters spell ASCII that no font shows; every other use of them than in flags is hidden text. */
const TAGS = /(?<!\u{1F3F4}[\u{E0000}-\u{E007F}]{0,32})[\u{E0020}-\u{E007E}]{4,}/u;
/** Zero-width characters in a row encode bits; one between letters joins emoji or Indic letters. */
const ZERO_WIDTH_RUN = /(?:\u200B|\u200C|\u200D|\u2060|\uFEFF|\u180E){8,}/;
/** Bidirectional overrides turn the order of what is shown (CVE-2021-42574). */
const BIDI_OVERRIDE = /[\u202D\u202E][^\n\u202C]{0,60}?\p{L}/u;
const VARIATION_RUN = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]{6,}/u;
const HIDDEN_STYLE =
  /<(\w{1,20})[^>]{0,200}style\s*=\s*["'][^"']{0,200}(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*[;"']|opacity\s*:\s*0(?:\.0+)?\s*[;"']|(?<!background-)color\s*:\s*(?:white|#fff(?:fff)?)\s*;[^"']{0,100}background(?:-color)?\s*:\s*(?:white|#fff(?:fff)?)\b)[^>]{0,200}>([^<]{12,4000})/i;

export interface HiddenText {
  kind: string;
  index: number;
  /** What the invisible characters spell, where that is known. */
  content: string;
}

/** Text that people do not see but a model reads; undefined when there is none. */
export function findHiddenText(text: string): HiddenText | undefined {
  const tags = TAGS.exec(text);
  if (tags !== null) return { kind: 'tag characters', index: tags.index, content: readTags(tags[0]) };
  for (const [kind, pattern] of [
    ['zero-width characters', ZERO_WIDTH_RUN],
    ['a bidirectional override', BIDI_OVERRIDE],
    ['variation selectors', VARIATION_RUN],
  ] as const) {
    const match = pattern.exec(text);
    if (match !== null) return { kind, index: match.index, content: '' };
  }
  const style = text.includes('style') ? HIDDEN_STYLE.exec(text) : null;
  return style === null ? undefined : { kind: 'a hidden style', index: style.index, content: style[2]! };
}

const readTags = (tags: string): string =>
  Array.from(tags, (tag) => String.fromCharCode(tag.codePointAt(0)! - 0xe0000)).join('');
