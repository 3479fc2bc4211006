import { toPoints } from '../score/points';

/** What a column of a sheet holds. Scores and differences are points (0–100), a day is `YYYY-MM-DD`. */
export type SheetColumnKind = 'text' | 'score' | 'difference' | 'count' | 'day';

/** One sheet of the report's workbook; the same shape as the workbook writer takes. */
export interface ReportSheet {
  readonly name: string;
  readonly columns: readonly { readonly header: string; readonly kind: SheetColumnKind; readonly width: number }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A column as the sheets of the report write it down. */
export function column(header: string, kind: SheetColumnKind = 'text', width = kind === 'text' ? 32 : 12) {
  return { header, kind, width };
}

/** Basis points as points, or an empty cell where there are none. */
export function toPointsOrNull(bp: number | null): number | null {
  return bp === null ? null : toPoints(bp);
}

/** Basis points that may be negative, as points to the nearest tenth. */
export function toSignedPoints(bp: number): number {
  return Math.round(bp / 10) / 10;
}
