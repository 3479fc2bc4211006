import { z } from 'zod';
import { dayCursor } from '@/lib/kernel/fields';
import type { SnapshotKind } from '../snapshots/schema';

export const reportFormats = ['pdf', 'xlsx', 'csv', 'json'] as const;
export type ReportFileFormat = (typeof reportFormats)[number];

export const ListReports = z.strictObject({
  cursor: dayCursor,
  limit: z.coerce.number().int().min(1).max(100).default(36),
});

export const ReadReport = z.strictObject({
  id: z.uuid(),
  format: z.enum(reportFormats).default('pdf'),
  locale: z.enum(['en', 'de']).default('en'),
  /** Shown in the page instead of saved; PDF only. */
  inline: z.enum(['true', 'false']).default('false'),
});

export const PrepareReport = z.strictObject({
  id: z.uuid(),
  note: z.string().trim().max(2000).nullable().optional(),
});

export const ReleaseReport = z.strictObject({ id: z.uuid(), version: z.coerce.number().int().min(1) });

type Signed = { id: string; name: string; at: string };

/** One frozen month with the life of its report. Scores 0–100 with one decimal. */
export type ReportItem = {
  snapshot: string;
  /** `YYYY-MM`. */
  month: string;
  kind: SnapshotKind;
  asOf: string;
  proven: number;
  claimed: number;
  level: number;
  digest: string;
  method: string;
  /** The snapshot this one corrects, and the one that corrects it. */
  restates: string | null;
  restatedBy: string | null;
  /** Null until somebody prepares it. */
  report: {
    id: string;
    version: number;
    note: string | null;
    prepared: Signed;
    released: Signed | null;
    /** Each reader once, with the first and the last time. */
    readers: { id: string; name: string; firstAt: string; lastAt: string; times: number }[];
    /** Whether the person asking may release it: somebody else prepared it and it is not released. */
    mayRelease: boolean;
  } | null;
};

export type ReportList = {
  items: ReportItem[];
  next: string | null;
  /** `YYYY-MM` by the organisation's calendar: the month that can be frozen now. */
  currentMonth: string;
};
