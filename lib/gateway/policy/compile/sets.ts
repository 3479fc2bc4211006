import { CedarRecord, CedarSet, type Value } from '../values/value';
import { type CompiledExpression, mismatch, pure } from './compiled-expression';

export function setLiteral(elements: readonly CompiledExpression[]): CompiledExpression {
  return pure(elements, (scene) => new CedarSet(elements.map((element) => element.evaluate(scene))));
}

export function recordLiteral(fields: readonly (readonly [string, CompiledExpression])[]): CompiledExpression {
  return pure(
    fields.map(([, field]) => field),
    (scene) => new CedarRecord(new Map(fields.map(([name, field]) => [name, field.evaluate(scene)]))),
  );
}

export function contains(set: CompiledExpression, element: CompiledExpression): CompiledExpression {
  return setPredicate(set, element, (container, value) => container.has(value));
}

export function containsAll(set: CompiledExpression, subset: CompiledExpression): CompiledExpression {
  return setPredicate(set, subset, (container, value) => isSubset(asSet(value), container));
}

export function containsAny(set: CompiledExpression, other: CompiledExpression): CompiledExpression {
  return setPredicate(set, other, (container, value) => intersects(asSet(value), container));
}

export function isEmpty(set: CompiledExpression): CompiledExpression {
  return pure([set], (scene) => asSet(set.evaluate(scene)).size === 0, { isBoolean: true });
}

function setPredicate(
  set: CompiledExpression,
  argument: CompiledExpression,
  test: (container: CedarSet, value: Value) => boolean,
): CompiledExpression {
  return pure([set, argument], (scene) => test(asSet(set.evaluate(scene)), argument.evaluate(scene)), {
    isBoolean: true,
  });
}

function isSubset(inner: CedarSet, outer: CedarSet): boolean {
  if (inner.size > outer.size) return false;
  for (const element of inner) if (!outer.has(element)) return false;
  return true;
}

function intersects(left: CedarSet, right: CedarSet): boolean {
  for (const element of left) if (right.has(element)) return true;
  return false;
}

function asSet(value: Value): CedarSet {
  if (value instanceof CedarSet) return value;
  throw mismatch('set', value);
}
