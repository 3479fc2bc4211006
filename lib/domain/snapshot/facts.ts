/**
 * What the monthly report tells beside the score, frozen with it. Names and titles are frozen as they were, texts
 * that depend on the reader's language are codes. Days are `YYYY-MM-DD`.
 */
export interface ReportFacts {
  readonly decisions: readonly FrozenDecision[];
  readonly overdue: readonly OverdueItem[];
  readonly gaps: readonly FrozenGap[];
  readonly renewals: readonly FrozenRenewal[];
  readonly notApplicable: readonly FrozenExclusion[];
  readonly aiSystems: readonly FrozenAiSystem[];
  readonly suppliers: readonly FrozenSupplier[];
  /** Null for the first month. */
  readonly since: ChangeSince | null;
  /** Headline figures of the months before, oldest first, as they stood when this one was frozen. */
  readonly history: readonly FrozenMonth[];
}

/** Something the management body is asked to decide. */
export interface FrozenDecision {
  /** What stands behind it: a recorded decision, or the control that would lift a cap or lost most. */
  readonly record: { readonly kind: 'decision' | 'control'; readonly id: string };
  readonly subject: DecisionSubject;
  readonly owner: string | null;
  readonly dueOn: string | null;
}

export type DecisionSubject =
  | {
      readonly kind: 'recorded';
      readonly title: string;
      readonly reason: string;
      readonly options: readonly { readonly label: string; readonly cost: string | null }[];
    }
  /** A hard cap that can be lifted; entities by id. */
  | { readonly kind: 'cap'; readonly cap: string; readonly capBp: number; readonly entities: readonly string[] }
  /** The control whose full proof helps the group most. */
  | { readonly kind: 'control'; readonly control: string; readonly gainBp: number };

export interface OverdueItem {
  readonly kind: 'assessment' | 'request';
  readonly id: string;
  readonly entity: string;
  readonly control: string;
  /** What is assessed, where the control is assessed for each AI system, service, agent or supplier. */
  readonly unit: string | null;
  readonly owner: string | null;
  readonly dueOn: string;
}

export type GapKind =
  | 'no-accountable'
  | 'no-responsible'
  | 'left-person'
  | 'duties-conflict'
  | 'no-owner'
  | 'no-due-date';
export interface FrozenGap {
  readonly kind: GapKind;
  readonly count: number;
}

export interface FrozenRenewal {
  readonly id: string;
  readonly title: string;
  readonly owner: string | null;
  readonly validUntil: string;
  readonly controls: number;
}

export interface FrozenExclusion {
  readonly assessment: string;
  readonly entity: string;
  readonly control: string;
  readonly reason: string;
  readonly until: string | null;
}

export interface FrozenAiSystem {
  readonly id: string;
  readonly name: string;
  readonly entity: string;
  readonly riskClass: string | null;
  readonly criticality: number;
  readonly expiresOn: string | null;
}

export interface FrozenSupplier {
  readonly id: string;
  readonly name: string;
  readonly entity: string;
  readonly criticality: number;
  readonly isCritical: boolean;
  readonly isAssessed: boolean;
}

export interface FrozenMonth {
  readonly id: string;
  readonly month: string;
  readonly digest: string;
  readonly proven: number;
  readonly claimed: number;
  readonly method: string;
  readonly catalogueVersion: string;
}

/** Why the group's proven score moved, in basis points; the four parts add up to `total` exactly. */
export interface ScoreDifference {
  readonly total: number;
  /** Work done or undone: marks, evidence, caps. */
  readonly real: number;
  /** Evidence that grew older. Never positive. */
  readonly decay: number;
  /** Entities, controls, units and exclusions that entered or left; targets and weights set anew. */
  readonly scope: number;
  /** Another method or another version of the catalogue. */
  readonly method: number;
}

/** The month before, as far as a report compares with it. Basis points. */
export interface ChangeSince {
  readonly month: string;
  readonly method: string;
  readonly split: ScoreDifference;
  /** Layer → proven score of the group. */
  readonly layers: Readonly<Record<string, number>>;
  readonly entities: readonly {
    readonly id: string;
    readonly proven: number;
    /** Layer → proven score, where it had one. */
    readonly layers: Readonly<Record<string, number>>;
  }[];
}
