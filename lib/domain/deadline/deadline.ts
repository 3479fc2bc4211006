import { Temporal } from 'temporal-polyfill';
import type { Duration, Roll } from './duration';
import { type EpochMs, HOUR } from './instant';
import { lastInstantAllowed, type Period } from './roll';
import { epochDayOf, localTime, type WorkCalendar, workingDayAfter } from './work-calendar';

/** Named instants a period can run from, such as `aware_at`; null or absent while they have not happened. */
export type Anchors = Readonly<Record<string, EpochMs | null | undefined>>;

/** How long: a period, a date somebody else sets (an authority's request), or without undue delay. */
export type Limit =
  | { readonly kind: 'period'; readonly duration: Duration }
  | { readonly kind: 'date_set'; readonly anchor: string }
  | { readonly kind: 'without_undue_delay' };

/** The terms of a deadline, all of them data. */
export interface DeadlineTerms {
  /** Name of the instant the period runs from. */
  readonly anchor: string;
  readonly limit: Limit;
  /** An outer limit from a second instant, such as 24 hours from awareness. */
  readonly notLaterThan: { readonly anchor: string; readonly duration: Duration } | null;
  readonly roll: Roll;
  /** The house's own earlier target from the same anchor. */
  readonly internalTarget: Duration | null;
}

/** A deadline as far as the instants it depends on are known. */
export type Deadline =
  | { readonly status: 'pending'; readonly missing: readonly string[] }
  | { readonly status: 'unlimited'; readonly anchorAt: EpochMs; readonly targetAt: EpochMs | null }
  | {
      readonly status: 'running';
      readonly anchorAt: EpochMs;
      /** The strict instant, never moved by days off: what alarms go by. */
      readonly dueAt: EpochMs;
      /** The last instant the law allows, days off and the ends of days counted in; equal to `dueAt` or later. */
      readonly latestAt: EpochMs;
      /** The house's own target, never after `dueAt`; null if there is none. */
      readonly targetAt: EpochMs | null;
      /** The outer limit decided, not the period. */
      readonly isCapped: boolean;
      /** Instants that could still make it earlier once they are known. */
      readonly missing: readonly string[];
    };

/**
 * Computes a deadline on the authority's calendar. Pure: all instants are arguments.
 *
 * The outer limit is passed over when it had run out before the period began: an incident classified as major later than
 * 24 hours after awareness is due 4 hours after classification (Article 5(1)(a) of Delegated Regulation (EU) 2025/301).
 * @throws RangeError on an unknown zone or an instant out of range.
 */
export function computeDeadline(terms: DeadlineTerms, anchors: Anchors, calendar: WorkCalendar): Deadline {
  const anchorAt = anchors[terms.anchor] ?? null;
  if (anchorAt === null) return { status: 'pending', missing: [terms.anchor] };
  const target = terms.internalTarget && addDuration(anchorAt, terms.internalTarget, calendar);
  const limitAt = limitOf(terms.limit, anchorAt, anchors, calendar);
  if (limitAt === null) return { status: 'unlimited', anchorAt, targetAt: target };
  const cap = capOf(terms, anchorAt, anchors, calendar);
  const isCapped = cap.at < limitAt;
  const dueAt = isCapped ? cap.at : limitAt;
  const period = isCapped ? cap.period : periodOf(terms.limit, anchorAt);
  return {
    status: 'running',
    anchorAt,
    dueAt,
    latestAt: lastInstantAllowed(dueAt, terms.roll, period, calendar),
    targetAt: target === null ? null : Math.min(target, dueAt),
    isCapped,
    missing: cap.missing,
  };
}

/**
 * Adds a legal period to an instant on the authority's calendar. Hours are elapsed time. Days, working days and months
 * keep the local time of day; a month without that day ends on its last day. A local time the zone skips counts as the
 * time after the skip, one it repeats as the first of the two.
 * @throws RangeError on an unknown zone or a result out of range.
 */
export function addDuration(at: EpochMs, duration: Duration, calendar: WorkCalendar): EpochMs {
  if (duration.unit === 'hours') return at + duration.n * HOUR;
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(calendar.zone);
  switch (duration.unit) {
    case 'days':
      return local.add({ days: duration.n }).epochMilliseconds;
    case 'calendar_months':
      return local.add({ months: duration.n }).epochMilliseconds;
    default: {
      const day = workingDayAfter(epochDayOf(local.toPlainDate()), duration.n, calendar);
      return localTime(day, local.toPlainTime(), calendar.zone);
    }
  }
}

function limitOf(limit: Limit, anchorAt: EpochMs, anchors: Anchors, calendar: WorkCalendar): EpochMs | null {
  switch (limit.kind) {
    case 'period':
      return addDuration(anchorAt, limit.duration, calendar);
    case 'date_set':
      return anchors[limit.anchor] ?? null;
    default:
      return null;
  }
}

function periodOf(limit: Limit, from: EpochMs): Period | null {
  return limit.kind === 'period' ? { from, duration: limit.duration } : null;
}

/** The outer limit: at infinity while it is not known or does not count. */
interface Cap {
  readonly at: EpochMs;
  readonly period: Period | null;
  readonly missing: readonly string[];
}

const NO_CAP: Cap = { at: Infinity, period: null, missing: [] };

function capOf({ notLaterThan }: DeadlineTerms, anchorAt: EpochMs, anchors: Anchors, calendar: WorkCalendar): Cap {
  if (!notLaterThan) return NO_CAP;
  const from = anchors[notLaterThan.anchor] ?? null;
  if (from === null) return { ...NO_CAP, missing: [notLaterThan.anchor] };
  const { duration } = notLaterThan;
  const at = addDuration(from, duration, calendar);
  return anchorAt > at ? NO_CAP : { at, period: { from, duration }, missing: [] };
}
