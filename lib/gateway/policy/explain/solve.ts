import type { Scene } from '../compile/compiled-expression';
import { type Expression, type ExpressionList, tagged } from '../language/expression';
import { Datetime, toDate, toTime } from '../values/datetime';
import { Duration, MILLISECONDS } from '../values/duration';
import { EvaluationError } from '../values/evaluation-error';
import { EXTENSION_FUNCTIONS } from '../values/extension-functions';
import { addLongs, isLong, type Long, multiplyLongs, negateLong, subtractLongs } from '../values/long';
import { areEqual, type Value } from '../values/value';
import { type ChangeSet, changeSet } from './change';
import { locate, valueOf } from './inspect';

/**
 * Ways to give an expression a value by changing one input: the input itself, or one inside arithmetic and date
 * calculations with the rest left as it is. Only proposals – whoever uses them tries them out.
 *
 * @param isExample whether the target stands for others that would do as well
 */
export function solve(expression: Expression, target: Value, scene: Scene, isExample = false): ChangeSet[] {
  const present = valueOf(expression, scene);
  if (present !== undefined && areEqual(present, target)) return [];
  const location = locate(expression, scene);
  if (location) return [changeSet({ kind: 'value', location, value: target, isExample })];
  return operandTargets(expression, target, scene).flatMap(([operand, value]) => {
    const operandTarget = attempt(value);
    return operandTarget === undefined ? [] : solve(operand, operandTarget, scene, isExample);
  });
}

type OperandTarget = readonly [operand: Expression, target: () => Value | undefined];

/** For each operand that could change, the value it would need. */
function operandTargets(expression: Expression, target: Value, scene: Scene): OperandTarget[] {
  const tag = tagged(expression);
  switch (tag.operator) {
    case 'if-then-else': {
      const { if: condition, then, else: otherwise } = tag.operand;
      return [[valueOf(condition, scene) === false ? otherwise : then, () => target]];
    }
    case 'neg':
      return isLong(target) ? [[tag.operand.arg, () => negateLong(target)]] : [];
    case '+':
    case '-':
    case '*': {
      const { left, right } = tag.operand;
      const [leftValue, rightValue] = [valueOf(left, scene), valueOf(right, scene)];
      return isLong(target) ? arithmeticTargets(tag.operator, [left, leftValue], [right, rightValue], target) : [];
    }
    case 'call':
      return callTargets(tag.name, tag.operand, target, scene);
    default:
      return [];
  }
}

type Operand = readonly [expression: Expression, value: Value | undefined];

function arithmeticTargets(
  operator: '+' | '-' | '*',
  [left, leftValue]: Operand,
  [right, rightValue]: Operand,
  target: Long,
): OperandTarget[] {
  return INVERSES[operator].flatMap((inverse): OperandTarget[] => [
    [left, () => (isLong(rightValue) ? inverse.left(target, rightValue) : undefined)],
    [right, () => (isLong(leftValue) ? inverse.right(target, leftValue) : undefined)],
  ]);
}

type Inverse = (target: Long, other: Long) => Long | undefined;

/** What the left or right operand must be for the result to be `target`, the other being as it is. */
const INVERSES: Readonly<Record<'+' | '-' | '*', readonly { readonly left: Inverse; readonly right: Inverse }[]>> = {
  '+': [{ left: subtractLongs, right: subtractLongs }],
  '-': [{ left: addLongs, right: (target, other) => subtractLongs(other, target) }],
  // An inequality is met by one of the whole numbers around the exact quotient.
  '*': [
    { left: quotientBelow, right: quotientBelow },
    { left: quotientAbove, right: quotientAbove },
  ],
};

function quotientBelow(target: Long, factor: Long): Long | undefined {
  if (factor === 0) return undefined;
  return Number.isSafeInteger(Number(target)) ? Math.floor(Number(target) / Number(factor)) + 0 : undefined;
}

function quotientAbove(target: Long, factor: Long): Long | undefined {
  const below = quotientBelow(target, factor);
  return below === undefined || multiplyLongs(below, factor) === target ? undefined : addLongs(below, 1);
}

const UNITS: Readonly<Record<string, number>> = {
  toMilliseconds: 1,
  toSeconds: MILLISECONDS.second,
  toMinutes: MILLISECONDS.minute,
  toHours: MILLISECONDS.hour,
  toDays: MILLISECONDS.day,
};

function callTargets(name: string, operands: ExpressionList, target: Value, scene: Scene): OperandTarget[] {
  const [first, second] = operands as readonly [Expression, Expression];
  if (operands.length !== EXTENSION_FUNCTIONS.get(name)?.arity) return [];
  const unit = UNITS[name];
  if (unit !== undefined) {
    return [[first, () => (isLong(target) ? new Duration(multiplyLongs(target, unit)) : undefined)]];
  }
  if (name === 'toDate' && target instanceof Datetime) {
    // No date has a time of day; an inequality is met by that before or that after.
    return [
      [first, () => target],
      [first, () => (toTime(target).milliseconds === 0 ? undefined : moved(toDate(target), MILLISECONDS.day))],
    ];
  }
  if (name === 'offset' && target instanceof Datetime) {
    const [start, distance] = [valueOf(first, scene), valueOf(second, scene)];
    return [
      [first, () => (distance instanceof Duration ? moved(target, negateLong(distance.milliseconds)) : undefined)],
      [second, () => (start instanceof Datetime ? distanceBetween(target, start) : undefined)],
    ];
  }
  if (name === 'durationSince' && target instanceof Duration) {
    const [later, earlier] = [valueOf(first, scene), valueOf(second, scene)];
    return [
      [first, () => (earlier instanceof Datetime ? moved(earlier, target.milliseconds) : undefined)],
      [second, () => (later instanceof Datetime ? moved(later, negateLong(target.milliseconds)) : undefined)],
    ];
  }
  return [];
}

function moved(instant: Datetime, milliseconds: Long): Datetime {
  return new Datetime(addLongs(instant.epochMilliseconds, milliseconds));
}

function distanceBetween(later: Datetime, earlier: Datetime): Duration {
  return new Duration(subtractLongs(later.epochMilliseconds, earlier.epochMilliseconds));
}

/** A target beyond 64 bits cannot be reached this way. */
function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}
