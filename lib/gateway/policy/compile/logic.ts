import { asTest, type CompiledExpression, constant, predicate, type Test } from './compiled-expression';

/** Cedar's `&&`: stops at the first operand that is false, so later operands cannot fail. */
export function conjunction(operands: readonly CompiledExpression[]): CompiledExpression {
  return predicate(allOf(operands.map(asTest)));
}

/** Cedar's `||`: stops at the first operand that is true. */
export function disjunction(operands: readonly CompiledExpression[]): CompiledExpression {
  return predicate(anyOf(operands.map(asTest)));
}

export function negation(operand: CompiledExpression): CompiledExpression {
  const test = asTest(operand);
  if (typeof operand.constant === 'boolean') return constant(!operand.constant);
  return predicate((scene) => !test(scene));
}

/** Only the chosen branch is evaluated, and the branches may differ in type. */
export function conditional(
  condition: CompiledExpression,
  whenTrue: CompiledExpression,
  whenFalse: CompiledExpression,
): CompiledExpression {
  const test = asTest(condition);
  return {
    evaluate: (scene) => (test(scene) ? whenTrue.evaluate(scene) : whenFalse.evaluate(scene)),
    isBoolean: whenTrue.isBoolean && whenFalse.isBoolean,
  };
}

/** Whether all tests hold, in order; true for none. The short forms spare the loop in the most common cases. */
export function allOf(tests: readonly Test[]): Test {
  const [first, second, third] = tests;
  if (!first) return () => true;
  if (!second) return first;
  if (!third) return (scene) => first(scene) && second(scene);
  return (scene) => {
    for (const test of tests) if (!test(scene)) return false;
    return true;
  };
}

function anyOf(tests: readonly Test[]): Test {
  return (scene) => {
    for (const test of tests) if (test(scene)) return true;
    return false;
  };
}
