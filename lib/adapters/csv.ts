/** What a field may hold; null is an empty field. */
export type CsvValue = string | number | boolean | null;

export const CSV_MEDIA_TYPE = 'text/csv; charset=utf-8; header=present';

const BYTE_ORDER_MARK = '\uFEFF';
/** Characters that make a spreadsheet program read a text as a formula; full-width forms too, which some fold. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/u;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/u;

/**
 * CSV as RFC 4180 has it (comma, CRLF, quotes doubled), line by line so that long lists can be streamed.
 *
 * Begins with a byte order mark, without which Excel takes UTF-8 for something else. A text that a spreadsheet
 * program would run as a formula gets an apostrophe before it; numbers are written as they are.
 */
export function* csvLines(header: readonly string[], rows: Iterable<readonly CsvValue[]>): Generator<string> {
  yield BYTE_ORDER_MARK + csvLine(header);
  for (const row of rows) yield csvLine(row);
}

/** One record with its line end. */
export function csvLine(row: readonly CsvValue[]): string {
  return `${row.map(csvField).join(',')}\r\n`;
}

function csvField(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA_START.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
