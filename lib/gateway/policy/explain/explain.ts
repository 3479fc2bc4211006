import type { CompiledPolicy } from '../compile/compile-policy';
import type { Scene } from '../compile/compiled-expression';
import type { CompiledPolicySet } from '../compile/policy-set';
import { type Decision, decide, policiesInScope } from '../decide';
import type { EntityStore } from '../entity-store';
import { type Expression, tagged } from '../language/expression';
import { formatExpression } from '../language/format-expression';
import type { Request } from '../request';
import { type JsonValue, toJson } from '../values/json-value';
import { type Change, inputName, valueAt } from './change';
import { findFlip } from './flip';
import { type InputReads, readInputs, valueOf } from './inspect';

/** Everything a person needs to understand a decision. */
export interface Explanation {
  readonly decision: Decision;
  /** The policies whose scope names this request, and what became of each. */
  readonly policies: readonly PolicyOutcome[];
  /** How many policies are about other requests. */
  readonly outOfScope: number;
  /** What the policies in scope looked at, as written in them, in order. */
  readonly inputs: readonly InputRead[];
  readonly flip: Flip;
}

export interface PolicyOutcome {
  readonly policyId: string;
  readonly effect: 'permit' | 'forbid';
  readonly outcome: 'holds' | 'does-not-hold' | 'error';
  /** The first part of its conditions that is not met, as Cedar text. */
  readonly unmet?: string;
  /** The part of its conditions that has no value, and why. */
  readonly problem?: string;
}

export interface InputRead {
  readonly input: string;
  /** Absent when the input was looked for and not there. */
  readonly value?: JsonValue;
}

/** The smallest change that would turn the decision. */
export interface Flip {
  readonly effect: 'allow' | 'deny';
  /** Absent when no change of facts was found: only another request, or another policy, would be decided so. */
  readonly changes?: readonly DescribedChange[];
  /** Whether all smaller combinations of the changes considered were tried out. */
  readonly isMinimal: boolean;
}

export interface DescribedChange {
  /** Such as `context.hour`, `Agent::"a".level` or `Agent::"a" in AgentGroup::"b"`. */
  readonly input: string;
  /** Absent when the input is not there now, or must not be there. */
  readonly from?: JsonValue;
  readonly to?: JsonValue;
  /** The new value stands for others that would do as well. */
  readonly isExample: boolean;
}

/**
 * Explains a decision: decides again, follows every policy in scope through its conditions, and searches the
 * smallest change that turns the result. Takes some ten milliseconds, rarely a third of a second, so it is for
 * people, not for each request.
 */
export function explain(policies: CompiledPolicySet, request: Request, entities: EntityStore): Explanation {
  const scene: Scene = { ...request, entities };
  const decision = decide(policies, request, entities);
  const inScope = policiesInScope(policies, request, entities);
  const reads: InputReads = new Map();
  for (const policy of inScope) readPolicy(policy, scene, reads);
  const { changes, isMinimal } = findFlip(policies, scene, decision);
  return {
    decision,
    policies: inScope.map((policy) => outcomeOf(policy, scene, decision)),
    outOfScope: policies.policies.length - inScope.length,
    inputs: Array.from(reads, ([input, value]) => ({ input, ...(value !== undefined && { value: toJson(value) }) })),
    flip: {
      effect: decision.effect === 'allow' ? 'deny' : 'allow',
      ...(changes && { changes: changes.map((change) => describe(change, scene)) }),
      isMinimal,
    },
  };
}

/** Follows the clauses as Cedar does: the first that is not met, or fails, ends the policy. */
function readPolicy({ source }: CompiledPolicy, scene: Scene, reads: InputReads): void {
  for (const { kind, body } of source.conditions) {
    readInputs(body, scene, reads);
    if (valueOf(body, scene) !== (kind === 'when')) return;
  }
}

function outcomeOf({ policyId, effect, source }: CompiledPolicy, scene: Scene, { errors }: Decision): PolicyOutcome {
  const failing = source.conditions.find(({ kind, body }) => valueOf(body, scene) !== (kind === 'when'));
  if (!failing) return { policyId, effect, outcome: 'holds' };
  const part = formatExpression(failing.kind === 'when' ? firstUnmet(failing.body, scene) : failing.body);
  const error = errors.find((candidate) => candidate.policyId === policyId);
  if (error) return { policyId, effect, outcome: 'error', problem: `${part}: ${error.message}` };
  return { policyId, effect, outcome: 'does-not-hold', unmet: failing.kind === 'when' ? part : `unless ${part}` };
}

/** The first operand of a conjunction that is not true; the reader need not see those that are. */
function firstUnmet(condition: Expression, scene: Scene): Expression {
  const tag = tagged(condition);
  if (tag.operator !== '&&') return condition;
  const { left, right } = tag.operand;
  return firstUnmet(valueOf(left, scene) === true ? right : left, scene);
}

function describe(change: Change, scene: Scene): DescribedChange {
  const input = inputName(change);
  if (change.kind === 'membership') return { input, from: !change.isMember, to: change.isMember, isExample: false };
  const from = valueAt(scene, change.location);
  return {
    input,
    ...(from !== undefined && { from: toJson(from) }),
    ...(change.value !== undefined && { to: toJson(change.value) }),
    isExample: change.isExample,
  };
}
