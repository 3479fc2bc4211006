import type { CompiledPolicy } from './compile/compile-policy';
import type { Scene } from './compile/compiled-expression';
import type { CompiledPolicySet } from './compile/policy-set';
import { type EntityJson, EntityStore } from './entity-store';
import { parseRequest, type Request, type RequestJson } from './request';
import { EvaluationError, type EvaluationErrorCode, InvalidInput } from './values/evaluation-error';

/** A policy that could not be evaluated for this request. */
export interface PolicyError {
  readonly policyId: string;
  readonly code: EvaluationErrorCode;
  readonly message: string;
}

/** What Cedar's authoriser answers: erroneous policies are reported but skipped. */
export interface CedarAnswer {
  readonly decision: 'allow' | 'deny';
  /** Ids of the policies that determined the decision; empty when nothing permitted it. */
  readonly determining: readonly string[];
  readonly errors: readonly PolicyError[];
}

/** Why the product decided as it did, strongest reason first. */
export type DecisionBasis = 'forbidden' | 'policy-error' | 'invalid-input' | 'permitted' | 'not-permitted';

/** The product's decision: Cedar's, except that any evaluation error denies. */
export interface Decision {
  readonly effect: 'allow' | 'deny';
  readonly basis: DecisionBasis;
  readonly policyIds: readonly string[];
  /** Not empty means: raise an alarm, whatever the effect. */
  readonly errors: readonly PolicyError[];
  /** Why the input was refused; only with basis `invalid-input`. */
  readonly problem?: string;
}

/**
 * Answers exactly as Cedar does: forbid overrides permit, default deny, errors skip their policy.
 *
 * Every policy in scope is evaluated, so determining and erroneous policies are complete. Never throws.
 * Source: Cedar language reference, "Authorization"; compared with cedar-wasm in `differential/`.
 */
export function authorise(policies: CompiledPolicySet, request: Request, entities: EntityStore): CedarAnswer {
  const { principal, action, resource, context } = request;
  const scene: Scene = { principal, action, resource, context, entities };
  const permits: string[] = [];
  const forbids: string[] = [];
  const errors: PolicyError[] = [];
  for (const group of groupsInScope(policies, request, entities)) {
    for (const policy of group) {
      try {
        if (policy.condition(scene)) (policy.effect === 'forbid' ? forbids : permits).push(policy.policyId);
      } catch (error) {
        errors.push(policyError(policy.policyId, error));
      }
    }
  }
  if (forbids.length > 0) return { decision: 'deny', determining: forbids, errors };
  return { decision: permits.length > 0 ? 'allow' : 'deny', determining: permits, errors };
}

/**
 * The product's rule on top of Cedar's answer: a policy that cannot be evaluated denies, because the policy that
 * Cedar would skip may be the forbid that had to stop the request. Never throws.
 */
export function decide(policies: CompiledPolicySet, request: Request, entities: EntityStore): Decision {
  return withProductRule(authorise(policies, request, entities));
}

/** A decision on unparsed input, such as a recorded or remote one: input that cannot be read is denied. */
export function decideInput(
  policies: CompiledPolicySet,
  input: { readonly request: RequestJson; readonly entities?: readonly EntityJson[] },
  base: EntityStore = EntityStore.EMPTY,
): Decision {
  try {
    const entities = input.entities?.length ? EntityStore.fromJson(input.entities, base) : base;
    return decide(policies, parseRequest(input.request), entities);
  } catch (error) {
    const problem = error instanceof InvalidInput ? error.message : `unreadable input: ${String(error)}`;
    return { effect: 'deny', basis: 'invalid-input', policyIds: [], errors: [], problem };
  }
}

/** Every policy whose scope matches, each once. */
export function policiesInScope(
  policies: CompiledPolicySet,
  request: Request,
  entities: EntityStore,
): readonly CompiledPolicy[] {
  return groupsInScope(policies, request, entities).flat();
}

function groupsInScope(
  policies: CompiledPolicySet,
  { principal, action, resource }: Request,
  entities: EntityStore,
): readonly (readonly CompiledPolicy[])[] {
  return policies.index.matching(
    { uid: principal, ancestors: entities.ancestorsOf(principal.key) },
    { uid: action, ancestors: entities.ancestorsOf(action.key) },
    { uid: resource, ancestors: entities.ancestorsOf(resource.key) },
  );
}

/** Turns Cedar's answer into the product's decision. */
export function withProductRule({ decision, determining, errors }: CedarAnswer): Decision {
  if (decision === 'deny' && determining.length > 0) {
    return { effect: 'deny', basis: 'forbidden', policyIds: determining, errors };
  }
  if (errors.length > 0) {
    return { effect: 'deny', basis: 'policy-error', policyIds: errors.map(({ policyId }) => policyId), errors };
  }
  const basis = decision === 'allow' ? 'permitted' : 'not-permitted';
  return { effect: decision, basis, policyIds: determining, errors };
}

/** Anything but an evaluation error is a fault of ours, such as an exhausted stack; it counts as an error too. */
function policyError(policyId: string, error: unknown): PolicyError {
  if (error instanceof EvaluationError) return { policyId, code: error.code, message: error.message };
  return { policyId, code: 'internal', message: String(error) };
}
