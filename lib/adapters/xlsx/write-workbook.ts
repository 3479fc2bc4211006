import writeExcelFile, { type Cell, type Sheet } from 'write-excel-file/node';
import { freezeZipTimes } from './zip-times';

/** What a column holds; decides type and look of its cells. */
export type ColumnKind = 'text' | 'score' | 'difference' | 'count' | 'day';

/** One sheet: a header row, then one row for each record. A day is text as `YYYY-MM-DD`, null an empty cell. */
export interface WorkbookSheet {
  readonly name: string;
  readonly columns: readonly { readonly header: string; readonly kind: ColumnKind; readonly width: number }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export const XLSX_MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const NUMBER_FORMATS: Partial<Record<ColumnKind, string>> = {
  score: '0.0',
  difference: '+0.0;-0.0;0.0',
  count: '0',
  day: 'yyyy-mm-dd',
};
const LONGEST_SHEET_NAME = 31;
/** What a cell of Excel can hold. */
const LONGEST_TEXT = 32_767;

/**
 * Writes a workbook. The same sheets give the same bytes.
 *
 * Text is always a text cell: whatever a name or a note begins with, no spreadsheet program reads it as a formula.
 *
 * @throws Error when two sheets have the same name, or a number column holds text
 */
export async function writeWorkbook(sheets: readonly WorkbookSheet[]): Promise<Uint8Array> {
  const file = await writeExcelFile(sheets.map(toSheet), { fontFamily: 'Calibri', fontSize: 11 }).toBuffer();
  return freezeZipTimes(file);
}

function toSheet({ name, columns, rows }: WorkbookSheet): Sheet<Buffer> {
  const header = columns.map(({ header, kind }): Cell => ({
    value: header,
    type: String,
    fontWeight: 'bold',
    align: kind === 'text' ? 'left' : 'right',
    bottomBorderStyle: 'thin',
  }));
  return {
    sheet: sheetName(name),
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    data: [header, ...rows.map((row) => columns.map(({ kind }, index) => toCell(row[index] ?? null, kind)))],
  };
}

function toCell(value: string | number | null, kind: ColumnKind): Cell {
  if (value === null || value === '') return null;
  if (kind === 'text') return { value: String(value).slice(0, LONGEST_TEXT), type: String, alignVertical: 'top' };
  const format = NUMBER_FORMATS[kind];
  if (kind === 'day') return { value: new Date(`${value}T00:00:00Z`), type: Date, format };
  if (typeof value !== 'number') throw new TypeError(`a ${kind} column holds numbers, not "${value}"`);
  return { value, type: Number, format };
}

/** Excel refuses some characters and more than 31 of any. */
function sheetName(name: string): string {
  return name.replaceAll(/[[\]/\\:*?]/g, ' ').slice(0, LONGEST_SHEET_NAME);
}
