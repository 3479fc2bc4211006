import type { EntityStore } from '../entity-store';
import type { Variable } from '../language/expression';
import type { Request } from '../request';
import { EvaluationError } from '../values/evaluation-error';
import { typeName, type Value } from '../values/value';

/** All that an expression can look at. */
export interface Scene extends Request {
  readonly entities: EntityStore;
}

/** Computes a value; throws `EvaluationError` where Cedar has an evaluation error. */
export type Evaluate = (scene: Scene) => Value;

/** An expression that is known to yield a boolean. */
export type Test = (scene: Scene) => boolean;

/** An expression turned into a closure, with what is known about it before any request. */
export interface CompiledExpression {
  readonly evaluate: Evaluate;
  /** The value, if it depends on nothing. */
  readonly constant?: Value;
  /** Whether every value is a boolean, so that conditions need not check it. */
  readonly isBoolean: boolean;
  /** Set when the expression is just this variable, which attribute access reads directly. */
  readonly variable?: Variable;
}

export function constant(value: Value): CompiledExpression {
  return { evaluate: () => value, constant: value, isBoolean: typeof value === 'boolean' };
}

/** An operation that always yields a boolean and may look at the scene. */
export function predicate(evaluate: Test): CompiledExpression {
  return { evaluate, isBoolean: true };
}

/**
 * An operation on nothing but its operands: computed now if they are all constant. If that fails it is left to
 * fail on evaluation, because Cedar reports an error only for the requests that reach it.
 */
export function pure(
  operands: readonly CompiledExpression[],
  evaluate: Evaluate,
  { isBoolean = false } = {},
): CompiledExpression {
  if (operands.every((operand) => operand.constant !== undefined)) {
    try {
      return constant(evaluate(NO_SCENE));
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
    }
  }
  return { evaluate, isBoolean };
}

/** The expression as a test; one that is not boolean fails with Cedar's type error when evaluated. */
export function asTest({ evaluate, isBoolean }: CompiledExpression): Test {
  if (isBoolean) return evaluate as Test;
  return (scene) => {
    const value = evaluate(scene);
    if (typeof value === 'boolean') return value;
    throw mismatch('bool', value);
  };
}

export function mismatch(expected: string, actual: Value): EvaluationError {
  return new EvaluationError('type', `type error: expected ${expected}, got ${typeName(actual)}`);
}

/** Closures over constants never touch the scene, so there is none to give them. */
const NO_SCENE = Object.freeze({}) as Scene;
