import type { HeatmapAnswer, HeatmapAnswerCell } from '@/lib/features/heatmap/schema';
import type { CellEvidence, HeatmapCellControl, HeatmapCellDetail } from '@/lib/features/heatmap-cell/schema';

export type { CellEvidence, HeatmapAnswer };
export type HeatmapCell = HeatmapAnswerCell;
export type HeatmapRow = HeatmapAnswer['rows'][number];
export type HeatmapColumn = HeatmapAnswer['columns'][number];
export type CellDetail = HeatmapCellDetail;
export type CellControl = HeatmapCellControl;

/** Row or column id of totals, which the server computes by the score's own rules. */
export const TOTAL = '*';

/** How columns are put together under a common heading. */
export type ColumnGrouping = 'none' | 'country' | 'sector';
