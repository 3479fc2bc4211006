import type { CompiledPolicy } from '../compile/compile-policy';
import type { Scene } from '../compile/compiled-expression';
import type { CompiledPolicySet } from '../compile/policy-set';
import type { Scope, ScopeConstraint } from '../compile/scope-index';
import { type Decision, policiesInScope } from '../decide';
import type { EntityUid } from '../values/value';
import { achieve, both, either, singleChanges } from './achieve';
import { applyChanges, type Change, changeKey, type ChangeSet, changeSet, NO_CHANGE } from './change';
import { FlipTrials, searchExhaustively, type SearchSpace } from './search';

export interface FlipSearch {
  /** The fewest changes found that turn the decision; they have been tried out by deciding again. */
  readonly changes: readonly Change[] | undefined;
  /** Whether all smaller combinations of the changes considered were tried out. */
  readonly isMinimal: boolean;
}

/**
 * Finds the smallest change of context, attributes, tags and group memberships that turns the decision.
 *
 * Values considered lie just at and beside those the policies compare with. All combinations of one, two and more
 * changes are tried while the budget lasts, among them those that matter only after joining a group, because other
 * policies are about the request then. Beyond the budget, only plans worked out backwards from the policies are
 * tried: to allow, every forbid in force must fail and one permit hold; to deny, one forbid must hold or every
 * permit in force fail. Who asks for what – principal, action and resource – stays the same.
 */
export function findFlip(policies: CompiledPolicySet, scene: Scene, present: Decision): FlipSearch {
  const wanted = present.effect === 'allow' ? 'deny' : 'allow';
  const plans = wanted === 'allow' ? plansToAllow(policies, scene) : plansToDeny(policies, scene);
  const trials = new FlipTrials(policies, scene, wanted);
  const { found, triedSize, isComplete } = searchExhaustively(searchSpace(policies, scene, plans, wanted), trials);
  if (found) return { changes: found, isMinimal: true };
  const plan = plans.find((candidate) => candidate.size > triedSize && trials.flips([...candidate.values()]));
  if (!plan) return { changes: undefined, isMinimal: isComplete };
  const changes = trials.reduce([...plan.values()]);
  return { changes, isMinimal: changes.length <= triedSize + 1 };
}

/** What may be changed: groups to join, and all else that matters once those are joined. */
function searchSpace(
  policies: CompiledPolicySet,
  scene: Scene,
  plans: readonly ChangeSet[],
  wanted: Decision['effect'],
): SearchSpace {
  const others = changesIn(plans).filter((change) => !isJoining(change));
  const helpful = policies.policies.filter(({ effect }) => (effect === 'permit') === (wanted === 'allow'));
  const joins = changesIn(helpful.flatMap(({ scope }) => enter(scope, scene))).filter(isJoining);
  return {
    joins: reachableJoins(policies, scene, joins),
    changesAfter: (joins) => {
      const joined = applyChanges(scene, joins);
      return (
        joined && [...others, ...changesOfPoliciesInScope(policies, joined).filter((change) => !isJoining(change))]
      );
    },
  };
}

/** These and the groups that conditions name, also of policies that come into scope only by joining them. */
function reachableJoins(policies: CompiledPolicySet, scene: Scene, first: readonly Change[]): Change[] {
  const joins = new Map<string, Change>();
  let found: readonly Change[] = [...first, ...changesOfPoliciesInScope(policies, scene).filter(isJoining)];
  for (let known = -1; known < joins.size;) {
    known = joins.size;
    for (const join of found) joins.set(changeKey(join), join);
    const joined = applyChanges(scene, joins.values());
    found = joined ? changesOfPoliciesInScope(policies, joined).filter(isJoining) : [];
  }
  return [...joins.values()];
}

function changesIn(changeSets: readonly ChangeSet[]): Change[] {
  return changeSets.flatMap((changes) => [...changes.values()]);
}

function isJoining(change: Change): boolean {
  return change.kind === 'membership' && change.isMember;
}

