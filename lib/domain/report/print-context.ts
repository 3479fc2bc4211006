import type { ReportFormat } from './format';
import type { ReportModel } from './model';
import type { ReportTexts } from './texts';

/** A report with the means to word it. */
export interface PrintContext {
  readonly model: ReportModel;
  readonly texts: ReportTexts;
  readonly format: ReportFormat;
}

/** A section of the report that is a table: the template decides how wide, this decides what it says. */
export interface PrintTable {
  readonly heading: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Said instead of an empty table. */
  readonly empty: string;
  /** Said below when rows were left to an annex. */
  readonly more: string;
}
