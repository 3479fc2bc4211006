import { EvaluationError } from '../values/evaluation-error';
import { CedarRecord, EntityUid, type Value } from '../values/value';
import { type CompiledExpression, type Evaluate, mismatch, predicate, type Scene } from './compiled-expression';

/** `left.name`: a record's field, or an attribute of an entity that must be known. */
export function attribute(left: CompiledExpression, name: string): CompiledExpression {
  return {
    evaluate: left.variable === 'context' ? contextField(name) : readAttribute(left.evaluate, name),
    isBoolean: false,
  };
}

/** `left has a.b.c`: whether each step is there; an unknown entity has no attributes. */
export function hasAttribute(left: CompiledExpression, path: readonly string[]): CompiledExpression {
  return predicate((scene) => {
    let value = left.evaluate(scene);
    for (const name of path) {
      const next = attributesOf(value, scene)?.fields.get(name);
      if (next === undefined) return false;
      value = next;
    }
    return true;
  });
}

/** `left.hasTag(name)`: false for an unknown entity. */
export function hasTag(left: CompiledExpression, name: CompiledExpression): CompiledExpression {
  return predicate((scene) => {
    const uid = asEntity(left.evaluate(scene));
    const tag = asString(name.evaluate(scene));
    return scene.entities.get(uid.key)?.tags.fields.has(tag) ?? false;
  });
}

/** `left.getTag(name)`: the entity and the tag must exist. */
export function getTag(left: CompiledExpression, name: CompiledExpression): CompiledExpression {
  return {
    isBoolean: false,
    evaluate: (scene) => {
      const uid = asEntity(left.evaluate(scene));
      const tag = asString(name.evaluate(scene));
      const entity = scene.entities.get(uid.key);
      if (!entity) throw missingEntity(uid);
      const value = entity.tags.fields.get(tag);
      if (value !== undefined) return value;
      throw new EvaluationError('missing-tag', `\`${uid.key}\` does not have the tag \`${tag}\``);
    },
  };
}

export function asEntity(value: Value): EntityUid {
  if (value instanceof EntityUid) return value;
  throw mismatch('entity', value);
}

function contextField(name: string): Evaluate {
  return ({ context }) => context.fields.get(name) ?? fail(context, name);
}

function readAttribute(evaluate: Evaluate, name: string): Evaluate {
  return (scene) => {
    const owner = evaluate(scene);
    return attributesOf(owner, scene)?.fields.get(name) ?? fail(owner, name, scene);
  };
}

function attributesOf(owner: Value, scene: Scene): CedarRecord | undefined {
  if (owner instanceof CedarRecord) return owner;
  if (owner instanceof EntityUid) return scene.entities.get(owner.key)?.attributes;
  throw mismatch('record or entity', owner);
}

function fail(owner: Value, name: string, scene?: Scene): never {
  if (!(owner instanceof EntityUid)) {
    throw new EvaluationError('missing-attribute', `record does not have the attribute \`${name}\``);
  }
  if (!scene?.entities.get(owner.key)) throw missingEntity(owner);
  throw new EvaluationError('missing-attribute', `\`${owner.key}\` does not have the attribute \`${name}\``);
}

function missingEntity(uid: EntityUid): EvaluationError {
  return new EvaluationError('missing-entity', `entity \`${uid.key}\` does not exist`);
}

function asString(value: Value): string {
  if (typeof value === 'string') return value;
  throw mismatch('string', value);
}
