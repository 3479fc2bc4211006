import { type Expression, tagged, type Variable } from '../language/expression';
import { EvaluationError } from '../values/evaluation-error';
import { EXTENSION_FUNCTIONS } from '../values/extension-functions';
import { parseValue } from '../values/json-value';
import { attribute, getTag, hasAttribute, hasTag } from './attributes';
import { arithmetic, equality, numericNegation, ordering } from './comparison';
import { type CompiledExpression, constant, type Evaluate, pure, type Scene } from './compiled-expression';
import { isIn, isOfType } from './hierarchy';
import { like } from './like';
import { conditional, conjunction, disjunction, negation } from './logic';
import { contains, containsAll, containsAny, isEmpty, recordLiteral, setLiteral } from './sets';

/** Thrown for policy JSON that is not Cedar's, or uses what a deterministic decision cannot have (`unknown`). */
export class UncompilablePolicy extends Error {
  override readonly name = 'UncompilablePolicy';
}

/**
 * Turns an expression of Cedar's JSON policy format into a closure with the same value, or the same error,
 * for every scene. Nothing of the policy is ever turned into source code.
 *
 * Throws `UncompilablePolicy`, or `InvalidInput` for a malformed literal.
 */
export function compileExpression(expression: Expression): CompiledExpression {
  const tag = tagged(expression);
  switch (tag.operator) {
    case 'Value':
      return constant(parseValue(tag.operand));
    case 'Var':
      return variable(tag.operand);
    case 'Record':
      return recordLiteral(Object.entries(tag.operand).map(([name, field]) => [name, compileExpression(field)]));
    case '&&':
    case '||': {
      const operands = chainOf(expression, tag.operator).map(compileExpression);
      return tag.operator === '&&' ? conjunction(operands) : disjunction(operands);
    }
    case '.':
      return attribute(compileExpression(tag.operand.left), tag.operand.attr);
    case 'has':
      return hasAttribute(compileExpression(tag.operand.left), [tag.operand.attr].flat());
    case 'like':
      return like(compileExpression(tag.operand.left), tag.operand.pattern);
    case 'is':
      return isOfType(
        compileExpression(tag.operand.left),
        tag.operand.entity_type,
        tag.operand.in && compileExpression(tag.operand.in),
      );
    case 'Set':
      return setLiteral(tag.operand.map(compileExpression));
    case 'if-then-else':
      return conditional(
        compileExpression(tag.operand.if),
        compileExpression(tag.operand.then),
        compileExpression(tag.operand.else),
      );
    case 'call':
      return extensionCall(tag.name, tag.operand);
    case '!':
    case 'neg':
    case 'isEmpty':
      return UNARY[tag.operator](compileExpression(tag.operand.arg));
    default:
      return BINARY[tag.operator](compileExpression(tag.operand.left), compileExpression(tag.operand.right));
  }
}

const UNARY = { '!': negation, neg: numericNegation, isEmpty };

type BinaryCompiler = (left: CompiledExpression, right: CompiledExpression) => CompiledExpression;

const BINARY = {
  '==': equality,
  '!=': (left, right) => negation(equality(left, right)),
  '<': (left, right) => ordering('<', left, right),
  '<=': (left, right) => ordering('<=', left, right),
  '>': (left, right) => ordering('>', left, right),
  '>=': (left, right) => ordering('>=', left, right),
  '+': (left, right) => arithmetic('+', left, right),
  '-': (left, right) => arithmetic('-', left, right),
  '*': (left, right) => arithmetic('*', left, right),
  in: isIn,
  contains,
  containsAll,
  containsAny,
  getTag,
  hasTag,
} satisfies Record<string, BinaryCompiler>;

function variable(name: Variable): CompiledExpression {
  if (!Object.hasOwn(VARIABLES, name)) throw new UncompilablePolicy(`there is no variable \`${name}\``);
  return { evaluate: VARIABLES[name], isBoolean: false, variable: name };
}

const VARIABLES: Readonly<Record<Variable, Evaluate>> = {
  principal: (scene) => scene.principal,
  action: (scene) => scene.action,
  resource: (scene) => scene.resource,
  context: (scene) => scene.context,
};

function extensionCall(name: string, operands: readonly Expression[]): CompiledExpression {
  const definition = EXTENSION_FUNCTIONS.get(name);
  if (!definition) throw new UncompilablePolicy(`\`${name}\` is no operator or function this engine decides with`);
  const { apply, arity, isPredicate } = definition;
  if (!Array.isArray(operands)) throw new UncompilablePolicy(`\`${name}\` needs a list of arguments`);
  const compiled = operands.map((operand: Expression) => compileExpression(operand));
  // Cedar parses such a call and has an evaluation error when it is reached.
  if (compiled.length !== arity) return pure(compiled, (scene) => failForArguments(name, arity, compiled, scene));
  const [first, second] = compiled as [CompiledExpression, CompiledExpression];
  return pure(
    compiled,
    arity === 1
      ? (scene) => apply(first.evaluate(scene), false)
      : (scene) => apply(first.evaluate(scene), second.evaluate(scene)),
    { isBoolean: isPredicate },
  );
}

function failForArguments(name: string, arity: number, operands: readonly CompiledExpression[], scene: Scene): never {
  for (const operand of operands) operand.evaluate(scene);
  throw new EvaluationError('extension', `\`${name}\` takes ${arity} argument(s), not ${operands.length}`);
}

/** The operands of a run of one associative operator, in order, so that long chains need no deep calls. */
function chainOf(expression: Expression, operator: '&&' | '||'): Expression[] {
  const operands: Expression[] = [];
  const pending = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const tag = tagged(next);
    const isLink = tag.operator === '&&' || tag.operator === '||';
    if (isLink && tag.operator === operator) pending.push(tag.operand.right, tag.operand.left);
    else operands.push(next);
  }
  return operands;
}
