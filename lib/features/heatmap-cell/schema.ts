import { z } from 'zod';
import { type HeatmapAnswerCell, picture } from '../heatmap/schema';
import type { ReadinessLine, ReadinessStep } from '../readiness/schema';

export const GetHeatmapCell = z.strictObject({
  ...picture,
  /** Row id, or `*` for all rows together. */
  row: z.string().min(1).max(60),
  /** Entity id, or `*` for all entities together. */
  column: z.union([z.uuid(), z.literal('*')]),
});

export type HeatmapCellDetail = Omit<HeatmapAnswerCell, 'row' | 'column' | 'delta'> & {
  row: { id: string; name: string };
  column: { id: string; name: string; sector?: string | null; country?: string; classification?: string };
  asOf: string;
  method: string;
  /** What is missing from 100, most costly first; the lines add up to the score minus 100 exactly. */
  explanation: ReadinessLine[];
  /** Most costly first. Empty for a total over entities. */
  controls: HeatmapCellControl[];
  nextStep: ReadinessStep | null;
};

export type HeatmapCellControl = {
  id: string;
  title: string;
  isKey: boolean;
  weight: number;
  state: 'scored' | 'not-assessed' | 'not-applicable';
  proven: number | null;
  claimed: number | null;
  /** Points of the cell lost to this control. */
  cost: number;
  assessment: string | null;
  owner: string | null;
  accountable: string | null;
  dueOn: string | null;
  stale: boolean;
  /** The item that carries it most. */
  evidence: CellEvidence | null;
  allEvidence: CellEvidence[];
  href: string;
};

export type CellEvidence = {
  id: string;
  title: string;
  type: string;
  strength: string;
  collectedOn: string;
  validUntil: string | null;
  validityDays: number;
  /** The day the picture shows. */
  today: string;
  freshness: 'fresh' | 'ageing' | 'stale' | 'future';
  /** Days until it stops being fresh; negative once it has. */
  daysLeft: number;
  href: string;
};
