import { EvaluationError } from './evaluation-error';
import { canonicalLong, fitsLong, type Long } from './long';

/**
 * Cedar's `decimal`: four fraction digits over 64 bits, −922337203685477.5808 … 922337203685477.5807.
 *
 * Source: Cedar language reference, "decimal" extension.
 */
export class Decimal {
  readonly typeName = 'decimal';

  /** @param tenThousandths the value times 10,000 */
  constructor(readonly tenThousandths: Long) {}

  get key(): string {
    return `decimal(${this.tenThousandths})`;
  }

  toString(): string {
    const scaled = BigInt(this.tenThousandths);
    const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(5, '0');
    return `${scaled < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
  }
}

/**
 * Parses `-?digits.digits` with one to four fraction digits.
 *
 * Throws `EvaluationError('extension')` for any other form and outside the range.
 */
export function parseDecimal(text: string): Decimal {
  const parts = /^(-?)([0-9]+)\.([0-9]+)$/.exec(text);
  if (!parts) throw new EvaluationError('extension', `\`${text}\` is not a well-formed decimal value`);
  const [, sign, whole = '', fraction = ''] = parts;
  if (fraction.length > 4) {
    throw new EvaluationError('extension', `too many digits after the decimal point in \`${text}\``);
  }
  const scaled = BigInt(sign + whole + fraction.padEnd(4, '0'));
  if (!fitsLong(scaled)) throw new EvaluationError('extension', `\`${text}\` is outside the range of decimal`);
  return new Decimal(canonicalLong(scaled));
}
