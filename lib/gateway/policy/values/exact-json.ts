/**
 * `JSON.parse` that reads integers beyond ±(2⁵³−1) as `bigint` instead of rounding them.
 *
 * Policies and recorded requests hold 64-bit longs; plain `JSON` would change them silently.
 * Throws `SyntaxError` for text that is no JSON.
 */
export function parseExactJson(text: string): unknown {
  const rounded: unknown = JSON.parse(text);
  if (!LONG_RUN_OF_DIGITS.test(text)) return rounded;
  if (!(text.match(STRING_OR_LONG) ?? []).some(isLongToken)) return rounded;
  // Written out again, every string shows its content unescaped, so a mark not found there is in none of them.
  const mark = unusedMark(JSON.stringify(rounded));
  const marked = text.replace(STRING_OR_LONG, (token) => (isLongToken(token) ? `"${mark}${token}"` : token));
  return JSON.parse(marked, (_key, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith(mark)) return value;
    const long = BigInt(value.slice(mark.length));
    return Number.isSafeInteger(Number(long)) ? Number(long) : long;
  });
}

/** `JSON.stringify` that writes `bigint` as an integer of full length; `parseExactJson` reads it back. */
export function stringifyExactJson(value: unknown): string {
  const mark = unusedMark(JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? 0 : part)));
  const marked = JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${mark}${part}` : part));
  return marked.replaceAll(new RegExp(`"${mark}(-?[0-9]+)"`, 'g'), '$1');
}

/** Most texts hold no long integer at all, and this is found out much faster than by looking at every string. */
const LONG_RUN_OF_DIGITS = /\d{16}/;

/** A string, or an integer long enough to be beyond 2⁵³ and no part of a fraction or exponent. */
const STRING_OR_LONG = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+])-?\d{16,}(?![\d.eE])/g;

function isLongToken(token: string): boolean {
  return !token.startsWith('"');
}

/** A prefix that does not occur in the text, so that nothing in it can be mistaken for a marked integer. */
function unusedMark(text: string): string {
  let mark = 'long:';
  while (text.includes(mark)) mark = `_${mark}`;
  return mark;
}
