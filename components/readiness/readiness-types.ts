/** The score explained; scores are 0–100, shares 0–1, lines in basis points so that they sum exactly. */
export interface ReadinessData {
  /** The group or the entity. */
  subject: string;
  /** `YYYY-MM` of a frozen month, or null for today. */
  month: string | null;
  method: string;
  proven: number;
  claimed: number;
  open: number;
  level: number;
  coverage: number;
  /** Share of the weight that stands on evidence, and on independent evidence. */
  evidenceCoverage: number;
  independentShare: number;
  layers: readonly ReadinessLayer[];
  caps: readonly OpenCap[];
  explanation: readonly ExplanationLine[];
  nextSteps: readonly NextStep[];
  forecast: readonly { days: number; proven: number }[];
}

export interface ReadinessLayer {
  id: string;
  name: string;
  /** Null where nothing has been assessed or nothing applies. */
  score: number | null;
  claimed: number | null;
  open: number | null;
  /** Mean before the weakest key control limits it. */
  base: number | null;
  floor: number | null;
  maturity: number | null;
}

export interface OpenCap {
  id: string;
  /** The score cannot be above this until the matter is resolved. */
  cap: number;
  reason: string;
}

/** One line of the explanation: positive for what carries, negative for what is lost. */
export interface ExplanationLine {
  kind: 'control' | 'entity' | 'control-gap' | 'key-loss' | 'weakest-loss' | 'cap-loss';
  /** Id of the control, entity, layer or cap. */
  id: string;
  /** Its name, for what has no name of its own in the interface's texts. */
  name: string;
  layerId?: string;
  basisPoints: number;
}

/** One thing to do, and what it brings by itself. */
export interface NextStep {
  kind: 'documentation' | 'implementation' | 'renewal' | 'evidence' | 'cap';
  /** Id of the control or the cap. */
  id: string;
  /** Title of the control, reason of the cap. */
  name: string;
  /** Where the step is in one entity of the group. */
  entity?: string | null;
  /** The mark to reach, for the two kinds of marks. */
  to?: number | null;
  /** Evidence class, for renewals and new evidence. */
  strength?: 'attestation' | 'document' | 'system' | 'independent' | null;
  /** Points the proven score rises. */
  gain: number;
  href: string;
}
