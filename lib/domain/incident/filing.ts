import type { EpochMs } from '@/lib/domain/deadline/instant';
import { done, refused, type Result } from './result';

/** What an authority answered. `questions` waits for a further filing, `rejected` too. */
export type FilingOutcome = 'accepted' | 'rejected' | 'questions';

/** A report as it was sent. Nothing of it changes; the last three are completed once each. */
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
}

/** What can be added to a filing afterwards. */
export interface FilingCompletion {
  readonly acknowledgedAt?: EpochMs;
  readonly authorityReference?: string;
  readonly outcome?: FilingOutcome;
}

export type CompletionRefusal = 'already_completed' | 'nothing_to_complete' | 'acknowledged_before_filing';

/** Completes a filing. Each part can be set once; a part that is set already refuses the whole completion. */
export function completeFiling(filing: Filing, completion: FilingCompletion): Result<Filing, CompletionRefusal> {
  const { acknowledgedAt, authorityReference, outcome } = completion;
  const parts = [
    [filing.acknowledgedAt, acknowledgedAt],
    [filing.authorityReference, authorityReference],
    [filing.outcome, outcome],
  ] as const;
  if (parts.every(([, added]) => added === undefined)) return refused('nothing_to_complete');
  if (parts.some(([present, added]) => present !== null && added !== undefined)) return refused('already_completed');
  if (acknowledgedAt !== undefined && acknowledgedAt < filing.filedAt) return refused('acknowledged_before_filing');
  return done({
    ...filing,
    acknowledgedAt: acknowledgedAt ?? filing.acknowledgedAt,
    authorityReference: authorityReference ?? filing.authorityReference,
    outcome: outcome ?? filing.outcome,
  });
}

/** When the first report was sent, in whatever order the filings were recorded; null while nothing is filed. */
export function firstFiledAt(filings: readonly Filing[]): EpochMs | null {
  return filings.length === 0 ? null : Math.min(...filings.map((filing) => filing.filedAt));
}

/** Whether the authority's last word was a question or a rejection that no later filing has answered. */
export function awaitsAnswer(filings: readonly Filing[]): boolean {
  const outcome = filings.at(-1)?.outcome ?? null;
  return outcome === 'questions' || outcome === 'rejected';
}
