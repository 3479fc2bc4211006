import { EvaluationError } from './evaluation-error';
import { canonicalLong, fitsLong, type Long } from './long';

/** Milliseconds in each unit a duration can be asked for. */
export const MILLISECONDS = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/**
 * Cedar's `duration`: a signed 64-bit number of milliseconds.
 *
 * Source: Cedar language reference, "datetime and duration" (RFC 80).
 */
export class Duration {
  readonly typeName = 'duration';

  constructor(readonly milliseconds: Long) {}

  get key(): string {
    return `duration(${this.milliseconds})`;
  }

  toString(): string {
    return `${this.milliseconds}ms`;
  }
}

const PATTERN = /^(-?)(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?$/;
const UNITS = [MILLISECONDS.day, MILLISECONDS.hour, MILLISECONDS.minute, MILLISECONDS.second, 1];

/**
 * Parses for example `-1d2h30m5s250ms`: at least one unit, each at most once, largest first, one leading sign.
 *
 * Throws `EvaluationError('extension')` for any other form and outside 64 bits.
 */
export function parseDuration(text: string): Duration {
  const parts = PATTERN.exec(text);
  const amounts = parts?.slice(2);
  if (!amounts?.some((amount) => amount !== undefined)) {
    throw new EvaluationError('extension', `\`${text}\` is not a well-formed duration`);
  }
  const size = amounts.reduce((sum, amount, unit) => sum + BigInt(amount ?? 0) * BigInt(UNITS[unit]!), 0n);
  const milliseconds = parts![1] === '-' ? -size : size;
  if (!fitsLong(milliseconds)) {
    throw new EvaluationError('extension', `\`${text}\` is outside the range of duration`);
  }
  return new Duration(canonicalLong(milliseconds));
}
