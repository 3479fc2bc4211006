/**
 * The monthly report as data: what every format (PDF, XLSX, CSV, JSON) is made from.
 *
 * Scores are basis points (0–10000, suffix `Bp`), shares too. Days are `YYYY-MM-DD`, months `YYYY-MM`. Sentences are
 * already in the reader's language; numbers, names and ids are not formatted.
 */
export type ReportModel = {
  readonly locale: ReportLocale;
  readonly title: string;
  readonly about: ReportSource;
  readonly headline: Headline;
  readonly change: Change | null;
  readonly trend: readonly TrendPoint[];
  readonly decisions: readonly Decision[];
  readonly layers: readonly LayerLine[];
  readonly heatmap: readonly HeatmapRow[];
  readonly costliest: readonly CostlyControl[];
  readonly reporting: ReportingState;
  readonly duties: readonly DutyState[];
  readonly aiSystems: AiSystems;
  readonly suppliers: Suppliers;
  readonly overdue: readonly OwnerBacklog[];
  readonly renewals: readonly Renewal[];
  readonly gaps: readonly GapCount[];
  readonly notApplicable: readonly NotApplicable[];
  readonly caps: readonly OpenCap[];
  readonly confidence: Confidence;
};

export type ReportLocale = 'en' | 'de';

/** The record a number stands for: what to open when somebody asks "says who?". */
export type RecordRef = { readonly kind: RecordKind; readonly id: string };
export type RecordKind =
  | 'snapshot'
  | 'entity'
  | 'control'
  | 'assessment'
  | 'request'
  | 'evidence'
  | 'decision'
  | 'ai-system'
  | 'supplier';

export type ReportSource = {
  readonly organisation: string;
  readonly month: string;
  /** ISO 8601 with the offset that held in `zone`, so that no reader needs a zone database. */
  readonly asOf: string;
  readonly zone: string;
  readonly snapshotId: string;
  readonly digest: string;
  readonly method: string;
  readonly catalogueVersion: string;
  /** The snapshot this one corrects; both stay visible. */
  readonly restates: string | null;
  readonly isDemonstration: boolean;
  readonly entities: number;
  /** Pieces of accepted evidence the snapshot names. */
  readonly evidence: number;
};

export type Headline = {
  readonly sentence: string;
  readonly provenBp: number;
  readonly claimedBp: number;
  readonly openBp: number;
  readonly level: number;
  readonly band: number;
  /** Where the levels begin, lowest first. */
  readonly thresholds: readonly { readonly level: number; readonly atBp: number }[];
  readonly weakest: { readonly layer: string; readonly name: string; readonly scoreBp: number } | null;
};

export type Change = {
  readonly since: string;
  readonly sentence: string;
  readonly totalBp: number;
  readonly parts: readonly { readonly cause: ChangeCause; readonly deltaBp: number; readonly sentence: string }[];
};
export type ChangeCause = 'real' | 'decay' | 'scope' | 'method';

/** One month of the line. Null scores are a gap: drawn as nothing, never interpolated. */
export type TrendPoint = {
  readonly month: string;
  readonly provenBp: number | null;
  readonly claimedBp: number | null;
  readonly method: string | null;
  /** True where the method or catalogue differs from the month before: the line is cut here. */
  readonly isBreak: boolean;
  readonly ref: RecordRef | null;
};

export type Decision = {
  readonly title: string;
  readonly reason: string;
  readonly options: readonly { readonly label: string; readonly cost: string | null }[];
  readonly owner: string | null;
  readonly dueOn: string | null;
  readonly ref: RecordRef;
};

export type LayerLine = {
  readonly layer: string;
  readonly name: string;
  readonly provenBp: number;
  readonly claimedBp: number;
  /** The weakest entity's score in this layer; null when the layer counts nowhere. */
  readonly floorBp: number | null;
  readonly band: number;
  readonly deltaBp: number | null;
  /** Mean level in hundredths, 0–500. */
  readonly maturityHundredths: number;
};

export type CellState = 'scored' | 'not-assessed' | 'not-applicable';

export type HeatmapCell = {
  /** Null for the whole entity. */
  readonly layer: string | null;
  readonly state: CellState;
  readonly provenBp: number;
  readonly claimedBp: number;
  /** The band 0–5 the number stands in: colour and word of the cell. */
  readonly band: number;
  readonly isStale: boolean;
  /** Held below its mean by a key control, or by a hard cap for the whole entity. */
  readonly isCapped: boolean;
  /** Null when the move is below two points or cannot be compared. */
  readonly deltaBp: number | null;
};

export type HeatmapRow = {
  readonly entity: string;
  readonly name: string;
  readonly country: string;
  readonly classification: string;
  readonly whole: HeatmapCell;
  readonly cells: readonly HeatmapCell[];
};

export type CostlyControl = {
  readonly control: string;
  readonly title: string;
  readonly layer: string;
  readonly isKey: boolean;
  /** What full proof of this control would add to the group's mean, all entities together. */
  readonly lossBp: number;
  readonly worstEntity: string;
  readonly worstValueBp: number;
  readonly entities: number;
  readonly ref: RecordRef;
};

export type ReportingState = {
  readonly sentence: string;
  readonly controls: readonly {
    readonly control: string;
    readonly title: string;
    readonly provenBp: number;
    readonly weakestEntity: string;
    readonly weakestBp: number;
  }[];
  readonly entitiesLate: number;
};

export type DutyState = {
  readonly duty: 'approval' | 'training' | 'registration';
  readonly law: string;
  readonly met: number;
  readonly of: number;
  readonly lacking: readonly string[];
  readonly control: string;
};

export type AiSystems = {
  readonly sentence: string;
  readonly classes: readonly {
    readonly riskClass: string;
    readonly total: number;
    readonly expired: number;
    readonly expiring: number;
    readonly undated: number;
  }[];
  readonly dated: readonly {
    readonly name: string;
    readonly entity: string;
    readonly riskClass: string;
    readonly expiresOn: string;
    readonly isExpired: boolean;
    readonly ref: RecordRef;
  }[];
};

export type Suppliers = {
  readonly sentence: string;
  readonly total: number;
  readonly critical: number;
  readonly unassessed: readonly {
    readonly name: string;
    readonly entity: string;
    readonly criticality: number;
    readonly ref: RecordRef;
  }[];
};

export type OwnerBacklog = {
  readonly owner: string | null;
  readonly count: number;
  readonly oldestDueOn: string;
  readonly items: readonly {
    readonly title: string;
    readonly entity: string;
    readonly control: string;
    readonly dueOn: string;
    readonly ref: RecordRef;
  }[];
};

export type Renewal = {
  readonly title: string;
  readonly validUntil: string;
  readonly isExpired: boolean;
  readonly controls: number;
  readonly owner: string | null;
  readonly ref: RecordRef;
};

export type GapCount = { readonly kind: string; readonly label: string; readonly count: number };

export type NotApplicable = {
  readonly entity: string;
  readonly control: string;
  readonly title: string;
  readonly reason: string;
  readonly until: string | null;
  readonly ref: RecordRef;
};

export type OpenCap = {
  readonly id: string;
  readonly entity: string;
  readonly capBp: number;
  readonly label: string;
  readonly ref: RecordRef;
};

export type Confidence = {
  readonly sentences: readonly string[];
  readonly coverageBp: number;
  readonly evidenceCoverageBp: number;
  readonly independentBp: number;
  readonly notApplicableBp: number;
  readonly staleEvidence: number;
  readonly acceptedEvidence: number;
};
