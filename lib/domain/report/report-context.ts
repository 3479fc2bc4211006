import type { SnapshotContent } from '../snapshot/content';
import type { ReportFormat } from './format';
import type { ReportLocale } from './model';
import type { ReportTexts } from './texts';

/** What a report is made from: a snapshot and the words of a language. Nothing else. */
export interface ReportInput {
  readonly snapshot: { readonly id: string; readonly digest: string; readonly content: SnapshotContent };
  readonly locale: ReportLocale;
  readonly texts: ReportTexts;
}

/** What each part of the report is built with. */
export interface ReportContext extends Pick<ReportInput, 'texts'> {
  readonly content: SnapshotContent;
  readonly snapshotId: string;
  /** A control's title in the report's language, else as it was frozen. */
  readonly titleOf: (control: string) => string;
  readonly format: ReportFormat;
}
