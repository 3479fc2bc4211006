/** The four classes of proof, weakest first (source: evidence-types.json, `strength_classes`). */
export const STRENGTHS = ['attestation', 'document', 'system', 'independent'] as const;
export type Strength = (typeof STRENGTHS)[number];

/** The hard caps of the method (source: scoring.json, `hard_caps`). */
export const CAP_IDS = [
  'cap-board-approval',
  'cap-board-training',
  'cap-registration',
  'cap-reporting',
  'cap-known-gap',
  'cap-prohibited-ai',
  'cap-expired-model',
] as const;
export type CapId = (typeof CAP_IDS)[number];

/** What a level asks for; all of it, and all of every level below. Shares in basis points. */
export interface LevelRule {
  readonly level: number;
  readonly minReadiness: number;
  readonly minLayer: number;
  readonly minKey: number;
  readonly minCoverage: number;
  readonly minIndependentShare: number;
  readonly requiresNoOpenCap: boolean;
}

/** The constants of readiness method R1. Shares in basis points, weights positive integers. */
export interface MethodR1 {
  readonly id: 'R1';
  /** Effective value of a control without any proof. */
  readonly floor: number;
  /** What full proof adds to the floor. */
  readonly supportSpan: number;
  /** A layer stands at most this much above its weakest key control; a multi-unit control above its weakest critical unit. */
  readonly keyMargin: number;
  /** An entity stands at most this much above its weakest layer, a group above its weakest entity. */
  readonly weakestMargin: number;
  readonly strengths: Readonly<Record<Strength, number>>;
  readonly layers: readonly { readonly id: string; readonly weight: number }[];
  readonly caps: Readonly<Record<CapId, number>>;
  /** Ascending by level. */
  readonly levels: readonly LevelRule[];
  /** A layer with a larger share of not-applicable weight is flagged. */
  readonly notApplicableFlag: number;
}

/** The part of scoring.json the method needs. */
export interface ScoringCatalogue {
  readonly method: string;
  readonly constants: {
    readonly floor: number;
    readonly support_span: number;
    readonly key_margin: number;
    readonly weakest_margin: number;
  };
  readonly layer_weights: Readonly<Record<string, number>>;
  readonly hard_caps: readonly { readonly id: string; readonly cap: number }[];
  readonly label_levels: readonly {
    readonly level: number;
    readonly min_readiness: number;
    readonly min_layer: number;
    readonly min_key: number;
    readonly min_coverage: number;
    readonly min_independent_share: number;
    readonly no_open_cap: boolean;
  }[];
}

/** The part of evidence-types.json the method needs. */
export interface StrengthCatalogue {
  readonly strength_classes: readonly { readonly id: string; readonly factor: number }[];
}

/**
 * Builds the method's constants from the catalogue's decimals.
 *
 * @throws RangeError when the catalogue is for another method or lacks a strength class or cap.
 */
export function methodFromCatalogue(scoring: ScoringCatalogue, evidence: StrengthCatalogue): MethodR1 {
  if (scoring.method !== 'R1') throw new RangeError(`scoring catalogue is for method ${scoring.method}, not R1`);
  const strength = (id: Strength) => required(evidence.strength_classes, id, (found) => found.factor);
  const cap = (id: CapId) => required(scoring.hard_caps, id, (found) => found.cap);
  return {
    id: 'R1',
    floor: basisPoints(scoring.constants.floor),
    supportSpan: basisPoints(scoring.constants.support_span),
    keyMargin: basisPoints(scoring.constants.key_margin),
    weakestMargin: basisPoints(scoring.constants.weakest_margin),
    strengths: recordOf(STRENGTHS, strength),
    layers: Object.entries(scoring.layer_weights).map(([id, weight]) => ({ id, weight })),
    caps: recordOf(CAP_IDS, cap),
    levels: scoring.label_levels.map(levelRule).toSorted((a, b) => a.level - b.level),
    // The catalogue states this share in prose only (not_applicable, third sentence).
    notApplicableFlag: 3_000,
  };
}

function levelRule(row: ScoringCatalogue['label_levels'][number]): LevelRule {
  return {
    level: row.level,
    minReadiness: basisPoints(row.min_readiness),
    minLayer: basisPoints(row.min_layer),
    minKey: basisPoints(row.min_key),
    minCoverage: basisPoints(row.min_coverage),
    minIndependentShare: basisPoints(row.min_independent_share),
    requiresNoOpenCap: row.no_open_cap,
  };
}

function recordOf<K extends string>(ids: readonly K[], value: (id: K) => number): Record<K, number> {
  return Object.fromEntries(ids.map((id) => [id, value(id)])) as Record<K, number>;
}

function required<T extends { readonly id: string }>(
  rows: readonly T[],
  id: string,
  share: (row: T) => number,
): number {
  const found = rows.find((row) => row.id === id);
  if (!found) throw new RangeError(`the catalogue has no ${id}`);
  return basisPoints(share(found));
}

function basisPoints(share: number): number {
  return Math.round(share * 10_000);
}
