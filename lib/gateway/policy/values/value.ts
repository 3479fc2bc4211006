import type { Datetime } from './datetime';
import type { Decimal } from './decimal';
import type { Duration } from './duration';
import type { IpAddress } from './ip-address';
import type { Long } from './long';

/** A value of one of Cedar's extension types. */
export type ExtensionValue = IpAddress | Decimal | Datetime | Duration;

/**
 * A value with parts. `key` is unique over all composites of all kinds: equal keys mean equal values,
 * which makes equality, set membership and sets of sets one string comparison each.
 */
export type CompositeValue = EntityUid | CedarSet | CedarRecord | ExtensionValue;

export type PrimitiveValue = boolean | Long | string;

/** Any value a Cedar expression can have. */
export type Value = PrimitiveValue | CompositeValue;

/** The identity of an entity; `type` is a Cedar name such as `Fleet::Agent`, `id` any well-formed string. */
export class EntityUid {
  /** `Type::"id"` with the id as it is; unambiguous because a type name holds no quotation mark. */
  readonly key: string;

  constructor(
    readonly type: string,
    readonly id: string,
  ) {
    this.key = `${type}::"${id}"`;
  }
}

/** An immutable set of values of any mix of types; duplicates collapse by Cedar equality. */
export class CedarSet {
  readonly #primitives = new Set<PrimitiveValue>();
  #composites: Map<string, CompositeValue> | undefined;
  #key: string | undefined;

  constructor(elements: Iterable<Value>) {
    for (const element of elements) {
      if (typeof element === 'object') (this.#composites ??= new Map()).set(element.key, element);
      else this.#primitives.add(element);
    }
  }

  get size(): number {
    return this.#primitives.size + (this.#composites?.size ?? 0);
  }

  has(element: Value): boolean {
    if (typeof element === 'object') return this.#composites?.has(element.key) ?? false;
    return this.#primitives.has(element);
  }

  *[Symbol.iterator](): Generator<Value> {
    yield* this.#primitives;
    if (this.#composites) yield* this.#composites.values();
  }

  get key(): string {
    this.#key ??= `[${Array.from(this, elementKey).toSorted().join('')}]`;
    return this.#key;
  }
}

/** An immutable record; attribute names are any strings, `__proto__` included. */
export class CedarRecord {
  #key: string | undefined;

  constructor(readonly fields: ReadonlyMap<string, Value>) {}

  get key(): string {
    this.#key ??= `{${Array.from(this.fields, ([name, value]) => lengthPrefixed(name) + elementKey(value))
      .toSorted()
      .join('')}}`;
    return this.#key;
  }
}

export const EMPTY_RECORD = new CedarRecord(new Map());

/** Cedar's `==`: never an error, values of different types are simply unequal. */
export function areEqual(left: Value, right: Value): boolean {
  if (left === right) return true;
  return typeof left === 'object' && typeof right === 'object' && left.key === right.key;
}

/** Cedar's name for the type of a value, for error messages. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    case 'object':
      break;
    default:
      return 'long';
  }
  if (value instanceof EntityUid) return `entity of type ${value.type}`;
  if (value instanceof CedarSet) return 'set';
  if (value instanceof CedarRecord) return 'record';
  return value.typeName;
}

/**
 * The part an element contributes to the key of its set or record. Strings are prefixed with their length
 * instead of being escaped, so that no content can imitate structure and nesting costs no extra growth.
 */
function elementKey(element: Value): string {
  switch (typeof element) {
    case 'boolean':
      return element ? 't' : 'f';
    case 'string':
      return `s${lengthPrefixed(element)}`;
    case 'object':
      return `c${lengthPrefixed(element.key)}`;
    default:
      return `i${element};`;
  }
}

function lengthPrefixed(text: string): string {
  return `${text.length}:${text}`;
}
