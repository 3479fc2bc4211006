import { compileExpression } from '../compile/compile-expression';
import type { CompiledExpression, Scene } from '../compile/compiled-expression';
import { type Expression, operandsOf, tagged } from '../language/expression';
import { formatExpression } from '../language/format-expression';
import { EvaluationError } from '../values/evaluation-error';
import { CedarRecord, EntityUid, type Value } from '../values/value';
import type { Location } from './change';

/** Inputs that were looked at, by their text in the policy; `undefined` for one that was not there. */
export type InputReads = Map<string, Value | undefined>;

/** The value of any part of a policy in a scene, or `undefined` where it has an evaluation error. */
export function valueOf(expression: Expression, scene: Scene): Value | undefined {
  let compiled = COMPILED.get(expression);
  if (!compiled) {
    compiled = compileExpression(expression);
    COMPILED.set(expression, compiled);
  }
  try {
    return compiled.evaluate(scene);
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}

/** Parts of policies live as long as their policy, and so may what was compiled from them. */
const COMPILED = new WeakMap<Expression, CompiledExpression>();

/** Where the input an expression reads is kept in this scene; `undefined` if it is no single input. */
export function locate(expression: Expression, scene: Scene): Location | undefined {
  const tag = tagged(expression);
  if (tag.operator === 'getTag') {
    const entity = valueOf(tag.operand.left, scene);
    const name = valueOf(tag.operand.right, scene);
    if (!(entity instanceof EntityUid) || typeof name !== 'string') return undefined;
    return { holder: { entity, part: 'tags' }, path: [name] };
  }
  return tag.operator === '.' ? locateAttribute(tag.operand.left, tag.operand.attr, scene) : undefined;
}

/** Where `owner.attr` is or would be kept. */
export function locateAttribute(owner: Expression, attr: string, scene: Scene): Location | undefined {
  if ('Var' in owner && owner.Var === 'context') return { holder: 'context', path: [attr] };
  const value = valueOf(owner, scene);
  if (value instanceof EntityUid) return { holder: { entity: value, part: 'attributes' }, path: [attr] };
  const outer = value === undefined || value instanceof CedarRecord ? locate(owner, scene) : undefined;
  return outer && { ...outer, path: [...outer.path, attr] };
}

/**
 * Notes the inputs an evaluation looks at, following its order: operands that are skipped are not noted, nor is
 * anything after an error. Returns whether the evaluation came to a value.
 */
export function readInputs(expression: Expression, scene: Scene, reads: InputReads): boolean {
  const read = (operand: Expression) => readInputs(operand, scene, reads);
  const tag = tagged(expression);
  switch (tag.operator) {
    case '&&':
    case '||': {
      const { left, right } = tag.operand;
      const isDecided = () => valueOf(left, scene) === (tag.operator === '||');
      return read(left) && (isDecided() || read(right));
    }
    case 'if-then-else': {
      const { if: condition, then, else: otherwise } = tag.operand;
      return read(condition) && read(valueOf(condition, scene) === true ? then : otherwise);
    }
    case '.':
    case 'has': {
      // Steps on the way only lead to the input noted here; what the path starts from is read for itself.
      const start = startOf(tag.operand.left);
      if (!('Var' in start) && !read(start)) return false;
      break;
    }
    default: {
      const isNoted = NOTED_OPERATORS.has(tag.operator);
      const operands = operandsOf(expression).filter((operand) => !(isNoted && 'Var' in operand));
      if (!operands.every(read)) return false;
      if (!isNoted) return valueOf(expression, scene) !== undefined;
    }
  }
  const value = valueOf(expression, scene);
  reads.set(formatExpression(expression), value);
  return value !== undefined;
}

/** Operators that look at the scene themselves, beyond the values of their operands. */
const NOTED_OPERATORS: ReadonlySet<string> = new Set(['Var', 'getTag', 'hasTag', 'in', 'is']);

function startOf(path: Expression): Expression {
  const tag = tagged(path);
  return tag.operator === '.' ? startOf(tag.operand.left) : path;
}
