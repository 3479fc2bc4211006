import { Datetime } from '../values/datetime';
import { Duration } from '../values/duration';
import { EvaluationError } from '../values/evaluation-error';
import { addLongs, isLong, type Long, multiplyLongs, negateLong, subtractLongs } from '../values/long';
import { areEqual, type Value } from '../values/value';
import { type CompiledExpression, mismatch, pure } from './compiled-expression';

/** Cedar's `==`; comparing with a constant that is no composite is a single identity test. */
export function equality(left: CompiledExpression, right: CompiledExpression): CompiledExpression {
  const { constant } = right;
  if (constant === undefined || typeof constant === 'object' || left.constant !== undefined) {
    return pure([left, right], (scene) => areEqual(left.evaluate(scene), right.evaluate(scene)), { isBoolean: true });
  }
  return { evaluate: (scene) => left.evaluate(scene) === constant, isBoolean: true };
}

/** `<`, `<=`, `>` and `>=` on two longs, two datetimes or two durations; anything else is a type error. */
export function ordering(
  operator: '<' | '<=' | '>' | '>=',
  left: CompiledExpression,
  right: CompiledExpression,
): CompiledExpression {
  const holds = RELATIONS[operator];
  return pure(
    [left, right],
    (scene) => {
      const leftValue = left.evaluate(scene);
      const rightValue = right.evaluate(scene);
      if (typeof leftValue === 'number' && typeof rightValue === 'number') return holds(leftValue, rightValue);
      return holds(magnitude(leftValue), magnitude(rightValue, leftValue));
    },
    { isBoolean: true },
  );
}

/** `+`, `-` and `*` on longs with Cedar's overflow errors. */
export function arithmetic(
  operator: '+' | '-' | '*',
  left: CompiledExpression,
  right: CompiledExpression,
): CompiledExpression {
  const compute = ARITHMETIC[operator];
  return pure([left, right], (scene) => compute(asLong(left.evaluate(scene)), asLong(right.evaluate(scene))));
}

export function numericNegation(operand: CompiledExpression): CompiledExpression {
  return pure([operand], (scene) => negateLong(asLong(operand.evaluate(scene))));
}

const RELATIONS = {
  '<': (left: Long, right: Long) => left < right,
  '<=': (left: Long, right: Long) => left <= right,
  '>': (left: Long, right: Long) => left > right,
  '>=': (left: Long, right: Long) => left >= right,
};

const ARITHMETIC = { '+': addLongs, '-': subtractLongs, '*': multiplyLongs };

/** The number behind an ordered value; `peer` is the other side, which must be of the same type. */
function magnitude(value: Value, peer: Value = value): Long {
  if (isLong(value) && isLong(peer)) return value;
  if (value instanceof Datetime && peer instanceof Datetime) return value.epochMilliseconds;
  if (value instanceof Duration && peer instanceof Duration) return value.milliseconds;
  if (value === peer) throw mismatch('long, datetime or duration', value);
  throw new EvaluationError('type', 'type error: only values of the same type can be ordered');
}

function asLong(value: Value): Long {
  if (isLong(value)) return value;
  throw mismatch('long', value);
}
