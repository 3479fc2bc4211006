import { Datetime } from './datetime';
import { Decimal } from './decimal';
import { Duration } from './duration';
import { EvaluationError, InvalidInput } from './evaluation-error';
import { EXTENSION_FUNCTIONS } from './extension-functions';
import { canonicalLong, fitsLong, type Long } from './long';
import { CedarRecord, CedarSet, EntityUid, type Value } from './value';

/** An entity identity in Cedar's JSON formats, plain or escaped. */
export type EntityUidJson = TypeAndId | { readonly __entity: TypeAndId };

export interface TypeAndId {
  readonly type: string;
  readonly id: string;
}

/** A value in Cedar's JSON format; longs beyond ±(2⁵³−1) are given as `bigint`. */
export type JsonValue =
  | boolean
  | Long
  | string
  | readonly JsonValue[]
  | { readonly __entity: TypeAndId }
  | { readonly __extn: ExtensionCallJson }
  | JsonRecord;

export interface JsonRecord {
  readonly [attribute: string]: JsonValue | undefined;
}

export interface ExtensionCallJson {
  readonly fn: string;
  readonly arg?: JsonValue;
  readonly args?: readonly JsonValue[];
}

/** Nesting Cedar itself still accepts in a context (its JSON reader stops at 128 levels in all). */
const MAX_DEPTH = 120;

/** Words that Cedar takes neither as an attribute after a dot nor in the name of a type. */
export const RESERVED_WORDS: readonly string[] = [
  'true',
  'false',
  'if',
  'then',
  'else',
  'in',
  'is',
  'like',
  'has',
  '__cedar',
];

/**
 * Reads a value in Cedar's JSON format; `undefined` attributes count as absent, as `JSON.stringify` has it.
 *
 * Stricter than Cedar on purpose: an unsafe `number` is refused because its digits are already lost, and a
 * record holding `__entity`, `__extn` or `__expr` must be that escape and nothing else, because a malformed
 * escape would silently become a record. Throws `InvalidInput`.
 */
export function parseValue(json: unknown, depth = 0): Value {
  switch (typeof json) {
    case 'boolean':
      return json;
    case 'number':
    case 'bigint':
      return parseLong(json);
    case 'string':
      return parseText(json);
    case 'object':
      if (depth > MAX_DEPTH) throw new InvalidInput(`value is nested more than ${MAX_DEPTH} levels deep`);
      if (json === null) throw new InvalidInput('`null` is not a Cedar value');
      if (Array.isArray(json)) return new CedarSet(json.map((element) => parseValue(element, depth + 1)));
      return parseEscape(json, depth) ?? parseRecord(json, depth);
    default:
      throw new InvalidInput(`${typeof json} is not a Cedar value`);
  }
}

/** Reads a JSON object as a record, taking every key literally (no escape at this level); throws `InvalidInput`. */
export function parseRecord(json: unknown, depth = 0): CedarRecord {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new InvalidInput('a record must be a JSON object');
  }
  const fields = new Map<string, Value>();
  for (const name of Object.keys(json)) {
    const value = (json as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined) fields.set(parseText(name), parseValue(value, depth + 1));
  }
  return new CedarRecord(fields);
}

/** Reads `{ type, id }` or `{ __entity: { type, id } }`; throws `InvalidInput` for anything else. */
export function parseEntityUid(json: unknown): EntityUid {
  const plain = isObject(json) && isObject(json.__entity) ? json.__entity : json;
  if (!isObject(plain) || typeof plain.type !== 'string' || typeof plain.id !== 'string') {
    throw new InvalidInput('an entity needs a `type` and an `id`, both strings');
  }
  if (!isEntityTypeName(plain.type)) throw new InvalidInput(`\`${plain.type}\` is not an entity type name`);
  return new EntityUid(plain.type, parseText(plain.id));
}

