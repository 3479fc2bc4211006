import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { compilePolicySet } from '../compile/policy-set';
import { decide } from '../decide';
import { EntityStore } from '../entity-store';
import type { Expression, PolicyJson, PrincipalOrResourceConstraint } from '../language/expression';
import { parseRequest } from '../request';
import { explain } from './explain';

/** Everything that can be changed: what a request says and which teams its principal is in. */
interface Facts {
  readonly a: number;
  readonly b: number;
  readonly x: boolean;
  readonly y: boolean;
  readonly red: boolean;
  readonly blue: boolean;
}

const TEAMS = ['red', 'blue'] as const;
const who = { type: 'Agent', id: 'anna' };
const team = (id: string) => ({ type: 'Team', id });

const input = (name: string): Expression => ({ '.': { left: { Var: 'context' }, attr: name } });

const comparison = fc
  .tuple(fc.constantFrom('<', '<=', '==', '!=', '>', '>='), fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 3 }))
  .map(([operator, name, Value]) => ({ [operator]: { left: input(name), right: { Value } } }) as unknown as Expression);

const membership = fc
  .constantFrom(...TEAMS)
  .map((id): Expression => ({ in: { left: { Var: 'principal' }, right: { Value: { __entity: team(id) } } } }));

const condition = fc.letrec<{ node: Expression }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.constantFrom('x', 'y').map(input), comparison, comparison, membership),
    tie('node').map((arg): Expression => ({ '!': { arg } })),
    fc.tuple(tie('node'), tie('node')).map(([left, right]): Expression => ({ '&&': { left, right } })),
    fc.tuple(tie('node'), tie('node')).map(([left, right]): Expression => ({ '||': { left, right } })),
  ),
})).node;

const scope = fc.oneof(
  fc.constant<PrincipalOrResourceConstraint>({ op: 'All' }),
  fc.constantFrom(...TEAMS).map((id): PrincipalOrResourceConstraint => ({ op: 'in', entity: team(id) })),
);

const policy = fc
  .tuple(fc.constantFrom('permit' as const, 'forbid' as const), scope, condition)
  .map(([effect, principal, body]): PolicyJson => ({
    effect,
    principal,
    action: { op: 'All' },
    resource: { op: 'All' },
    conditions: [{ kind: 'when', body }],
  }));

const small = fc.integer({ min: -1, max: 4 });
const facts: fc.Arbitrary<Facts> = fc.record({
  a: small,
  b: small,
  x: fc.boolean(),
  y: fc.boolean(),
  red: fc.boolean(),
  blue: fc.boolean(),
});

function sceneOf({ red, blue, ...context }: Facts) {
  const parents = TEAMS.filter((id) => (id === 'red' ? red : blue)).map(team);
  return {
    request: parseRequest({ principal: who, action: who, resource: team('none'), context }),
    entities: EntityStore.fromJson([{ uid: who, attrs: {}, parents }]),
  };
}

/** Every combination of facts there is, with the scene it makes. */
const EVERYTHING = combine({
  a: [-1, 0, 1, 2, 3, 4],
  b: [-1, 0, 1, 2, 3, 4],
  x: [true, false],
  y: [true, false],
  red: [true, false],
  blue: [true, false],
}).map((one) => ({ one, ...sceneOf(one) }));

function combine(choices: { readonly [Name in keyof Facts]: readonly Facts[Name][] }): Facts[] {
  const partial = Object.entries(choices).reduce<Record<string, unknown>[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
  return partial as unknown as Facts[];
}

function distance(left: Facts, right: Facts): number {
  return (Object.keys(left) as (keyof Facts)[]).filter((name) => left[name] !== right[name]).length;
}

/** `context.a` or `Agent::"anna" in Team::"red"` as the name of the fact it is about. */
function factOf(name: string): string {
  return name.replace('context.', '').replace(/^.* in Team::"(.*)"$/, '$1');
}

it('always proposes what really flips, and proves smallest only what brute force cannot beat', () => {
  let claimed = 0;
  let joined = 0;
  fc.assert(
    fc.property(fc.array(policy, { minLength: 1, maxLength: 4 }), facts, (policies, present) => {
      const set = compilePolicySet({ policies: Object.fromEntries(policies.entries()) });
      const { request, entities } = sceneOf(present);
      const { decision, flip } = explain(set, request, entities);
      const flipping = EVERYTHING.filter((other) => decide(set, other.request, other.entities).effect === flip.effect);
      const fewest = Math.min(...flipping.map(({ one }) => distance(one, present)));
      expect(flip.effect).not.toBe(decision.effect);
      if (!flip.changes) {
        // Only beyond the exhaustive search may something be missed, and then it says so.
        if (flip.isMinimal) expect(fewest).toBe(Infinity);
        return;
      }
      const changed = Object.fromEntries(flip.changes.map(({ input: name, to }) => [factOf(name), to]));
      const after = sceneOf({ ...present, ...changed });
      expect(decide(set, after.request, after.entities).effect).toBe(flip.effect);
      expect(flip.changes.length).toBeGreaterThanOrEqual(fewest);
      if (flip.isMinimal) expect(flip.changes.length).toBe(fewest);
      claimed += flip.isMinimal ? 1 : 0;
      joined += 'red' in changed || 'blue' in changed ? 1 : 0;
    }),
    { numRuns: 400 },
  );
  expect(claimed).toBeGreaterThan(200);
  expect(joined).toBeGreaterThan(30);
});
