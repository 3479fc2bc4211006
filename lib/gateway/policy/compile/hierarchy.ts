import { CedarSet, EntityUid, type Value } from '../values/value';
import { asEntity } from './attributes';
import { type CompiledExpression, mismatch, predicate, type Scene } from './compiled-expression';

/** `left in right`: whether the entity is, or lies below, the entity or one of the set of entities. */
export function isIn(left: CompiledExpression, right: CompiledExpression): CompiledExpression {
  return predicate((scene) => {
    const entity = asEntity(left.evaluate(scene));
    return isWithin(entity, right.evaluate(scene), scene);
  });
}

/** `left is Type` and `left is Type in right`; `right` is evaluated only if the type fits. */
export function isOfType(left: CompiledExpression, type: string, right?: CompiledExpression): CompiledExpression {
  if (!right) return predicate((scene) => asEntity(left.evaluate(scene)).type === type);
  return predicate((scene) => {
    const entity = asEntity(left.evaluate(scene));
    return entity.type === type && isWithin(entity, right.evaluate(scene), scene);
  });
}

function isWithin(entity: EntityUid, target: Value, scene: Scene): boolean {
  if (target instanceof EntityUid) return reaches(entity, target, scene);
  if (!(target instanceof CedarSet)) throw mismatch('entity or set', target);
  let isFound = false;
  // Every element is looked at even after a match, because one that is no entity is an error in Cedar.
  for (const element of target) isFound = reaches(entity, asEntity(element), scene) || isFound;
  return isFound;
}

function reaches(entity: EntityUid, target: EntityUid, scene: Scene): boolean {
  return entity.key === target.key || scene.entities.ancestorsOf(entity.key).has(target.key);
}
