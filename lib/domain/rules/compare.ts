import type { AtLeast, Comparison, Facts, FactValue, Operand, Operator } from './condition';
import { compareDecimals, type Decimal, decimalOf, multiply, numberOf } from './decimal';
import type { Truth } from './truth';

/** One comparison of a rule with the numbers that were used. */
export interface Reason {
  readonly fact: string;
  readonly op: Operator;
  /** The fact's value, null while unknown. */
  readonly actual: FactValue | null;
  /** The value can still grow: `actual` is the least it can be. */
  readonly actualIsLowerBound: boolean;
  /** What it was compared with, null while no part of it is known. */
  readonly limit: FactValue | readonly string[] | null;
  /** The limit is the lowest of what is known; the real one may be lower still. */
  readonly limitIsUpperBound: boolean;
  /** Facts the limit was computed from. */
  readonly limitFacts: readonly string[];
  /** Facts that are needed and not known. */
  readonly missing: readonly string[];
  /** The comparison stands under a `not`, so the rule wants the opposite of `truth`. */
  readonly negated: boolean;
  readonly truth: Truth;
}

/** A limit that is not known at all, known exactly, or known to be at most this much. */
type Limit =
  | { readonly known: 'nothing' }
  | { readonly known: 'exactly'; readonly value: FactValue | readonly string[] | Decimal }
  | { readonly known: 'at most'; readonly value: Decimal };

const UNKNOWN: Limit = { known: 'nothing' };

/**
 * Compares a fact with its limit, three-valued: without the fact, or without enough of the limit, the truth is unknown.
 * @throws TypeError if the fact's type does not fit the limit. @throws RangeError if a number is not finite.
 */
export function compare(comparison: Comparison, facts: Facts, negated: boolean): Reason {
  const { fact, op } = comparison;
  const given = factOf(fact, facts);
  const limit = limitOf(comparison.value, facts);
  const limitFacts = factsOf(comparison.value);
  const truth = given === null ? 'unknown' : truthOf(given, op, limit, fact);
  const missing = [fact, ...limitFacts].filter((id) => isOpen(factOf(id, facts)));
  return {
    fact,
    op,
    actual: isAtLeast(given) ? given.atLeast : given,
    actualIsLowerBound: isAtLeast(given),
    limit: shown(limit),
    limitIsUpperBound: limit.known === 'at most',
    limitFacts,
    missing: truth === 'unknown' ? [...new Set(missing)] : [],
    negated,
    truth,
  };
}

function factOf(fact: string, facts: Facts): FactValue | AtLeast | null {
  return Object.hasOwn(facts, fact) ? (facts[fact] ?? null) : null;
}

function isAtLeast(value: FactValue | AtLeast | null): value is AtLeast {
  return typeof value === 'object' && value !== null;
}

function isOpen(value: FactValue | AtLeast | null): boolean {
  return value === null || isAtLeast(value);
}

function factsOf(operand: Operand): readonly string[] {
  switch (operand.kind) {
    case 'fact':
      return [operand.fact];
    case 'product':
      return operand.factors.flatMap(factsOf);
    case 'lowest':
      return operand.of.flatMap(factsOf);
    default:
      return [];
  }
}

function limitOf(operand: Operand, facts: Facts): Limit {
  switch (operand.kind) {
    case 'literal':
    case 'number':
      return { known: 'exactly', value: operand.value };
    case 'list':
      return { known: 'exactly', value: operand.values };
    case 'fact': {
      const value = factOf(operand.fact, facts);
      if (value === null || isAtLeast(value)) return UNKNOWN;
      return { known: 'exactly', value: typeof value === 'number' ? decimalOf(value) : value };
    }
    case 'product':
      return productOf(operand.factors.map((factor) => limitOf(factor, facts)));
    default:
      return lowestOf(operand.of.map((part) => limitOf(part, facts)));
  }
}

function productOf(factors: readonly Limit[]): Limit {
  let product: Decimal = { units: 1n, scale: 0 };
  for (const factor of factors) {
    if (factor.known !== 'exactly') return UNKNOWN;
    product = multiply(product, asDecimal(factor.value));
  }
  return { known: 'exactly', value: product };
}

function lowestOf(parts: readonly Limit[]): Limit {
  const known = parts.flatMap((part) => (part.known === 'nothing' ? [] : [asDecimal(part.value)]));
  if (known.length === 0) return UNKNOWN;
  const value = known.reduce((lowest, part) => (compareDecimals(part, lowest) < 0 ? part : lowest));
  return { known: parts.every((part) => part.known === 'exactly') ? 'exactly' : 'at most', value };
}

function truthOf(given: FactValue | AtLeast, op: Operator, limit: Limit, fact: string): Truth {
  if (limit.known === 'nothing') return 'unknown';
  const { value } = limit;
  const actual = isAtLeast(given) ? given.atLeast : given;
  if (isDecimal(value)) {
    if (typeof actual !== 'number') throw new TypeError(`${fact} must be a number`);
    const order = compareDecimals(decimalOf(actual), value);
    return limit.known === 'exactly' && !isAtLeast(given) ? orderTruth(order, op) : boundTruth(order, op);
  }
  if (typeof value === 'object') {
    if (typeof actual !== 'string') throw new TypeError(`${fact} must be a text`);
    return yesIf(value.includes(actual));
  }
  if (typeof actual !== typeof value) throw new TypeError(`${fact} must be a ${typeof value}`);
  return yesIf((actual === value) === (op === '=='));
}

function orderTruth(order: number, op: Operator): Truth {
  switch (op) {
    case '==':
      return yesIf(order === 0);
    case '!=':
      return yesIf(order !== 0);
    case '>':
      return yesIf(order > 0);
    case '>=':
      return yesIf(order >= 0);
    case '<':
      return yesIf(order < 0);
    case '<=':
      return yesIf(order <= 0);
    default:
      throw new TypeError('in needs a list');
  }
}

/**
 * Compares where the value is known to be at least so much, or the limit at most so much: a value that already passes
 * the bound passes whatever the rest turns out to be ("whichever is lower", Article 3(1)(a) of Regulation (EU)
 * 2024/2690; an outage that goes on).
 */
function boundTruth(order: number, op: Operator): Truth {
  const above = order > 0;
  switch (op) {
    case '>':
    case '!=':
      return above ? 'yes' : 'unknown';
    case '>=':
      return order >= 0 ? 'yes' : 'unknown';
    case '<':
      return order >= 0 ? 'no' : 'unknown';
    case '<=':
    case '==':
      return above ? 'no' : 'unknown';
    default:
      throw new TypeError('in needs a list');
  }
}

function shown(limit: Limit): Reason['limit'] {
  if (limit.known === 'nothing') return null;
  return isDecimal(limit.value) ? numberOf(limit.value) : limit.value;
}

function asDecimal(value: FactValue | readonly string[] | Decimal): Decimal {
  if (!isDecimal(value)) throw new TypeError('a product or minimum needs numbers');
  return value;
}

function isDecimal(value: FactValue | readonly string[] | Decimal): value is Decimal {
  return typeof value === 'object' && 'units' in value;
}

function yesIf(holds: boolean): Truth {
  return holds ? 'yes' : 'no';
}
