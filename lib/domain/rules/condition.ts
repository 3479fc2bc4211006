import type { Decimal } from './decimal';

/** A fact about an entity or an incident. */
export type FactValue = string | number | boolean;

/** A number that can still grow, such as the minutes of an outage that goes on: a threshold not yet passed stays open. */
export interface AtLeast {
  readonly atLeast: number;
}

/** Facts by id. `null`, `undefined` and absence all mean "not known yet". */
export type Facts = Readonly<Record<string, FactValue | AtLeast | null | undefined>>;

export type FactType = 'string' | 'number' | 'integer' | 'boolean';

/** A fact that rules may ask for, as the catalogue declares it. */
export interface FactDeclaration {
  readonly id: string;
  readonly type: FactType;
  readonly description: string;
}

export type Operator = '==' | '!=' | '>' | '>=' | '<' | '<=' | 'in';

/** What a fact is compared with: a literal, another fact, a product, or the lowest of several. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: string | boolean }
  | { readonly kind: 'number'; readonly value: Decimal }
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | { readonly kind: 'fact'; readonly fact: string }
  | { readonly kind: 'product'; readonly factors: readonly Operand[] }
  | { readonly kind: 'lowest'; readonly of: readonly Operand[] };

export interface Comparison {
  readonly kind: 'comparison';
  readonly fact: string;
  readonly op: Operator;
  readonly value: Operand;
}

/** A rule's condition. Named conditions are resolved when they are read, so a condition is always complete. */
export type Condition =
  | { readonly kind: 'always' }
  | { readonly kind: 'all'; readonly parts: readonly Condition[] }
  | { readonly kind: 'any'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | Comparison;
