import type { CedarType, ExtensionTypeName, RecordCedarType } from '../language/schema-view';
import { type JsonRecord, type JsonValue, parseValue } from '../values/json-value';
import { canonicalLong, fitsLong, type Long, MAX_LONG, MIN_LONG } from '../values/long';
import type { Literals } from './literals';
import type { Random } from './random';

/** What values are drawn from. */
export interface ValueSource {
  readonly random: Random;
  readonly literals: Literals;
  /** Identities to refer to, by type; unlisted types get an entity nobody knows. */
  readonly entityIds: ReadonlyMap<string, readonly string[]>;
}

const STRINGS = ['', 'a', 'b', 'prod', 'mail', '*', 'naïve', '😀', '__proto__', 'true', '1'];
const IPS = [
  '10.0.0.1',
  '10.1.0.0/16',
  '192.168.1.1',
  '127.0.0.1',
  '224.0.0.1',
  '::1',
  '2001:db8::1',
  'ff02::1',
  '0.0.0.0/0',
  '::/0',
];
const DECIMALS = ['0.0', '-0.0', '1.5', '-1.5', '3.1416', '922337203685477.5807', '-922337203685477.5808', '12.3400'];
const DATETIMES = [
  '1970-01-01',
  '2024-02-29',
  '1969-12-31T23:59:59.999Z',
  '2026-07-01T12:00:00+0200',
  '0000-01-01',
  '9999-12-31T23:59:59Z',
];
const DURATIONS = [
  '0ms',
  '1h',
  '-1d',
  '23h59m59s999ms',
  '1d',
  '90m',
  '9223372036854775807ms',
  '-9223372036854775808ms',
];

/** The constructor of each extension type, with texts it accepts. */
export const CONSTRUCTORS = {
  ipaddr: { fn: 'ip', texts: IPS },
  decimal: { fn: 'decimal', texts: DECIMALS },
  datetime: { fn: 'datetime', texts: DATETIMES },
  duration: { fn: 'duration', texts: DURATIONS },
} as const;

/** A value of the type, often one that a literal of the policies is compared with, or just beside it. */
export function generateValue(type: CedarType, source: ValueSource): JsonValue {
  const { random, literals } = source;
  switch (type.kind) {
    case 'bool':
      return random.chance(0.5);
    case 'long':
      return generateLong(source);
    case 'string':
      return random.pick(random.chance(0.6) && literals.strings.length > 0 ? literals.strings : STRINGS);
    case 'set':
      return Array.from({ length: random.below(4) }, () => generateValue(type.element, source));
    case 'record':
      return generateRecord(type, source);
    case 'entity':
      return { __entity: generateUid(type.name, source) };
    default:
      return { __extn: { fn: CONSTRUCTORS[type.kind].fn, arg: generateExtensionText(type.kind, source) } };
  }
}

/** All required and about two thirds of the optional attributes. */
export function generateRecord(type: RecordCedarType, source: ValueSource): JsonRecord {
  const attributes = [...type.attributes].filter(([, { isRequired }]) => isRequired || source.random.chance(0.65));
  return Object.fromEntries(attributes.map(([name, attribute]) => [name, generateValue(attribute.type, source)]));
}

/** An entity of the type: mostly a known one. */
export function generateUid(type: string, { random, entityIds }: ValueSource): { type: string; id: string } {
  const ids = entityIds.get(type) ?? [];
  return { type, id: ids.length > 0 && random.chance(0.95) ? random.pick(ids) : 'nobody' };
}

/** A text the constructor of the extension type accepts. */
export function generateExtensionText(type: ExtensionTypeName, { random, literals }: ValueSource): string {
  const { fn, texts } = CONSTRUCTORS[type];
  const used = (literals.constructorTexts.get(fn) ?? []).filter((text) => isAccepted(fn, text));
  return random.pick(used.length > 0 && random.chance(0.5) ? used : texts);
}

function isAccepted(constructor: string, text: string): boolean {
  try {
    parseValue({ __extn: { fn: constructor, arg: text } });
    return true;
  } catch {
    return false;
  }
}

function generateLong({ random, literals }: ValueSource): Long {
  if (random.chance(0.03)) return random.pick([MIN_LONG, MAX_LONG, MIN_LONG + 1n, 2n ** 53n + 1n]);
  if (literals.longs.length === 0 || random.chance(0.3)) return random.below(24) - 4;
  const near = BigInt(random.pick(literals.longs)) + BigInt(random.below(3) - 1);
  return fitsLong(near) ? canonicalLong(near) : 0;
}
