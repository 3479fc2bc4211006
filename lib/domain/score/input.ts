import type { CapId, Strength } from './method';

/** A mark on the maturity scale, 0 (none) to 5 (optimised). */
export type Mark = 0 | 1 | 2 | 3 | 4 | 5;

/**
 * One accepted piece of evidence. Only evidence accepted by another person than its uploader belongs here.
 * Days are whole days since 1970-01-01 in the organisation's zone.
 */
export interface EvidenceInput {
  /** Names the item in next steps; the score does not depend on it. */
  readonly id?: string;
  readonly strength: Strength;
  /** Age runs from here. An item dated after the day of scoring counts for nothing. */
  readonly collectedDay: number;
  /** Days at full worth, from the control's evidence entry or the evidence type. */
  readonly validityDays: number;
  /** Shortens the validity, never lengthens it. */
  readonly validUntilDay?: number | null;
}

/** What is known about one control, or one unit of it. */
export interface AssessmentInput {
  /** `null` = blank, which counts as 0. */
  readonly documentation: Mark | null;
  readonly implementation: Mark | null;
  /** Level 1–5 at which the claim is full. */
  readonly target: number;
  readonly evidence: readonly EvidenceInput[];
  /** Strength of the evidence the catalogue asks for first; lets next steps propose evidence where there is none. */
  readonly expectedStrength?: Strength;
}

/** "Not applicable", as said by one person and perhaps confirmed by a second. */
export interface NotApplicableInput {
  readonly approved: boolean;
  /** Last day on which the statement holds. */
  readonly untilDay: number;
}

/** One AI system, agent, supplier or service of a control that is assessed per unit. */
export interface UnitInput extends AssessmentInput {
  readonly id: string;
  /** Positive integer, the weight of the unit in the control's mean. */
  readonly criticality: number;
  /** The weakest critical unit limits the control. */
  readonly critical: boolean;
  /** Said of this unit alone; it leaves the mean of its control. */
  readonly notApplicable?: NotApplicableInput | null;
}

/** A control that applies to the entity by its facts (controls that do not are left out before scoring). */
export interface ControlInput extends AssessmentInput {
  readonly id: string;
  /** Id of one of the method's layers. */
  readonly layer: string;
  /** Positive integer; the catalogue uses 1–3. */
  readonly weight: number;
  readonly key: boolean;
  readonly notApplicable: NotApplicableInput | null;
  /** When there are units, they replace the control's own marks and evidence. */
  readonly units?: readonly UnitInput[];
}

/** A sentence as message key and parameters: the interface says it in English or German. */
export interface Reason {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A hard cap that is open now. */
export interface OpenCap {
  readonly id: CapId;
  /** Highest readiness while it is open, basis points. */
  readonly cap: number;
  readonly reason: Reason;
}

export interface EntityInput {
  readonly id: string;
  /** Positive integer, the weight of the entity in its group. */
  readonly criticality: number;
  readonly controls: readonly ControlInput[];
  readonly caps: readonly OpenCap[];
}
