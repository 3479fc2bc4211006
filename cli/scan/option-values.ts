import { InvalidArgumentError } from 'commander';
import { SEVERITIES, type Severity } from '@/lib/scanner/severity';

/** For options that may be repeated. */
export function append(value: string, values: string[]): string[] {
  return [...values, value];
}

export function parseSeverity(text: string): Severity {
  const severity = SEVERITIES.find((one) => one === text.toUpperCase());
  if (severity === undefined) throw new InvalidArgumentError(`It is one of ${SEVERITIES.join(', ')}.`);
  return severity;
}

/** A parser of whole numbers from `min` to `max`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new InvalidArgumentError(`It is a whole number from ${min} to ${max}.`);
    return value;
  };
}
