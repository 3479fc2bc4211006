import type {
  ActionConstraint,
  Condition,
  EntityConstraint,
  PolicyJson,
  PrincipalOrResourceConstraint,
  TemplateLink,
} from '../language/expression';
import { parseEntityUid } from '../values/json-value';
import type { EntityUid } from '../values/value';
import { compileExpression, UncompilablePolicy } from './compile-expression';
import { asTest, type Test } from './compiled-expression';
import { allOf, negation } from './logic';
import type { Scope, ScopeConstraint } from './scope-index';

/** A policy ready to be evaluated. */
export interface CompiledPolicy {
  readonly policyId: string;
  readonly effect: 'permit' | 'forbid';
  readonly scope: Scope;
  /** All `when` and `unless` clauses in order; the scope is not tested again. Throws `EvaluationError`. */
  readonly condition: Test;
  /** What it was compiled from, for explaining; the slots of a template are filled in `scope` only. */
  readonly source: PolicyJson;
}

type SlotValues = TemplateLink['values'];

/**
 * Compiles one policy, or one link of a template with its `slots`.
 *
 * Throws `UncompilablePolicy` or `InvalidInput`; policies that Cedar parsed never do, except for `unknown()`.
 */
export function compilePolicy(policyId: string, source: PolicyJson, slots: SlotValues = {}): CompiledPolicy {
  if (source.effect !== 'permit' && source.effect !== 'forbid') {
    throw new UncompilablePolicy(`\`${String(source.effect)}\` is no effect`);
  }
  return {
    policyId,
    effect: source.effect,
    scope: {
      principal: entityConstraint(source.principal, slots),
      actions: actionConstraints(source.action),
      resource: entityConstraint(source.resource, slots),
    },
    condition: allOf(source.conditions.map(compileCondition)),
    source,
  };
}

export function compileCondition({ kind, body }: Condition): Test {
  const compiled = compileExpression(body);
  return asTest(kind === 'when' ? compiled : negation(compiled));
}

function entityConstraint(constraint: PrincipalOrResourceConstraint, slots: SlotValues): ScopeConstraint {
  switch (constraint.op) {
    case 'All':
      return { kind: 'any' };
    case '==':
      return { kind: 'equals', entity: entityOf(constraint, slots) };
    case 'in':
      return { kind: 'in', entity: entityOf(constraint, slots) };
    case 'is': {
      const type = constraint.entity_type;
      return constraint.in ? { kind: 'is-in', type, entity: entityOf(constraint.in, slots) } : { kind: 'is', type };
    }
    default:
      throw new UncompilablePolicy(`\`${String((constraint as { op: unknown }).op)}\` is no scope constraint`);
  }
}

function actionConstraints(constraint: ActionConstraint): ScopeConstraint[] {
  switch (constraint.op) {
    case 'All':
      return [{ kind: 'any' }];
    case '==':
      return [{ kind: 'equals', entity: parseEntityUid(constraint.entity) }];
    case 'in': {
      const groups = 'entities' in constraint ? constraint.entities : [constraint.entity];
      const distinct = new Map(groups.map(parseEntityUid).map((entity) => [entity.key, entity]));
      return Array.from(distinct.values(), (entity) => ({ kind: 'in', entity }));
    }
    default:
      throw new UncompilablePolicy(`\`${String((constraint as { op: unknown }).op)}\` is no action constraint`);
  }
}

function entityOf(constraint: EntityConstraint, slots: SlotValues): EntityUid {
  if ('entity' in constraint) return parseEntityUid(constraint.entity);
  const value = Object.hasOwn(slots, constraint.slot) ? slots[constraint.slot] : undefined;
  if (value === undefined) throw new UncompilablePolicy(`the slot \`${constraint.slot}\` has no value`);
  return parseEntityUid(value);
}