/** Writes a value back in the format `parseValue` reads, with entities and extension values escaped. */
export function toJson(value: Value): JsonValue {
  if (typeof value !== 'object') return value;
  if (value instanceof EntityUid) return { __entity: { type: value.type, id: value.id } };
  if (value instanceof CedarSet) return Array.from(value, toJson);
  if (value instanceof CedarRecord) {
    return Object.fromEntries(Array.from(value.fields, ([name, field]) => [name, toJson(field)]));
  }
  if (value instanceof Decimal) return { __extn: { fn: 'decimal', arg: value.toString() } };
  if (value instanceof Duration) return { __extn: { fn: 'duration', arg: value.toString() } };
  if (value instanceof Datetime) return datetimeToJson(value);
  return { __extn: { fn: 'ip', arg: value.toString() } };
}

/** Instants outside the years 0000–9999 have no text form of their own; they become an offset from 1970. */
function datetimeToJson(instant: Datetime): JsonValue {
  const milliseconds = instant.epochMilliseconds;
  if (milliseconds >= YEAR_0000 && milliseconds < YEAR_10000) {
    return { __extn: { fn: 'datetime', arg: new Date(Number(milliseconds)).toISOString() } };
  }
  const epoch = { __extn: { fn: 'datetime', arg: '1970-01-01' } };
  const distance = { __extn: { fn: 'duration', arg: `${milliseconds}ms` } };
  return { __extn: { fn: 'offset', args: [epoch, distance] } };
}

const YEAR_0000 = -62_167_219_200_000;
const YEAR_10000 = 253_402_300_800_000;

function parseLong(json: Long): Long {
  if (typeof json === 'bigint') {
    if (fitsLong(json)) return canonicalLong(json);
    throw new InvalidInput(`${json} does not fit in 64 bits`);
  }
  if (Number.isSafeInteger(json)) return json + 0;
  throw new InvalidInput(`${json} is not an exact integer; give integers beyond 2^53 as bigint`);
}

/** Lone surrogates have no UTF-8 form: Cedar cannot hold them, and an attacker could hide behind them. */
function parseText(text: string): string {
  if (LONE_SURROGATE.test(text)) throw new InvalidInput('a string contains a lone surrogate');
  return text;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function isEntityTypeName(name: string): boolean {
  return ENTITY_TYPE_NAME.test(name);
}

/** Identifiers joined by colons, none of them a reserved word. */
const ENTITY_TYPE_NAME = (() => {
  const identifier = `(?!(?:${RESERVED_WORDS.join('|')})(?:::|$))[A-Za-z_]\\w*`;
  return new RegExp(`^${identifier}(?:::${identifier})*$`);
})();

function parseEscape(json: object, depth: number): Value | undefined {
  if (Object.hasOwn(json, '__expr')) throw new InvalidInput('the `__expr` escape is no longer supported');
  const isEntity = Object.hasOwn(json, '__entity');
  if (!isEntity && !Object.hasOwn(json, '__extn')) return undefined;
  if (Object.keys(json).length !== 1) throw new InvalidInput('an escape must be the only key of its object');
  return isEntity ? parseEntityUid(json) : parseExtensionCall((json as { __extn: unknown }).__extn, depth);
}

function parseExtensionCall(json: unknown, depth: number): Value {
  if (!isObject(json) || typeof json.fn !== 'string') throw new InvalidInput('`__extn` needs `fn` and `arg`');
  const definition = EXTENSION_FUNCTIONS.get(json.fn);
  if (!definition) throw new InvalidInput(`extension function \`${json.fn}\` does not exist`);
  const parts = Array.isArray(json.args) ? json.args : [json.arg];
  if (parts.length !== definition.arity) throw new InvalidInput(`\`${json.fn}\` takes ${definition.arity} argument(s)`);
  const [first = false, second = false] = parts.map((part) => parseValue(part, depth + 1));
  try {
    return definition.apply(first, second);
  } catch (error) {
    throw error instanceof EvaluationError ? new InvalidInput(error.message) : error;
  }
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null;
}
