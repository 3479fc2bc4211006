import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EntityUid } from '../values/value';
import { type Scope, type ScopeConstraint, ScopeIndex, type ScopeSubject } from './scope-index';

const types = fc.constantFrom('A', 'B');
const uids = fc.tuple(types, fc.constantFrom('x', 'y', 'z')).map(([type, id]) => new EntityUid(type, id));

const constraints: fc.Arbitrary<ScopeConstraint> = fc.oneof(
  fc.constant<ScopeConstraint>({ kind: 'any' }),
  uids.map((entity): ScopeConstraint => ({ kind: 'equals', entity })),
  uids.map((entity): ScopeConstraint => ({ kind: 'in', entity })),
  types.map((type): ScopeConstraint => ({ kind: 'is', type })),
  fc.tuple(types, uids).map(([type, entity]): ScopeConstraint => ({ kind: 'is-in', type, entity })),
);

const scopes: fc.Arbitrary<Scope> = fc.record({
  principal: constraints,
  actions: fc.array(constraints, { maxLength: 2 }),
  resource: constraints,
});

const subjects: fc.Arbitrary<ScopeSubject> = fc
  .record({
    uid: uids,
    ancestors: fc.array(uids, { maxLength: 6 }),
  })
  .map(({ uid, ancestors }) => ({
    uid,
    // Nothing lies above itself.
    ancestors: new Set(ancestors.map(({ key }) => key).filter((key) => key !== uid.key)),
  }));

/** The meaning of a constraint, straight from the language reference. */
function holds(constraint: ScopeConstraint, { uid, ancestors }: ScopeSubject): boolean {
  const isWithin = (entity: EntityUid) => entity.key === uid.key || ancestors.has(entity.key);
  switch (constraint.kind) {
    case 'any':
      return true;
    case 'equals':
      return constraint.entity.key === uid.key;
    case 'in':
      return isWithin(constraint.entity);
    case 'is':
      return constraint.type === uid.type;
    default:
      return constraint.type === uid.type && isWithin(constraint.entity);
  }
}

describe('scope index', () => {
  it('finds exactly the policies whose whole scope matches', () => {
    fc.assert(
      fc.property(
        fc.array(scopes, { maxLength: 30 }),
        subjects,
        subjects,
        subjects,
        (all, principal, action, resource) => {
          const index = new ScopeIndex<number>();
          for (const [id, scope] of all.entries()) index.add(scope, id);
          const expected = all.flatMap((scope, id) =>
            holds(scope.principal, principal) &&
            scope.actions.some((constraint) => holds(constraint, action)) &&
            holds(scope.resource, resource)
              ? [id]
              : [],
          );
          const found = index.matching(principal, action, resource).flat();
          expect(found.toSorted((a, b) => a - b)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps every policy that shares a scope', () => {
    const index = new ScopeIndex<string>();
    const anywhere: Scope = { principal: { kind: 'any' }, actions: [{ kind: 'any' }], resource: { kind: 'any' } };
    index.add(anywhere, 'one');
    index.add(anywhere, 'two');
    const subject = { uid: new EntityUid('A', 'x'), ancestors: new Set<string>() };
    expect(index.matching(subject, subject, subject)).toEqual([['one', 'two']]);
  });
});
