import type { ScanContext } from '../scan-context';

const REACHING =
  'DDE|DDEAUTO|HYPERLINK|WEBSERVICE|IMPORTXML|IMPORTDATA|IMPORTHTML|IMPORTFEED|IMPORTRANGE|IMAGE|EXEC|CALL|REGISTER|REGISTER\\.ID|MSEXCEL|RTD|FILTERXML';
/** A row without any of these holds no formula that reaches out. */
const TRIGGER = new RegExp(`\\||\\b(?:${REACHING})\\s{0,8}\\(`, 'i');
/** Dynamic data exchange: a program, a topic and an item, such as `cmd|' /C calc'!A0`. */
const EXCHANGE = /[\w.'"]\s{0,8}\|\s{0,8}(?:'[^'\n]{0,2000}'|[\w.\\:/-]{1,500})\s{0,8}![\w$'"#]/;
/** A function after a sign, an operator or a bracket; after a separator only inside of brackets. */
const FUNCTION = new RegExp(`(^|[-+*/^&=<>({@!%,;])\\s{0,8}(?:${REACHING})(\\s{0,8}\\()\\s{0,8}(.{0,3})`, 'gi');
/** Prose such as “- call (me)” begins like a formula; only a formula goes on with a text, a reference or a function. */
const ARGUMENT = /^(?:["'“]|\$?[A-Z]{1,3}\$?\d|[A-Z]{2})/;
const SEPARATORS = [',', ';', '\t'];
/** What a spreadsheet program takes of one cell. */
const MAX_CELL = 32_767;
/** Quoted cells may hold line ends: so much of what follows a row is looked at with it. */
const MAX_FOLLOWING = 4096;

/** DAT-005 for the rows of one block of delimited text: formulas that run programs or send data; plain sums are ordinary. */
export function scanFormulas(text: string, firstLine: number, context: ScanContext): void {
  if (!TRIGGER.test(text)) return;
  let start = 0;
  for (let row = firstLine; start < text.length; row += 1) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const formula = formulaOf(text, start, end);
    if (context.isExpired()) return;
    if (formula !== undefined) {
      context.report({
        ruleId: 'DAT-005',
        message: 'A cell starts a formula that reaches out',
        location: { line: row, row },
        identity: formula.slice(0, 100),
      });
    }
    start = end + 1;
  }
}

/** The first dangerous cell of a row, whichever separator the program that opens it may split at. */
function formulaOf(text: string, start: number, end: number): string | undefined {
  const row = text.slice(start, end);
  const opened = /"\s{0,8}[=+@-][^"]*$/.exec(row.slice(-MAX_FOLLOWING));
  const close = opened === null ? 0 : quoteEnd(text.slice(end, end + MAX_FOLLOWING), 0, MAX_FOLLOWING) + 1;
  const whole = text.slice(start, end + close);
  if (!/[=+@-]/.test(row) || !TRIGGER.test(whole)) return undefined;
  for (const separator of SEPARATORS) {
    if (separator !== ',' && !whole.includes(separator)) continue;
    for (const cell of cellsOf(whole, separator)) if (isDangerous(cell)) return cell;
  }
  return undefined;
}

/** Cells as RFC 4180 has them: a quote only counts at the start of one, and is doubled inside. */
function* cellsOf(row: string, separator: string): Generator<string> {
  let start = 0;
  while (start <= row.length) {
    const quoted = /^[ ]{0,8}"/.exec(row.slice(start, start + 9));
    const close = quoted === null ? start : quoteEnd(row, start + quoted[0].length);
    const found = row.indexOf(separator, close);
    const end = found < 0 ? row.length : found;
    const cell = row.slice(start, Math.min(end, start + MAX_CELL));
    yield quoted === null ? cell.trimStart() : cell.slice(quoted[0].length).replaceAll('""', '"').trimStart();
    start = end + 1;
  }
}

function quoteEnd(row: string, start: number, otherwise = start): number {
  for (let at = row.indexOf('"', start); at >= 0; at = row.indexOf('"', at + 2)) if (row[at + 1] !== '"') return at;
  // The quote is never closed, so it is a letter.
  return otherwise;
}

function isDangerous(cell: string): boolean {
  const sign = cell[0];
  if (sign === undefined || !'=+-@'.includes(sign) || !TRIGGER.test(cell)) return false;
  if (EXCHANGE.test(cell)) return true;
  let [depth, seen] = [0, 0];
  for (const { 1: before, 3: after, index } of cell.matchAll(FUNCTION)) {
    for (; seen < index; seen += 1) depth += cell[seen] === '(' ? 1 : cell[seen] === ')' ? -1 : 0;
    const isNested = depth > 0 || (before !== ',' && before !== ';');
    if (isNested && (sign === '=' || ARGUMENT.test(after ?? ''))) return true;
  }
  return false;
}
