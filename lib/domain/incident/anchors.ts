import type { Anchors } from '@/lib/domain/deadline/deadline';
import type { EpochMs } from '@/lib/domain/deadline/instant';
import type { Filing } from './filing';
import type { Obligation } from './obligation';

/** Instants of an incident a clock can run from. They are kept apart: detection is not awareness. */
export type IncidentInstant =
  | 'aware_at'
  | 'high_risk_at'
  | 'processor_aware_at'
  | 'classified_major_at'
  | 'fix_available_at'
  | 'handled_at'
  | 'impact_ended_at'
  | 'threat_known_at';

export const INCIDENT_INSTANTS: readonly IncidentInstant[] = [
  'aware_at',
  'high_risk_at',
  'processor_aware_at',
  'classified_major_at',
  'fix_available_at',
  'handled_at',
  'impact_ended_at',
  'threat_known_at',
];

export type IncidentInstants = Readonly<Partial<Record<IncidentInstant, EpochMs | null>>>;

/**
 * When the entity became aware of what one regime asks about, where that was not `aware_at`: a breach of personal data
 * may be known days before the incident proves significant, and its 72 hours run from then. By regime id.
 */
export type RegimeAwareness = Readonly<Record<string, EpochMs | null | undefined>>;

/** The instants of the incident as one regime counts them. */
export function instantsFor(
  regime: string,
  { instants, awareness = {} }: { readonly instants: IncidentInstants; readonly awareness?: RegimeAwareness },
): IncidentInstants {
  const awareAt = awareness[regime] ?? null;
  return awareAt === null ? instants : { ...instants, aware_at: awareAt };
}

/** A request of an authority, which starts an obligation of its own. */
export interface AuthorityRequest {
  readonly id: string;
  readonly regime: string;
  readonly stage: string;
  readonly recipient: string;
  readonly jurisdiction: string | null;
  readonly requestedAt: EpochMs;
  /** The date the request sets, null if it sets none. */
  readonly dueAt: EpochMs | null;
}

/** Anchor names of a request. */
export const REQUESTED_AT = 'request_at';
export const REQUEST_DUE_AT = 'request_due_at';

/** Anchor name for the first or latest filing of another stage of the same regime and recipient. */
export function filedAnchor(which: 'first' | 'latest', stage: string): string {
  return `filed.${which}:${stage}`;
}

/**
 * All instants an obligation's clock can run from: those of the incident, of its request, and of the filings of the
 * other stages with the same recipient. The month of a final report runs from the first notification that was sent;
 * a later correction does not restart it. A stage that was merged away counts as filed once its carrier is, and a carrier
 * also has the clocks of what was merged into it.
 */
export function anchorsFor(
  obligation: Pick<Obligation, 'key' | 'incident' | 'regime' | 'recipient' | 'request'>,
  instants: IncidentInstants,
  requests: readonly AuthorityRequest[],
  obligations: readonly Obligation[],
): Anchors {
  const anchors: Record<string, EpochMs | null | undefined> = { ...instants };
  const request = requests.find((each) => each.id === obligation.request);
  if (request) {
    anchors[REQUESTED_AT] = request.requestedAt;
    anchors[REQUEST_DUE_AT] = request.dueAt;
  }
  const duties = [obligation, ...carriedBy(obligation, obligations)];
  const isOfDuty = ({ incident, regime, recipient }: Obligation) =>
    duties.some((each) => each.incident === incident && each.regime === regime && each.recipient === recipient);
  for (const other of obligations.filter(isOfDuty)) {
    const filedAt = filingsFor(other, obligations).map((filing) => filing.filedAt);
    if (filedAt.length === 0) continue;
    const first = filedAnchor('first', other.stage);
    const latest = filedAnchor('latest', other.stage);
    anchors[first] = Math.min(...filedAt, anchors[first] ?? Infinity);
    anchors[latest] = Math.max(...filedAt, anchors[latest] ?? -Infinity);
  }
  return anchors;
}

/** Everything merged into an obligation, directly or by way of others. */
function carriedBy({ key }: Pick<Obligation, 'key'>, all: readonly Obligation[]): readonly Obligation[] {
  const rest = all.filter((each) => each.key !== key);
  return rest.flatMap((each) => (each.supersededBy === key ? [each, ...carriedBy(each, rest)] : []));
}

/** What was sent for an obligation: its own reports, and those of what it was merged into, be it of another incident. */
function filingsFor(obligation: Obligation, all: readonly Obligation[]): readonly Filing[] {
  if (obligation.supersededBy === null) return obligation.filings;
  // Without the one just left, so that not even a circle in stored data has no end.
  const rest = all.filter((each) => each.key !== obligation.key);
  const carrier = rest.find((each) => each.key === obligation.supersededBy);
  return carrier ? [...obligation.filings, ...filingsFor(carrier, rest)] : obligation.filings;
}
