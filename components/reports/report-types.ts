import type { ReportItem } from '@/lib/features/reports/schema';

export type ReportState = 'unprepared' | 'prepared' | 'released' | 'restated';

/** How far a month's report has come; one that was corrected is history whatever it reached. */
export function stateOf({ report, restatedBy }: ReportItem): ReportState {
  if (restatedBy) return 'restated';
  if (!report) return 'unprepared';
  return report.released ? 'released' : 'prepared';
}

/** The middle of a month, to be written as "October 2026" in any time zone. */
export function dayIn(month: string): Date {
  return new Date(`${month}-15T12:00:00Z`);
}
