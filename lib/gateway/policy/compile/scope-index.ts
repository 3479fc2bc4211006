import type { EntityUid } from '../values/value';

/** What a policy's scope asks of one of principal, action and resource. */
export type ScopeConstraint =
  | { readonly kind: 'any' }
  | { readonly kind: 'equals'; readonly entity: EntityUid }
  | { readonly kind: 'in'; readonly entity: EntityUid }
  | { readonly kind: 'is'; readonly type: string }
  | { readonly kind: 'is-in'; readonly type: string; readonly entity: EntityUid };

/** A policy's scope; `actions` are alternatives, none of them means the policy never applies. */
export interface Scope {
  readonly principal: ScopeConstraint;
  readonly actions: readonly ScopeConstraint[];
  readonly resource: ScopeConstraint;
}

/** One of principal, action and resource of a request, with the keys of everything above it. */
export interface ScopeSubject {
  readonly uid: EntityUid;
  readonly ancestors: ReadonlySet<string>;
}

/**
 * Finds the policies whose whole scope matches a request.
 *
 * Three nested levels – action, principal, resource – are each looked up by the subject's own identity, its
 * ancestors and its type. Only branches that match so far are entered, so the cost follows the policies that
 * apply and the depth of the hierarchy, not the size of the set.
 */
export class ScopeIndex<Policy> {
  readonly #actions = new ScopeLevel<ScopeLevel<ScopeLevel<Leaf<Policy>>>>();

  add(scope: Scope, policy: Policy): void {
    for (const action of scope.actions) {
      const leaf = this.#actions
        .branch(action, () => new ScopeLevel<ScopeLevel<Leaf<Policy>>>())
        .branch(scope.principal, () => new ScopeLevel<Leaf<Policy>>())
        .branch(scope.resource, () => ({ once: [], repeated: [] }));
      (scope.actions.length > 1 ? leaf.repeated : leaf.once).push(policy);
    }
  }

  /** The matching policies in groups, each policy once; groups are as they are kept, so nothing is copied. */
  matching(principal: ScopeSubject, action: ScopeSubject, resource: ScopeSubject): (readonly Policy[])[] {
    const groups: (readonly Policy[])[] = [];
    let seen: Set<Policy> | undefined;
    for (const byPrincipal of this.#actions.matching(action)) {
      for (const byResource of byPrincipal.matching(principal)) {
        for (const { once, repeated } of byResource.matching(resource)) {
          if (once.length > 0) groups.push(once);
          for (const policy of repeated) (seen ??= new Set()).add(policy);
        }
      }
    }
    if (seen !== undefined) groups.push([...seen]);
    return groups;
  }
}

/** The policies at the end of a branch; those whose scope lists several actions are at the end of several. */
interface Leaf<Policy> {
  readonly once: Policy[];
  readonly repeated: Policy[];
}

/** Branches by one dimension of the scope. */
class ScopeLevel<Branch> {
  #any: Branch | undefined;
  readonly #byIdentity = new Map<string, Branch>();
  readonly #byAncestor = new Map<string, Branch>();
  readonly #byType = new Map<string, Branch>();
  readonly #byTypeAndAncestor = new Map<string, Map<string, Branch>>();

  branch(constraint: ScopeConstraint, create: () => Branch): Branch {
    switch (constraint.kind) {
      case 'any':
        return (this.#any ??= create());
      case 'equals':
        return getOrCreate(this.#byIdentity, constraint.entity.key, create);
      case 'in':
        return getOrCreate(this.#byAncestor, constraint.entity.key, create);
      case 'is':
        return getOrCreate(this.#byType, constraint.type, create);
      case 'is-in': {
        const ofType = getOrCreate(this.#byTypeAndAncestor, constraint.type, () => new Map<string, Branch>());
        return getOrCreate(ofType, constraint.entity.key, create);
      }
      default:
        return constraint satisfies never;
    }
  }

  matching({ uid, ancestors }: ScopeSubject): Branch[] {
    const branches = this.#any === undefined ? [] : [this.#any];
    const equal = this.#byIdentity.get(uid.key);
    if (equal !== undefined) branches.push(equal);
    const ofType = this.#byType.get(uid.type);
    if (ofType !== undefined) branches.push(ofType);
    addAround(uid.key, ancestors, this.#byAncestor, branches);
    const ofTypeByAncestor = this.#byTypeAndAncestor.get(uid.type);
    if (ofTypeByAncestor !== undefined) addAround(uid.key, ancestors, ofTypeByAncestor, branches);
    return branches;
  }
}

/** Adds the branches of the entity itself and of all above it. */
function addAround<Branch>(
  key: string,
  ancestors: ReadonlySet<string>,
  byAncestor: ReadonlyMap<string, Branch>,
  into: Branch[],
): void {
  if (byAncestor.size === 0) return;
  const own = byAncestor.get(key);
  if (own !== undefined) into.push(own);
  // Walk the smaller side: an agent may be in many groups, or many groups may have policies.
  if (ancestors.size <= byAncestor.size) {
    for (const ancestor of ancestors) {
      const branch = byAncestor.get(ancestor);
      if (branch !== undefined) into.push(branch);
    }
  } else {
    for (const [group, branch] of byAncestor) if (ancestors.has(group)) into.push(branch);
  }
}

function getOrCreate<V>(map: Map<string, V>, key: string, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}
