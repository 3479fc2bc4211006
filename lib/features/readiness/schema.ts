import { z } from 'zod';
import { month } from '@/lib/kernel/fields';

export const GetReadiness = z.strictObject({
  /** Without one: the group of all entities in reach. */
  entity: z.uuid().optional(),
  asOf: month.optional(),
});

/** Scores are 0–100 with one decimal, shares 0–1, maturity 0–5. */
export type ReadinessAnswer = {
  method: string;
  asOf: string;
  /** null: the group. */
  entity: { id: string; name: string } | null;
  proven: number;
  claimed: number;
  open: number;
  level: number;
  coverage: number;
  evidenceCoverage: number;
  independentShare: number;
  /** Layer or entity the weakest-link rule looks at. */
  weakest: { id: string; name: string } | null;
  layers: ReadinessLayer[];
  caps: ReadinessCap[];
  explanation: ReadinessLine[];
  nextSteps: ReadinessStep[];
  forecast: { days: number; proven: number }[];
};

export type ReadinessLayer = {
  id: string;
  name: string;
  state: 'scored' | 'not-assessed' | 'not-applicable';
  /** Null where nothing applies. */
  score: number | null;
  claimed: number | null;
  open: number | null;
  base: number | null;
  floor: number | null;
  maturity: number | null;
  coverage: number | null;
  stale: boolean;
  capped: boolean;
  /** The weakest key control, or in a group the weakest entity. */
  weakest: string | null;
  /** Share of the layer's weight set to not applicable, and whether that is remarkable. */
  notApplicableShare: number | null;
  notApplicableFlag: boolean;
};

export type ReadinessCap = {
  id: string;
  cap: number;
  reason: string;
  /** Where it is open: the entity, or in a group all it is open for. */
  entities: { id: string; name: string; reasonKey: string; params: Record<string, string | number> }[];
};

export type ReadinessLine = {
  label: string;
  /** Whole basis points; the lines add up to the score exactly. */
  basisPoints: number;
  kind: 'control' | 'entity' | 'control-gap' | 'key-loss' | 'weakest-loss' | 'cap-loss';
  id: string;
  name: string;
  layerId?: string;
};

export type ReadinessStep = {
  label: string;
  kind: 'documentation' | 'implementation' | 'renewal' | 'evidence' | 'cap';
  /** Control or cap. */
  id: string;
  name: string;
  entityId: string;
  entity: string;
  unit: string | null;
  to: number | null;
  strength: 'attestation' | 'document' | 'system' | 'independent' | null;
  /** Points the proven score rises, and the mean before weakest link and caps. */
  gain: number;
  meanGain: number;
  href: string;
};
