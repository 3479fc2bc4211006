import { z } from 'zod';
import { dayCursor, instant, month } from '@/lib/kernel/fields';

export const ListSnapshots = z.strictObject({
  scope: z.enum(['group', 'entity']).default('group'),
  entity: z.uuid().optional(),
  month: month.optional(),
  cursor: dayCursor,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const SnapshotRef = z.strictObject({ id: z.uuid() });

export const CompareSnapshots = z.strictObject({ id: z.uuid(), with: z.uuid() });

export const FreezeMonth = z.strictObject({ month });

/** `asOf` is for replaying history (demonstration); the worker leaves it out. */
export const CloseMonth = z.strictObject({ asOf: instant.optional() });

export const FreezeEngagement = z.strictObject({ engagementId: z.uuid() });

export type SnapshotKind = 'month-end' | 'on-demand' | 'engagement';

/** Scores 0–100 with one decimal. */
export type SnapshotItem = {
  id: string;
  /** `YYYY-MM`. */
  month: string;
  scope: 'group' | 'entity';
  entity: { id: string; name: string } | null;
  kind: SnapshotKind;
  asOf: string;
  proven: number;
  claimed: number;
  open: number;
  level: number;
  /** SHA-256 of the content, which is the JSON of the report. */
  digest: string;
  method: string;
  catalogueVersion: string;
  /** The snapshot of the same month that this one corrects. */
  restates: string | null;
};

export type SnapshotCheck = {
  id: string;
  digest: string;
  /** SHA-256 of the content as it is stored now. */
  storedDigest: string;
  /** SHA-256 of the content computed anew from its own inputs under its own method. */
  recomputedDigest: string;
  /** The snapshot it names as its previous is there with that digest; null for the first. */
  isChained: boolean | null;
  ok: boolean;
};

export type ChangeCause = 'real' | 'decay' | 'scope' | 'method';

/** Points are signed, with one decimal. */
export type SnapshotComparison = {
  from: { id: string; month: string; proven: number };
  to: { id: string; month: string; proven: number };
  total: number;
  causes: { cause: ChangeCause; points: number }[];
  layers: { id: string; from: number; to: number; change: number }[];
  /** Every entity that is in one of the two; null where it is missing. */
  entities: { id: string; name: string; from: number | null; to: number | null; change: number | null }[];
};
