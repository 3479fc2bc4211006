import type { EpochMs } from '@/lib/domain/deadline/instant';
import { done, refused, type Result } from './result';

/** What an authority answered. `questions` waits for a further filing, `rejected` too. */
export type FilingOutcome = 'accepted' | 'rejected' | 'questions';

/** A report as it was sent. Nothing of it changes; what the authority answers is completed once each. */
export interface Filing {
  readonly id: string;
  readonly filedAt: EpochMs;
  readonly filedBy: string;
  /** Early and incomplete is allowed (Article 23(4)); a later filing completes it. */
  readonly isComplete: boolean;
  /** SHA-256 of the package that was sent. */
  readonly contentDigest: string;
  /** Why it was late; required when filed after the last instant the law allows. */
  readonly lateReason: string | null;
  readonly acknowledgedAt: EpochMs | null;
  readonly authorityReference: string | null;
  readonly outcome: FilingOutcome | null;
  /** When the outcome reached the entity; null exactly while there is none. */
  readonly outcomeAt: EpochMs | null;
}

/** What can be added to a filing afterwards. */
export interface FilingCompletion {
  readonly acknowledgedAt?: EpochMs;
  readonly authorityReference?: string;
  readonly outcome?: FilingOutcome;
  /** When the outcome came, if that was before it was recorded. Counts only with an outcome. */
  readonly outcomeAt?: EpochMs;
}

export type CompletionRefusal =
  | 'already_completed'
  | 'nothing_to_complete'
  | 'acknowledged_before_filing'
  | 'outcome_before_filing'
  | 'outcome_in_the_future';

/**
 * Completes a filing at `now`. Each part can be set once; a part that is set already refuses the whole completion. An
 * outcome without an instant of its own came when it was recorded.
 */
export function completeFiling(
  filing: Filing,
  completion: FilingCompletion,
  now: EpochMs,
): Result<Filing, CompletionRefusal> {
  const { acknowledgedAt, authorityReference, outcome, outcomeAt = now } = completion;
  const parts = [
    [filing.acknowledgedAt, acknowledgedAt],
    [filing.authorityReference, authorityReference],
    [filing.outcome, outcome],
  ] as const;
  if (parts.every(([, added]) => added === undefined)) return refused('nothing_to_complete');
  if (parts.some(([present, added]) => present !== null && added !== undefined)) return refused('already_completed');
  if (acknowledgedAt !== undefined && acknowledgedAt < filing.filedAt) return refused('acknowledged_before_filing');
  if (outcome !== undefined && outcomeAt < filing.filedAt) return refused('outcome_before_filing');
  if (outcome !== undefined && outcomeAt > now) return refused('outcome_in_the_future');
  return done({
    ...filing,
    acknowledgedAt: acknowledgedAt ?? filing.acknowledgedAt,
    authorityReference: authorityReference ?? filing.authorityReference,
    ...(outcome === undefined ? {} : { outcome, outcomeAt }),
  });
}

/** When the first report was sent, in whatever order the filings were recorded; null while nothing is filed. */
export function firstFiledAt(filings: readonly Filing[]): EpochMs | null {
  return filings.length === 0 ? null : Math.min(...filings.map((filing) => filing.filedAt));
}

/**
 * Whether only incomplete reports were sent. That keeps the deadline, but the duty stays: an incomplete first report is
 * followed by a complete one (Article 73(5) of Regulation (EU) 2024/1689 says so expressly).
 */
export function awaitsCompletion(filings: readonly Filing[]): boolean {
  return filings.length > 0 && !filings.some((filing) => filing.isComplete);
}

/**
 * Whether a question or a rejection stands, on whichever filing: until one is sent after it came. One sent before, also
 * if it is the later of two, cannot have answered it.
 */
export function awaitsAnswer(filings: readonly Filing[]): boolean {
  return filings.some(
    ({ outcome, outcomeAt }) =>
      (outcome === 'questions' || outcome === 'rejected') &&
      !filings.some((answer) => outcomeAt !== null && answer.filedAt > outcomeAt),
  );
}
