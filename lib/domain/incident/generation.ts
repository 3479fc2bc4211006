import type { Deadline } from '@/lib/domain/deadline/deadline';
import type { EpochMs } from '@/lib/domain/deadline/instant';
import type { WorkCalendar } from '@/lib/domain/deadline/work-calendar';
import type { Facts } from '@/lib/domain/rules/condition';
import type { AuthorityRequest, IncidentInstants, RegimeAwareness } from './anchors';
import type { Obligation } from './obligation';
import type { ObligationTemplate } from './template';

/** Everything the obligations of one incident follow from. */
export interface GenerationInput {
  readonly incident: string;
  readonly facts: Facts;
  readonly instants: IncidentInstants;
  readonly awareness?: RegimeAwareness;
  readonly requests: readonly AuthorityRequest[];
  /** Countries to report to, per regime; missing or empty means undetermined, which suppresses nothing. */
  readonly jurisdictions: Readonly<Record<string, readonly string[] | undefined>>;
  readonly templates: readonly ObligationTemplate[];
  /** Those of the incident; beside them those of other incidents that carry what was merged, which are left as they are. */
  readonly existing: readonly Obligation[];
  readonly isDrill: boolean;
  /** The calendar of a country's authorities; null for Union bodies and undetermined recipients. */
  readonly calendarOf: (jurisdiction: string | null) => WorkCalendar;
  readonly now: EpochMs;
}

/** A deadline that moved, for the audit trail and the timers. */
export interface DeadlineChange {
  readonly obligation: string;
  readonly before: Deadline;
  readonly after: Deadline;
  readonly because: 'anchor_changed' | 'stricter_rule' | 'assumption_settled' | 'roll_exemption_changed';
}

/** What a run of the generator leads to. */
export interface Generation {
  /** All obligations: every existing one, changed or not, then the new ones. */
  readonly obligations: readonly Obligation[];
  readonly created: readonly string[];
  readonly moved: readonly DeadlineChange[];
  /** Decided as not required, although the rules now say for certain that they are. */
  readonly toReconsider: readonly string[];
  /** Proposals to merge: what a newer obligation takes the place of. A person decides. */
  readonly toSupersede: readonly { readonly obligation: string; readonly replacement: string }[];
  /** Ids of requests for which no rule makes a duty: a person must answer them or correct what was recorded. */
  readonly unmatchedRequests: readonly string[];
}
