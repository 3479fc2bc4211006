import type { HeatmapCell } from '@/components/heatmap/heatmap-types';

/** A cell with a score, for tests of how a heatmap is arranged and drawn. */
export const heatmapCell = (row: string, column: string, more: Partial<HeatmapCell> = {}): HeatmapCell => ({
  row,
  column,
  state: 'scored',
  proven: 41.9,
  claimed: 66.2,
  open: 70,
  maturity: 2,
  level: 2,
  coverage: 1,
  stale: false,
  capped: false,
  delta: null,
  ...more,
});
