import type { ScanContext } from '../scan-context';

/** Formulas that run programs or send data; plain sums and negative numbers are ordinary. */
const FORMULA =
  /(?:^|[,;\t]) {0,8}["']? {0,8}([=+@-]\s*(?:cmd\s*\||[\w'! ]{0,40}\|\s*['"]|.{0,80}?\b(?:DDE|DDEAUTO|HYPERLINK|WEBSERVICE|IMPORTXML|IMPORTDATA|IMPORTHTML|IMPORTFEED|IMPORTRANGE|IMAGE|EXEC|CALL|REGISTER|MSEXCEL|RTD|FILTERXML)\s*\())/i;

/** DAT-005 for the rows of one block of delimited text. */
export function scanFormulas(text: string, firstLine: number, context: ScanContext): void {
  if (!/[=+@-]/.test(text)) return;
  for (const [index, row] of text.split('\n').entries()) {
    const formula = FORMULA.exec(row)?.[1];
    if (formula === undefined) continue;
    const location = { line: firstLine + index, row: firstLine + index };
    context.report({
      ruleId: 'DAT-005',
      message: 'A cell starts a formula that reaches out',
      location,
      identity: formula.slice(0, 100),
    });
  }
}
