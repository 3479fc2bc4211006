import { Datetime, durationSince, offsetDatetime, parseDatetime, toDate, toTime } from './datetime';
import { Decimal, parseDecimal } from './decimal';
import { Duration, MILLISECONDS, parseDuration } from './duration';
import { EvaluationError } from './evaluation-error';
import { IpAddress, isInRange, isLoopback, isMulticast, parseIpAddress } from './ip-address';
import { truncateQuotient } from './long';
import { typeName, type Value } from './value';

/** A function or method of Cedar's extension types; a method's receiver is its first argument. */
export interface ExtensionFunction {
  /** Number of arguments. */
  readonly arity: 1 | 2;
  /** Whether every result is a boolean, so that a condition need not check it again. */
  readonly isPredicate: boolean;
  /** Throws `EvaluationError` for arguments of the wrong type or value; ignores a second argument if unary. */
  readonly apply: (first: Value, second: Value) => Value;
}

/**
 * Every extension function by the name it has in Cedar's JSON policy format.
 *
 * Source: Cedar language reference 4.5, "Operators and functions". The partial-evaluation function `unknown`
 * is left out on purpose: an undetermined value cannot be part of a deterministic decision.
 */
export const EXTENSION_FUNCTIONS: ReadonlyMap<string, ExtensionFunction> = new Map(
  Object.entries({
    ip: unary(asString, parseIpAddress),
    isIpv4: predicate(asIpAddress, (ip) => ip.version === 4),
    isIpv6: predicate(asIpAddress, (ip) => ip.version === 6),
    isLoopback: predicate(asIpAddress, isLoopback),
    isMulticast: predicate(asIpAddress, isMulticast),
    isInRange: binaryPredicate(asIpAddress, isInRange),

    decimal: unary(asString, parseDecimal),
    lessThan: binaryPredicate(asDecimal, (left, right) => left.tenThousandths < right.tenThousandths),
    lessThanOrEqual: binaryPredicate(asDecimal, (left, right) => left.tenThousandths <= right.tenThousandths),
    greaterThan: binaryPredicate(asDecimal, (left, right) => left.tenThousandths > right.tenThousandths),
    greaterThanOrEqual: binaryPredicate(asDecimal, (left, right) => left.tenThousandths >= right.tenThousandths),

    datetime: unary(asString, parseDatetime),
    offset: binary(asDatetime, asDuration, offsetDatetime),
    durationSince: binary(asDatetime, asDatetime, durationSince),
    toDate: unary(asDatetime, toDate),
    toTime: unary(asDatetime, toTime),

    duration: unary(asString, parseDuration),
    toMilliseconds: unary(asDuration, (duration) => duration.milliseconds),
    toSeconds: unary(asDuration, (duration) => truncateQuotient(duration.milliseconds, MILLISECONDS.second)),
    toMinutes: unary(asDuration, (duration) => truncateQuotient(duration.milliseconds, MILLISECONDS.minute)),
    toHours: unary(asDuration, (duration) => truncateQuotient(duration.milliseconds, MILLISECONDS.hour)),
    toDays: unary(asDuration, (duration) => truncateQuotient(duration.milliseconds, MILLISECONDS.day)),
  }),
);

type Cast<T> = (value: Value) => T;

function unary<A>(cast: Cast<A>, compute: (argument: A) => Value): ExtensionFunction {
  return { arity: 1, isPredicate: false, apply: (argument) => compute(cast(argument)) };
}

function binary<A, B>(castLeft: Cast<A>, castRight: Cast<B>, compute: (left: A, right: B) => Value): ExtensionFunction {
  return { arity: 2, isPredicate: false, apply: (left, right) => compute(castLeft(left), castRight(right)) };
}

function predicate<A>(cast: Cast<A>, test: (argument: A) => boolean): ExtensionFunction {
  return { ...unary(cast, test), isPredicate: true };
}

function binaryPredicate<A>(cast: Cast<A>, test: (left: A, right: A) => boolean): ExtensionFunction {
  return { ...binary(cast, cast, test), isPredicate: true };
}

function asString(value: Value): string {
  if (typeof value === 'string') return value;
  throw mismatch('string', value);
}

function asIpAddress(value: Value): IpAddress {
  if (value instanceof IpAddress) return value;
  throw mismatch('ipaddr', value);
}

function asDecimal(value: Value): Decimal {
  if (value instanceof Decimal) return value;
  throw mismatch('decimal', value);
}

function asDatetime(value: Value): Datetime {
  if (value instanceof Datetime) return value;
  throw mismatch('datetime', value);
}

function asDuration(value: Value): Duration {
  if (value instanceof Duration) return value;
  throw mismatch('duration', value);
}

function mismatch(expected: string, actual: Value): EvaluationError {
  return new EvaluationError('type', `type error: expected ${expected}, got ${typeName(actual)}`);
}
