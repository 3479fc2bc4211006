import { z } from 'zod';
import { month } from '@/lib/kernel/fields';

/** What a heatmap is asked for; the cell drawer asks for the same picture. */
export const picture = {
  by: z.enum(['layer', 'obligation', 'sector']).default('layer'),
  asOf: month.optional(),
  /** Only these entities. */
  entity: z
    .union([z.array(z.uuid()), z.uuid().transform((one) => [one])])
    .optional()
    .transform((ids) => (ids === undefined ? undefined : [...new Set(ids)])),
  /** The month to compare with; without one the frozen month before. */
  compare: month.optional(),
};

export const GetHeatmap = z.strictObject(picture);
/** Scores are 0–100 with one decimal, shares 0–1, maturity 0–5. */
export type HeatmapAnswer = {
  asOf: string;
  method: string;
  by: 'layer' | 'obligation' | 'sector';
  comparedWith: string | null;
  rows: { id: string; name: string }[];
  columns: HeatmapColumn[];
  cells: HeatmapAnswerCell[];
  /** Cells with row or column `*`. */
  totals: HeatmapAnswerCell[];
};

export type HeatmapColumn = {
  id: string;
  name: string;
  sector: string | null;
  country: string;
  classification: string;
};

export type HeatmapAnswerCell = {
  row: string;
  column: string;
  state: 'scored' | 'not-assessed' | 'not-applicable';
  proven: number | null;
  claimed: number | null;
  open: number | null;
  maturity: number | null;
  level: number | null;
  coverage: number | null;
  stale: boolean;
  capped: boolean;
  /** Signed points since the month compared with; null when below two points or not comparable. */
  delta: number | null;
};
