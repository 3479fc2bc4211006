import { addMonths } from '../score/calendar';
import type { NotApplicableInput } from '../score/input';

/** Months after which "not applicable" must be said again (scoring.json, `not_applicable`). */
const VALID_MONTHS = 12;
const SHORTEST_REASON = 20;

/** One person's statement that a control does not apply, and a second person's approval of it. */
export interface NotApplicableClaim {
  readonly reason: string;
  readonly proposedBy: string;
  readonly approvedBy: string | null;
  /** Day of the approval, or of the proposal while it is not approved. */
  readonly sinceDay: number;
}

/** Why a claim is refused, as the last part of a message key (`applicability.refused.…`). */
export type NotApplicableRefusal = 'key-control' | 'reason-too-short' | 'needs-second-person';

/**
 * What stands against proposing or approving "not applicable": a key control can never be set so except by the
 * facts of the entity, the reason must be written (Article 2(2) of Regulation (EU) 2024/2690 asks for documented
 * reasoning), and the approver must be another person than the proposer.
 */
export function refusalsOf(claim: NotApplicableClaim, isKeyControl: boolean): NotApplicableRefusal[] {
  const refusals: NotApplicableRefusal[] = [];
  if (isKeyControl) refusals.push('key-control');
  if (claim.reason.trim().length < SHORTEST_REASON) refusals.push('reason-too-short');
  if (claim.approvedBy === claim.proposedBy) refusals.push('needs-second-person');
  return refusals;
}

/** The last day on which a claim approved on `approvedDay` holds. */
export function lastDayOf(approvedDay: number): number {
  return addMonths(approvedDay, VALID_MONTHS);
}

/** Where a claim stands: `proposed` waits for the second person, `lapsed` must be said again. */
export function stateOf(claim: NotApplicableClaim, day: number): 'proposed' | 'approved' | 'lapsed' {
  if (!isApproved(claim)) return 'proposed';
  return day > lastDayOf(claim.sinceDay) ? 'lapsed' : 'approved';
}

/** A claim as the score reads it. */
export function toScoreInput(claim: NotApplicableClaim | null): NotApplicableInput | null {
  return claim === null ? null : { approved: isApproved(claim), untilDay: lastDayOf(claim.sinceDay) };
}

function isApproved({ approvedBy, proposedBy }: NotApplicableClaim): boolean {
  return approvedBy !== null && approvedBy !== proposedBy;
}
