/** What the board page shows; scores are 0–100 with one decimal. */
export interface OverviewData {
  /** The group or the entity the page is about. */
  subject: string;
  /** `YYYY-MM` of a frozen month, or null for today. */
  month: string | null;
  method: string;
  proven: number;
  claimed: number;
  open: number;
  /** 0–5. */
  level: number;
  /** What keeps the number down; null when nothing stands out or nothing is assessed. */
  heldBackBy: { kind: 'layer' | 'cap' | 'entity'; id: string; name: string } | null;
  /** Share of weighted questions answered, 0–1. */
  coverage: number;
  layers: readonly OverviewLayer[];
  trend: readonly OverviewMonth[];
  decisions: readonly OverviewDecision[];
  clocks: readonly OverviewClock[];
  changes: readonly OverviewChange[];
}

export interface OverviewLayer {
  id: string;
  name: string;
  /** Null where nothing has been assessed. */
  proven: number | null;
  claimed: number | null;
  open: number | null;
  /** The weakest key control (or entity) of the layer. */
  floor: number | null;
  maturity: number | null;
}

export interface OverviewMonth {
  /** `YYYY-MM`. */
  month: string;
  method: string;
  proven: number | null;
  claimed: number | null;
}

export interface OverviewDecision {
  id: string;
  title: string;
  /** What can be decided, in a few words. */
  detail?: string;
  /** `YYYY-MM-DD`. */
  dueOn: string | null;
  href: string;
}

export interface OverviewClock {
  id: string;
  title: string;
  /** ISO 8601 instant. */
  dueAt: string;
  href: string;
}

export interface OverviewChange {
  id: string;
  label: string;
  /** Points since the month before, signed. */
  delta: number;
  reason: string;
  href?: string;
}
