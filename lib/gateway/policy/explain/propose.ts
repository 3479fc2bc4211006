import type { Scene } from '../compile/compiled-expression';
import type { Expression, PatternElement } from '../language/expression';
import { EXTENSION_FUNCTIONS } from '../values/extension-functions';
import { IpAddress } from '../values/ip-address';
import { CedarSet, EntityUid, type Value } from '../values/value';
import { type ChangeSet, changeSet } from './change';
import { locateAttribute, valueOf } from './inspect';
import { anyMismatch, IP_EXAMPLES, justOutside, shift, shortestMatch, somethingElse } from './neighbours';
import { solve } from './solve';

type Order = '<' | '<=' | '>' | '>=';

const OPPOSITES = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;

/** How far beside the right value the nearest left value that fits lies. */
const STEPS = { '<': -1, '<=': 0, '>': 1, '>=': 0 } as const;

const MIRRORED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/** Ways to make `left operator right` true or false by moving either side just past the other. */
export function proposeOrder(
  operator: Order,
  goal: boolean,
  left: Expression,
  right: Expression,
  scene: Scene,
): ChangeSet[] {
  const order = goal ? operator : OPPOSITES[operator];
  const towards = (expression: Expression, other: Value | undefined, steps: -1 | 0 | 1) => {
    const target = other === undefined ? undefined : shift(other, steps);
    return target === undefined ? [] : solve(expression, target, scene);
  };
  return [
    ...towards(left, valueOf(right, scene), STEPS[order]),
    ...towards(right, valueOf(left, scene), STEPS[MIRRORED[order]]),
  ];
}

/** Ways for an entity to be, or no longer be, in one of the groups. */
export function proposeMembership(left: Expression, right: Expression, goal: boolean, scene: Scene): ChangeSet[] {
  const entity = valueOf(left, scene);
  const target = valueOf(right, scene);
  const groups = (target instanceof CedarSet ? [...target] : [target]).filter((group) => group instanceof EntityUid);
  const joined = goal ? groups.flatMap((group) => solve(left, group, scene)) : [];
  if (!(entity instanceof EntityUid)) return joined;
  const memberships = groups
    .filter((group) => group.key !== entity.key)
    .map((group) => changeSet({ kind: 'membership', entity, group, isMember: goal }));
  if (goal) return [...memberships, ...joined];
  return [new Map(memberships.flatMap((membership) => [...membership]))];
}

/** An attribute that has to be there gets an example value, which a comparison elsewhere will replace. */
export function proposePresence(owner: Expression, path: readonly string[], goal: boolean, scene: Scene): ChangeSet[] {
  const [first = '', ...rest] = path;
  const location = locateAttribute(owner, first, scene);
  if (!location) return [];
  const value = goal ? true : undefined;
  const remove = changeSet({ kind: 'value', location, value, isExample: goal });
  if (rest.length === 0) return [remove];
  const nested = { ...location, path: [...location.path, ...rest] };
  const deep = changeSet({ kind: 'value', location: nested, value, isExample: goal });
  return goal ? [deep] : [remove, deep];
}

/** Ways to give or take a tag. */
export function proposeTag(owner: Expression, name: Expression, goal: boolean, scene: Scene): ChangeSet[] {
  const entity = valueOf(owner, scene);
  const tag = valueOf(name, scene);
  if (!(entity instanceof EntityUid) || typeof tag !== 'string') return [];
  const location = { holder: { entity, part: 'tags' as const }, path: [tag] };
  return [changeSet({ kind: 'value', location, value: goal ? true : undefined, isExample: goal })];
}

/** Ways to make a text match a pattern or not. */
export function proposeLike(
  text: Expression,
  pattern: readonly PatternElement[],
  goal: boolean,
  scene: Scene,
): ChangeSet[] {
  const target = goal ? shortestMatch(pattern) : anyMismatch(pattern);
  return target === undefined ? [] : solve(text, target, scene, true);
}

/** Ways to put elements into a set or take them out, or to ask for others. */
export function proposeSet(
  operator: 'contains' | 'containsAll' | 'containsAny',
  left: Expression,
  right: Expression,
  goal: boolean,
  scene: Scene,
): ChangeSet[] {
  const container = valueOf(left, scene) ?? new CedarSet([]);
  const argument = valueOf(right, scene);
  if (!(container instanceof CedarSet)) return [];
  const proposals: ChangeSet[] = [];
  if (argument !== undefined) {
    for (const set of changedContainers(operator, container, argument, goal))
      proposals.push(...solve(left, set, scene));
  }
  if (operator === 'contains') {
    const targets = goal ? [...container] : argument === undefined ? [] : somethingElse(argument);
    for (const target of targets) proposals.push(...solve(right, target, scene, !goal));
  } else if (argument instanceof CedarSet && goal && operator === 'containsAll') {
    const shared = new CedarSet([...argument].filter((element) => container.has(element)));
    proposals.push(...solve(right, shared, scene));
  }
  return proposals;
}

/** The container with just enough elements added or taken away. */
function changedContainers(operator: string, container: CedarSet, argument: Value, goal: boolean): CedarSet[] {
  const elements = operator !== 'contains' && argument instanceof CedarSet ? [...argument] : [argument];
  const isOneEnough = operator === 'contains' || (operator === 'containsAny') === goal;
  const groups = isOneEnough ? elements.map((element) => [element]) : [elements];
  return groups.map((group) => {
    if (goal) return new CedarSet([...container, ...group]);
    const removed = new CedarSet(group);
    return new CedarSet([...container].filter((element) => !removed.has(element)));
  });
}

const DECIMAL_ORDERS: Readonly<Record<string, Order>> = {
  lessThan: '<',
  lessThanOrEqual: '<=',
  greaterThan: '>',
  greaterThanOrEqual: '>=',
};

/** Ways to change what a test of an extension type says. */
export function proposeCall(name: string, operands: readonly Expression[], goal: boolean, scene: Scene): ChangeSet[] {
  const [first, second] = operands as readonly [Expression, Expression];
  if (operands.length !== EXTENSION_FUNCTIONS.get(name)?.arity) return [];
  const order = DECIMAL_ORDERS[name];
  if (order) return proposeOrder(order, goal, first, second, scene);
  const example = IP_EXAMPLES[name];
  if (example) return solve(first, goal ? example.true : example.false, scene, true);
  const range = name === 'isInRange' ? valueOf(second, scene) : undefined;
  if (!(range instanceof IpAddress)) return [];
  const inside = new IpAddress(range.version, range.address, range.width);
  const target = goal ? inside : justOutside(range);
  return target === undefined ? [] : solve(first, target, scene, true);
}
