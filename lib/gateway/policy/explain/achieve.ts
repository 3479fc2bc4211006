import type { Scene } from '../compile/compiled-expression';
import { type Expression, operandsOf, tagged } from '../language/expression';
import { CedarSet, type Value } from '../values/value';
import { type Change, type ChangeSet, merge, NO_CHANGE } from './change';
import { valueOf } from './inspect';
import { somethingElse } from './neighbours';
import {
  proposeCall,
  proposeLike,
  proposeMembership,
  proposeOrder,
  proposePresence,
  proposeSet,
  proposeTag,
} from './propose';
import { solve } from './solve';

/** How many alternatives are followed at each step; the smallest are kept. */
const MAX_ALTERNATIVES = 48;

/**
 * Ways to make a condition true or false, smallest first. They are proposals: each part of a condition is looked
 * at with all else as it is, so a combination has to be tried out before it is told to anyone.
 */
export function achieve(condition: Expression, goal: boolean, scene: Scene): ChangeSet[] {
  if (valueOf(condition, scene) === goal) return [NO_CHANGE];
  const tag = tagged(condition);
  switch (tag.operator) {
    case '!':
      return achieve(tag.operand.arg, !goal, scene);
    case '&&':
    case '||': {
      const left = achieve(tag.operand.left, goal, scene);
      const right = achieve(tag.operand.right, goal, scene);
      return (tag.operator === '&&') === goal ? both(left, right) : either(left, right);
    }
    case 'if-then-else': {
      const { if: test, then, else: otherwise } = tag.operand;
      return either(
        both(achieve(test, true, scene), achieve(then, goal, scene)),
        both(achieve(test, false, scene), achieve(otherwise, goal, scene)),
      );
    }
    default:
      return either(achieveAtom(condition, goal, scene));
  }
}

/** Every left alternative together with every right one. */
export function both(left: readonly ChangeSet[], right: readonly ChangeSet[]): ChangeSet[] {
  return either(left.flatMap((one) => right.flatMap((other) => merge(one, other))));
}

/** The alternatives of all lists, smallest first. */
export function either(...alternatives: readonly (readonly ChangeSet[])[]): ChangeSet[] {
  return alternatives
    .flat()
    .toSorted((one, other) => one.size - other.size)
    .slice(0, MAX_ALTERNATIVES);
}

/**
 * Every change that makes some part of a condition true or false, whether it already is or not. For inputs that
 * are compared with constants, one of these values lies in each range between them.
 */
export function singleChanges(condition: Expression, scene: Scene): Change[] {
  const tag = tagged(condition);
  if (['!', '&&', '||', 'if-then-else'].includes(tag.operator)) {
    return operandsOf(condition).flatMap((operand) => singleChanges(operand, scene));
  }
  const proposals = [true, false].flatMap((goal) => achieveAtom(condition, goal, scene));
  return proposals.flatMap((changes) => [...changes.values()]);
}

function achieveAtom(condition: Expression, goal: boolean, scene: Scene): ChangeSet[] {
  const tag = tagged(condition);
  switch (tag.operator) {
    case '==':
      return achieveEquality(tag.operand.left, tag.operand.right, goal, scene);
    case '!=':
      return achieveEquality(tag.operand.left, tag.operand.right, !goal, scene);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return proposeOrder(tag.operator, goal, tag.operand.left, tag.operand.right, scene);
    case 'in':
      return proposeMembership(tag.operand.left, tag.operand.right, goal, scene);
    case 'is':
      return tag.operand.in ? proposeMembership(tag.operand.left, tag.operand.in, goal, scene) : [];
    case 'has':
      return proposePresence(tag.operand.left, [tag.operand.attr].flat(), goal, scene);
    case 'hasTag':
      return proposeTag(tag.operand.left, tag.operand.right, goal, scene);
    case 'like':
      return proposeLike(tag.operand.left, tag.operand.pattern, goal, scene);
    case 'contains':
    case 'containsAll':
    case 'containsAny':
      return proposeSet(tag.operator, tag.operand.left, tag.operand.right, goal, scene);
    case 'isEmpty':
      return goal ? solve(tag.operand.arg, new CedarSet([]), scene) : [];
    case 'call':
      return proposeCall(tag.name, tag.operand, goal, scene);
    default:
      return solve(condition, goal, scene);
  }
}

function achieveEquality(left: Expression, right: Expression, goal: boolean, scene: Scene): ChangeSet[] {
  const [leftValue, rightValue] = [valueOf(left, scene), valueOf(right, scene)];
  const towards = (expression: Expression, other: Value | undefined) => {
    if (other === undefined) return [];
    if (typeof other === 'boolean') return achieve(expression, goal === other, scene);
    const targets = goal ? [other] : somethingElse(other);
    return targets.flatMap((target) => solve(expression, target, scene, !goal));
  };
  return [...towards(left, rightValue), ...towards(right, leftValue)];
}