/** The single changes that the policies about this request suggest: leaving a group they name, and their conditions. */
function changesOfPoliciesInScope(policies: CompiledPolicySet, scene: Scene): Change[] {
  const inScope = policiesInScope(policies, scene, scene.entities);
  return inScope.flatMap(({ scope, source }) => [
    ...[leave(scene.principal, scope.principal), leave(scene.resource, scope.resource)].flatMap(changesIn),
    ...source.conditions.flatMap(({ body }) => singleChanges(body, scene)),
  ]);
}

function plansToAllow(policies: CompiledPolicySet, scene: Scene): ChangeSet[] {
  let plans: ChangeSet[] = [NO_CHANGE];
  const permits: ChangeSet[][] = [];
  for (const policy of policiesInScope(policies, scene, scene.entities)) {
    const outcome = outcomeOf(policy, scene);
    if (policy.effect === 'permit') {
      if (outcome === 'error') plans = both(plans, either(satisfy(policy, scene), refute(policy, scene)));
    } else if (outcome !== false) {
      plans = both(plans, refute(policy, scene));
    }
  }
  for (const policy of policies.policies) if (policy.effect === 'permit') permits.push(satisfy(policy, scene));
  return both(plans, either(...permits));
}

function plansToDeny(policies: CompiledPolicySet, scene: Scene): ChangeSet[] {
  const forbids = policies.policies.filter((policy) => policy.effect === 'forbid');
  let withoutPermits: ChangeSet[] = [NO_CHANGE];
  for (const policy of policiesInScope(policies, scene, scene.entities)) {
    const isInForce = policy.effect === 'permit' && outcomeOf(policy, scene) === true;
    if (isInForce) withoutPermits = both(withoutPermits, refute(policy, scene));
  }
  return either(withoutPermits, ...forbids.map((policy) => satisfy(policy, scene)));
}

function outcomeOf(policy: CompiledPolicy, scene: Scene): boolean | 'error' {
  try {
    return policy.condition(scene);
  } catch {
    return 'error';
  }
}

/** Ways to make a policy hold: come into its scope by joining groups, and meet every clause. */
function satisfy({ scope, source }: CompiledPolicy, scene: Scene): ChangeSet[] {
  let plans = enter(scope, scene);
  for (const { kind, body } of source.conditions) {
    if (plans.length === 0) return [];
    plans = both(plans, achieve(body, kind === 'when', scene));
  }
  return plans;
}

/** Ways to come into a scope; none if it is about another principal, action or resource. */
function enter(scope: Scope, scene: Scene): ChangeSet[] {
  return both(
    join(scene.principal, scope.principal, scene),
    both(
      either(...scope.actions.map((action) => join(scene.action, action, scene))),
      join(scene.resource, scope.resource, scene),
    ),
  );
}

/** Ways to keep a policy in scope from holding: leave a group it is about, or fail one clause. */
function refute({ scope, source }: CompiledPolicy, scene: Scene): ChangeSet[] {
  return either(
    leave(scene.principal, scope.principal),
    leave(scene.resource, scope.resource),
    ...source.conditions.map(({ kind, body }) => achieve(body, kind !== 'when', scene)),
  );
}

function join(subject: EntityUid, constraint: ScopeConstraint, { entities }: Scene): ChangeSet[] {
  if (constraint.kind === 'any') return [NO_CHANGE];
  if ('type' in constraint && constraint.type !== subject.type) return [];
  if (constraint.kind === 'is') return [NO_CHANGE];
  const { entity: group } = constraint;
  if (group.key === subject.key) return [NO_CHANGE];
  if (constraint.kind === 'equals') return [];
  if (entities.ancestorsOf(subject.key).has(group.key)) return [NO_CHANGE];
  return [changeSet({ kind: 'membership', entity: subject, group, isMember: true })];
}

function leave(subject: EntityUid, constraint: ScopeConstraint): ChangeSet[] {
  const isGroup = constraint.kind === 'in' || constraint.kind === 'is-in';
  if (!isGroup || constraint.entity.key === subject.key) return [];
  return [changeSet({ kind: 'membership', entity: subject, group: constraint.entity, isMember: false })];
}
