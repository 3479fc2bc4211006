import { addDuration } from '@/lib/domain/deadline/deadline';
import { type EpochMs, localDate } from '@/lib/domain/deadline/instant';
import type { WorkCalendar } from '@/lib/domain/deadline/work-calendar';
import type { AtLeast, Facts } from '@/lib/domain/rules/condition';
import { add, decimalOf, numberOf } from '@/lib/domain/rules/decimal';

/** An incident as the check for recurrence sees it; all of one list share the same apparent root cause. */
export interface LinkedIncident {
  readonly id: string;
  readonly occurredAt: EpochMs;
  /** Direct loss in EUR, a lower bound while it can still grow, null while nobody has estimated it. */
  readonly directLossEur: number | AtLeast | null;
  /** Only incidents that are not significant alone are added up (Article 4). */
  readonly isSignificantAlone: boolean;
}

const WINDOW = { n: 6, unit: 'calendar_months' } as const;

/**
 * The facts of Article 4 of Regulation (EU) 2024/2690 for one incident: how many incidents with its root cause happened
 * in the six months up to it, itself included, and what they cost together. A loss nobody has estimated makes the sum a
 * lower bound, so a sum that already passes the limit counts and a smaller one stays open.
 * @throws RangeError if the incident is not in the list or a loss is not a finite number.
 */
export function recurrenceFacts(id: string, linked: readonly LinkedIncident[], calendar: WorkCalendar): Facts {
  const incident = incidentOf(id, linked);
  const counted = linked.filter((each) => !each.isSignificantAlone && isWithinWindow(each, incident, calendar));
  // In binary fractions losses of exactly the limit can add up to more than it.
  const sum = numberOf(counted.map(({ directLossEur: loss }) => decimalOf(leastOf(loss))).reduce(add, decimalOf(0)));
  const isFinal = counted.every((each) => typeof each.directLossEur === 'number');
  return {
    similar_incidents_6_months: counted.length,
    same_apparent_root_cause: true,
    cumulative_direct_financial_loss_eur: isFinal ? sum : { atLeast: sum },
  };
}

/**
 * Incidents whose check must run again after one was linked or its loss changed: itself and those of the six months
 * after it, oldest first. @throws RangeError if the incident is not in the list.
 */
export function recheckAfter(id: string, linked: readonly LinkedIncident[], calendar: WorkCalendar): readonly string[] {
  const changed = incidentOf(id, linked);
  return linked
    .filter((each) => isWithinWindow(changed, each, calendar))
    .toSorted((left, right) => left.occurredAt - right.occurredAt)
    .map((each) => each.id);
}

/** A period in months ends with the last hour of its last day (Article 3(2)(c) of Regulation 1182/71). */
function isWithinWindow(earlier: LinkedIncident, later: LinkedIncident, calendar: WorkCalendar): boolean {
  if (earlier.occurredAt > later.occurredAt) return false;
  const { zone } = calendar;
  return localDate(later.occurredAt, zone) <= localDate(addDuration(earlier.occurredAt, WINDOW, calendar), zone);
}

function incidentOf(id: string, linked: readonly LinkedIncident[]): LinkedIncident {
  const found = linked.find((each) => each.id === id);
  if (!found) throw new RangeError(`incident ${id} is not in the list`);
  return found;
}

function leastOf(loss: LinkedIncident['directLossEur']): number {
  if (loss === null) return 0;
  return typeof loss === 'number' ? loss : loss.atLeast;
}
