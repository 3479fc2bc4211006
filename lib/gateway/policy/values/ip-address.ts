import { EvaluationError } from './evaluation-error';

/**
 * Cedar's `ipaddr`: an IPv4 or IPv6 address, or a range in CIDR form.
 *
 * Equality compares address and prefix as written (`10.0.0.1/8` is not `10.0.0.0/8`); `isInRange` compares the
 * sets of addresses meant. Source: Cedar language reference, "ipaddr" extension.
 */
export class IpAddress {
  readonly typeName = 'ipaddr';

  /**
   * @param version 4 or 6
   * @param address the address as an unsigned integer of 32 or 128 bits
   * @param prefixLength 0–32 or 0–128; the full width for a single address
   */
  constructor(
    readonly version: 4 | 6,
    readonly address: bigint,
    readonly prefixLength: number,
  ) {}

  get key(): string {
    return `ip(${this.version},${this.address},${this.prefixLength})`;
  }

  get width(): 32 | 128 {
    return this.version === 4 ? 32 : 128;
  }

  /** The address in text, with its prefix unless it is a single address; `parseIpAddress` reads it back. */
  toString(): string {
    const groupBits = this.version === 4 ? 8n : 16n;
    const groups = Array.from({ length: this.width / Number(groupBits) }, (_, group) => {
      const shift = BigInt(this.width) - groupBits * BigInt(group + 1);
      return ((this.address >> shift) & ((1n << groupBits) - 1n)).toString(this.version === 4 ? 10 : 16);
    });
    const text = groups.join(this.version === 4 ? '.' : ':');
    return this.prefixLength === this.width ? text : `${text}/${this.prefixLength}`;
  }
}

/**
 * Parses `1.2.3.4`, `2001:db8::1` and either with `/prefix`.
 *
 * No leading zeros in octets or prefix, no IPv4 inside IPv6, no zone. Throws `EvaluationError('extension')`.
 */
export function parseIpAddress(text: string): IpAddress {
  const slash = text.indexOf('/');
  const addressText = slash < 0 ? text : text.slice(0, slash);
  const version = addressText.includes(':') ? 6 : 4;
  const address = version === 4 ? parseIpv4(addressText) : parseIpv6(addressText);
  const width = version === 4 ? 32 : 128;
  const prefixLength = slash < 0 ? width : parsePrefix(text.slice(slash + 1), width);
  if (address === undefined || prefixLength === undefined) {
    throw new EvaluationError('extension', `\`${text}\` is not a valid IP address`);
  }
  return new IpAddress(version, address, prefixLength);
}

/** Whether every address of `inner` is one of `outer`; always false between IPv4 and IPv6. */
export function isInRange(inner: IpAddress, outer: IpAddress): boolean {
  if (inner.version !== outer.version || inner.prefixLength < outer.prefixLength) return false;
  const hostBits = BigInt(outer.width - outer.prefixLength);
  return inner.address >> hostBits === outer.address >> hostBits;
}

/** Whether all addresses are loopback: inside 127.0.0.0/8, or exactly ::1. */
export function isLoopback(ip: IpAddress): boolean {
  return isInRange(ip, ip.version === 4 ? IPV4_LOOPBACK : IPV6_LOOPBACK);
}

/** Whether all addresses are multicast: inside 224.0.0.0/4 or ff00::/8. */
export function isMulticast(ip: IpAddress): boolean {
  return isInRange(ip, ip.version === 4 ? IPV4_MULTICAST : IPV6_MULTICAST);
}

const IPV4_LOOPBACK = new IpAddress(4, 127n << 24n, 8);
const IPV6_LOOPBACK = new IpAddress(6, 1n, 128);
const IPV4_MULTICAST = new IpAddress(4, 224n << 24n, 4);
const IPV6_MULTICAST = new IpAddress(6, 0xffn << 120n, 8);

function parsePrefix(text: string, width: number): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,2})$/.test(text)) return undefined;
  const prefixLength = Number(text);
  return prefixLength <= width ? prefixLength : undefined;
}

function parseIpv4(text: string): bigint | undefined {
  const octets = IPV4.exec(text);
  if (!octets) return undefined;
  let address = 0;
  for (let position = 1; position <= 4; position++) {
    const octet = Number(octets[position]);
    if (octet > 255) return undefined;
    address = address * 256 + octet;
  }
  return BigInt(address);
}

const IPV4 = (() => {
  const octet = '(0|[1-9][0-9]{0,2})';
  return new RegExp(`^${[octet, octet, octet, octet].join(String.raw`\.`)}$`);
})();

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  const isWholeWidth = halves.length === 1 ? missing === 0 : halves.length === 2 && missing >= 1;
  if (!isWholeWidth || ![...head, ...tail].every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  return joinGroups(
    groups.map((group) => Number.parseInt(group, 16)),
    16n,
  );
}

function joinGroups(groups: readonly number[], bits: bigint): bigint {
  return groups.reduce((address, group) => (address << bits) | BigInt(group), 0n);
}
