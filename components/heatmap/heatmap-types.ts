import type { ExplanationLine, NextStep } from '../readiness/readiness-types';

/** The heatmap as the API answers it: scores 0–100, maturity 0–5. */
export interface HeatmapAnswer {
  /** `YYYY-MM` of a frozen month, or today as `YYYY-MM-DD`. */
  asOf: string;
  method: string;
  by: 'layer' | 'obligation' | 'sector';
  rows: readonly HeatmapRow[];
  columns: readonly HeatmapColumn[];
  cells: readonly HeatmapCell[];
  /** Cells with row or column {@link TOTAL}: computed by the score's own rules, never a mean of what is drawn. */
  totals: readonly HeatmapCell[];
}

/** Row or column id of totals. */
export const TOTAL = '*';

export interface HeatmapRow {
  id: string;
  name: string;
}

export interface HeatmapColumn {
  id: string;
  name: string;
  sector?: string | null;
  country?: string | null;
  classification?: string | null;
}

export interface HeatmapCell {
  row: string;
  column: string;
  state: 'scored' | 'not-assessed' | 'not-applicable';
  proven: number | null;
  claimed: number | null;
  maturity: number | null;
  /** 0–5. */
  level: number | null;
  /** Share of weighted questions answered, 0–1. */
  coverage: number | null;
  /** Evidence behind it is past its validity. */
  stale: boolean;
  /** A key control (or a hard cap) holds it below its mean. */
  capped: boolean;
  /** Signed points since the month compared with; null when small or not comparable. */
  delta: number | null;
}

/** Why a cell shows its number: what the drawer tells. */
export interface CellDetail {
  row: HeatmapRow;
  column: HeatmapColumn;
  proven: number | null;
  claimed: number | null;
  open: number | null;
  level: number | null;
  maturity: number | null;
  coverage: number | null;
  /** What is missing from 100: gaps of controls and the loss to a key control; sums to the score minus 100. */
  explanation: readonly ExplanationLine[];
  controls: readonly CellControl[];
  nextStep: NextStep | null;
}

export interface CellControl {
  id: string;
  title: string;
  isKey: boolean;
  /** Effective value and claim, 0–100; null where not assessed. */
  proven: number | null;
  claimed: number | null;
  state: 'scored' | 'not-assessed' | 'not-applicable';
  /** Points of the cell lost to this control. */
  cost: number;
  owner: string | null;
  href: string;
  /** `today` is the day the picture shows, so that a frozen month shows its own ages. */
  evidence: { title: string; collectedOn: string; validityDays: number; today: string; href: string } | null;
}

/** How columns are put together under a common heading. */
export type ColumnGrouping = 'none' | 'country' | 'sector';
