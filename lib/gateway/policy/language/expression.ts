import { InvalidInput } from '../values/evaluation-error';
import type { EntityUidJson, JsonValue } from '../values/json-value';

/** The four variables of a request. */
export type Variable = 'principal' | 'action' | 'resource' | 'context';

export interface Unary {
  readonly arg: Expression;
}

export interface Binary {
  readonly left: Expression;
  readonly right: Expression;
}

/** A named type, because TypeScript resolves only interfaces late enough for expressions to contain themselves. */
export interface ExpressionList extends ReadonlyArray<Expression> {}

export interface ExpressionFields {
  readonly [name: string]: Expression;
}

export type PatternElement = 'Wildcard' | { readonly Literal: string };

/**
 * Every operator of Cedar's JSON policy format ("EST") with the shape of its operand.
 *
 * Source: Cedar "JSON policy format", language version 4.5, as `policyToJson` of cedar-wasm 4.13.0 writes it.
 */
export interface Operators {
  readonly Value: JsonValue;
  readonly Var: Variable;
  readonly Set: ExpressionList;
  readonly Record: ExpressionFields;
  readonly '!': Unary;
  readonly neg: Unary;
  readonly isEmpty: Unary;
  readonly '&&': Binary;
  readonly '||': Binary;
  readonly '==': Binary;
  readonly '!=': Binary;
  readonly '<': Binary;
  readonly '<=': Binary;
  readonly '>': Binary;
  readonly '>=': Binary;
  readonly '+': Binary;
  readonly '-': Binary;
  readonly '*': Binary;
  readonly in: Binary;
  readonly contains: Binary;
  readonly containsAll: Binary;
  readonly containsAny: Binary;
  readonly getTag: Binary;
  readonly hasTag: Binary;
  readonly '.': { readonly left: Expression; readonly attr: string };
  readonly has: { readonly left: Expression; readonly attr: string | readonly string[] };
  readonly like: { readonly left: Expression; readonly pattern: readonly PatternElement[] };
  readonly is: { readonly left: Expression; readonly entity_type: string; readonly in?: Expression };
  readonly 'if-then-else': { readonly if: Expression; readonly then: Expression; readonly else: Expression };
}

export type OperatorName = keyof Operators;

/** A call such as `{ "isInRange": [receiver, argument] }`; the name is none of `OperatorName`. */
export interface ExtensionCall {
  readonly [name: string]: ExpressionList;
}

export type OperatorExpression = { [Name in OperatorName]: Readonly<Record<Name, Operators[Name]>> }[OperatorName];

/** An expression: an object with exactly one key, the operator's or the extension function's name. */
export type Expression = OperatorExpression | ExtensionCall;

/** Expression tagged by its operator, so that a `switch` narrows the operand. */
export type TaggedExpression =
  | { [Name in OperatorName]: { readonly operator: Name; readonly operand: Operators[Name] } }[OperatorName]
  | { readonly operator: 'call'; readonly name: string; readonly operand: ExpressionList };

export type EntityConstraint = { readonly entity: EntityUidJson } | { readonly slot: string };

export type PrincipalOrResourceConstraint =
  | { readonly op: 'All' }
  | ({ readonly op: '==' | 'in' } & EntityConstraint)
  | { readonly op: 'is'; readonly entity_type: string; readonly in?: EntityConstraint };

export type ActionConstraint =
  | { readonly op: 'All' }
  | { readonly op: '=='; readonly entity: EntityUidJson }
  | { readonly op: 'in'; readonly entity: EntityUidJson }
  | { readonly op: 'in'; readonly entities: readonly EntityUidJson[] };

export interface Condition {
  readonly kind: 'when' | 'unless';
  readonly body: Expression;
}

/** One policy or template in Cedar's JSON policy format. */
export interface PolicyJson {
  readonly effect: 'permit' | 'forbid';
  readonly principal: PrincipalOrResourceConstraint;
  readonly action: ActionConstraint;
  readonly resource: PrincipalOrResourceConstraint;
  readonly conditions: readonly Condition[];
  readonly annotations?: { readonly [name: string]: string | null };
}

/** A template with its slots filled: behaves as a policy named `newId`. */
export interface TemplateLink {
  readonly templateId: string;
  readonly newId: string;
  readonly values: { readonly [slot: string]: EntityUidJson };
}

/** A parsed policy set: what is stored, hashed and compiled. */
export interface PolicySetJson {
  readonly policies: { readonly [policyId: string]: PolicyJson };
  readonly templates?: { readonly [templateId: string]: PolicyJson };
  readonly links?: readonly TemplateLink[];
}

/** The key of every operator; any other key of an expression is a call of an extension function. */
export const OPERATOR_NAMES: ReadonlySet<string> = new Set(
  (
    'Value Var Set Record ! neg isEmpty && || == != < <= > >= + - * ' +
    'in contains containsAll containsAny getTag hasTag . has like is if-then-else'
  ).split(' '),
);

/**
 * Names the operator of an expression; a key that is no operator is a call of an extension function.
 *
 * Throws `InvalidInput` for anything but an object with one key, so that stored policies may be given as they are.
 */
export function tagged(expression: Expression): TaggedExpression {
  const entries = typeof expression === 'object' && expression !== null ? Object.entries(expression) : [];
  const [name, operand] = entries[0] ?? ['', undefined];
  if (entries.length !== 1 || typeof operand === 'undefined' || operand === null) {
    throw new InvalidInput('an expression must be an object with one key, its operator');
  }
  const tag = OPERATOR_NAMES.has(name) ? { operator: name, operand } : { operator: 'call', name, operand };
  return tag as TaggedExpression;
}

/** The direct sub-expressions in evaluation order. */
export function operandsOf(expression: Expression): readonly Expression[] {
  const tag = tagged(expression);
  switch (tag.operator) {
    case 'Value':
    case 'Var':
      return [];
    case 'Set':
    case 'call':
      return tag.operand;
    case 'Record':
      return Object.values(tag.operand);
    case '!':
    case 'neg':
    case 'isEmpty':
      return [tag.operand.arg];
    case '.':
    case 'has':
    case 'like':
      return [tag.operand.left];
    case 'is':
      return tag.operand.in ? [tag.operand.left, tag.operand.in] : [tag.operand.left];
    case 'if-then-else':
      return [tag.operand.if, tag.operand.then, tag.operand.else];
    default:
      return [tag.operand.left, tag.operand.right];
  }
}
