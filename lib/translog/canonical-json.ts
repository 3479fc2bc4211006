/** A value that JSON can hold. Properties that are `undefined` are left out, as `JSON.stringify` does. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue | undefined };

/** Thrown for a value that has no canonical form. */
export class CanonicalJsonError extends Error {
  override readonly name = 'CanonicalJsonError';
}

/** Deeper values are refused, so that no input can exhaust the stack. */
const MAX_DEPTH = 256;

/**
 * The one text of a JSON value: no white space, properties by the UTF-16 code units of their names, numbers and strings
 * as ECMAScript writes them.
 *
 * @throws CanonicalJsonError for NaN and infinities, lone surrogates, anything that is not JSON (`undefined` in an array,
 * bigint, functions, dates and other class instances) and values more than 256 levels deep.
 * @see RFC 8785
 */
export function canonicalJson(value: JsonValue): string {
  return write(value, 0);
}

/**
 * Reads bytes that must be canonical JSON.
 *
 * @throws CanonicalJsonError when they are not UTF-8 or not JSON, or another text would be the canonical one: white
 * space, unsorted or repeated names, other spellings of a number or string.
 */
export function parseCanonicalJson(bytes: Uint8Array): JsonValue {
  const text = decodeUtf8(bytes);
  const value = parse(text);
  if (canonicalJson(value) !== text) throw new CanonicalJsonError('This JSON is not in its canonical form');
  return value;
}

function write(value: unknown, depth: number): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return writeString(value);
    case 'number':
      return writeNumber(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (depth >= MAX_DEPTH) throw new CanonicalJsonError(`JSON deeper than ${MAX_DEPTH} levels`);
      return Array.isArray(value) ? writeArray(value, depth + 1) : writeObject(value, depth + 1);
    default:
      throw new CanonicalJsonError(`JSON cannot hold a value of type ${typeof value}`);
  }
}

function writeArray(items: readonly unknown[], depth: number): string {
  let text = '[';
  // By index: iterating methods would skip the holes of a sparse array instead of refusing them.
  for (let i = 0; i < items.length; i++) text += `${i > 0 ? ',' : ''}${write(items[i], depth)}`;
  return `${text}]`;
}

function writeObject(object: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new CanonicalJsonError('JSON cannot hold instances of a class');
  }
  let text = '';
  // The default sort compares UTF-16 code units, which is what RFC 8785 §3.2.3 asks for.
  for (const name of Object.keys(object).toSorted()) {
    const value: unknown = Reflect.get(object, name);
    if (value !== undefined) text += `${text === '' ? '' : ','}${writeString(name)}:${write(value, depth)}`;
  }
  return `{${text}}`;
}

function writeString(text: string): string {
  // JSON.stringify would write a lone surrogate as an escape; RFC 8785 §3.2.2.2 wants an error.
  if (/\p{Surrogate}/u.test(text)) throw new CanonicalJsonError('JSON cannot hold a lone surrogate');
  return JSON.stringify(text);
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new CanonicalJsonError('JSON cannot hold NaN or an infinity');
  // ECMAScript's own formatting is the one RFC 8785 §3.2.2.3 refers to; it writes −0 as 0.
  return String(value);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CanonicalJsonError('JSON is UTF-8');
  }
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw new CanonicalJsonError('This is not JSON');
  }
}
