import { compilePattern } from '../compile/like';
import type { PatternElement } from '../language/expression';
import { Datetime } from '../values/datetime';
import { Decimal } from '../values/decimal';
import { Duration } from '../values/duration';
import { EvaluationError } from '../values/evaluation-error';
import { IpAddress, isInRange } from '../values/ip-address';
import { addLongs, isLong } from '../values/long';
import { CedarSet, EntityUid, type Value } from '../values/value';

/** The next value up (+1) or down (−1) in its own unit: 1, 1 ms or 0.0001; `undefined` beyond the end. */
export function shift(value: Value, steps: -1 | 0 | 1): Value | undefined {
  try {
    if (isLong(value)) return addLongs(value, steps);
    if (value instanceof Datetime) return new Datetime(addLongs(value.epochMilliseconds, steps));
    if (value instanceof Duration) return new Duration(addLongs(value.milliseconds, steps));
    if (value instanceof Decimal) return new Decimal(addLongs(value.tenThousandths, steps));
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
  }
  return undefined;
}

/** Other values of the same type, the nearest on each side where there is an order. */
export function somethingElse(value: Value): Value[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'string') return [`${value}-other`];
  if (value instanceof EntityUid) return [new EntityUid(value.type, `${value.id}-other`)];
  if (value instanceof CedarSet) return value.size > 0 ? [new CedarSet([])] : [];
  const others = value instanceof IpAddress ? [justOutside(value)] : [shift(value, 1), shift(value, -1)];
  return others.filter((other) => other !== undefined);
}

/** The address just above the range, or below it where there is none above; `undefined` for a whole family. */
export function justOutside(range: IpAddress): IpAddress | undefined {
  const hostBits = BigInt(range.width - range.prefixLength);
  const network = range.address >> hostBits;
  const candidates = [(network + 1n) << hostBits, (network << hostBits) - 1n];
  const inFamily = candidates.filter((address) => address >= 0n && address < 1n << BigInt(range.width));
  return inFamily
    .map((address) => new IpAddress(range.version, address, range.width))
    .find((address) => !isInRange(address, range));
}

/** The shortest text that matches a pattern. */
export function shortestMatch(pattern: readonly PatternElement[]): string {
  return pattern.map((element) => (element === 'Wildcard' ? '' : element.Literal)).join('');
}

/** A text that does not match a pattern; `undefined` for one that everything matches. */
export function anyMismatch(pattern: readonly PatternElement[]): string | undefined {
  const matches = compilePattern(pattern);
  return ['', 'other'].find((text) => !matches(text));
}

/** An address for which the test of its name holds, and one for which it does not. */
export const IP_EXAMPLES: Readonly<Record<string, { readonly true: IpAddress; readonly false: IpAddress }>> = (() => {
  const ipv4 = new IpAddress(4, 0xc0000201n, 32);
  const ipv6 = new IpAddress(6, 0x20010db8n << 96n, 128);
  const loopback = new IpAddress(4, 0x7f000001n, 32);
  const multicast = new IpAddress(4, 0xe0000001n, 32);
  return {
    isIpv4: { true: ipv4, false: ipv6 },
    isIpv6: { true: ipv6, false: ipv4 },
    isLoopback: { true: loopback, false: ipv4 },
    isMulticast: { true: multicast, false: ipv4 },
  };
})();
