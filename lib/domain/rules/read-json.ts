/** Rules and templates are data. These readers refuse malformed data and name the place, instead of guessing. */
export class MalformedData extends Error {
  override readonly name = 'MalformedData';
  constructor(
    readonly path: string,
    problem: string,
  ) {
    super(`${path}: ${problem}`);
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws MalformedData unless `value` is a plain object. */
export function readObject(value: unknown, path: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MalformedData(path, 'must be an object');
  }
  return value as JsonObject;
}

/** Reads every item of an array. @throws MalformedData unless `value` is an array of at least `atLeast` items. */
export function readArray<T>(
  value: unknown,
  path: string,
  readItem: (item: unknown, path: string) => T,
  atLeast = 0,
): readonly T[] {
  if (!Array.isArray(value)) throw new MalformedData(path, 'must be a list');
  if (value.length < atLeast) throw new MalformedData(path, `must have at least ${atLeast} items`);
  return value.map((item, index) => readItem(item, `${path}[${index}]`));
}

/** @throws MalformedData unless `value` is a string with at least one visible character. */
export function readText(value: unknown, path: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw new MalformedData(path, 'must be a text');
  return value;
}

/** @throws MalformedData unless `value` is a text or null. */
export function readTextOrNull(value: unknown, path: string): string | null {
  return value === null || value === undefined ? null : readText(value, path);
}

/** @throws MalformedData unless `value` is a boolean. */
export function readBoolean(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw new MalformedData(path, 'must be true or false');
  return value;
}

/** @throws MalformedData unless `value` is one of the listed texts. */
export function readOneOf<T extends string>(value: unknown, path: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new MalformedData(path, `must be one of ${allowed.join(', ')}`);
  return found;
}
