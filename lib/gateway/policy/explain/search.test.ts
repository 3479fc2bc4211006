import { describe, expect, it } from 'vitest';
import { compilePolicySet } from '../compile/policy-set';
import { EntityStore } from '../entity-store';
import type { PolicyJson } from '../language/expression';
import { parseRequest } from '../request';
import { EntityUid } from '../values/value';
import type { Change } from './change';
import { FlipTrials, searchExhaustively } from './search';

const uid = { type: 'A', id: 'x' };
const SCENE = {
  ...parseRequest({ principal: uid, action: uid, resource: uid, context: {} }),
  entities: EntityStore.EMPTY,
};

const set = (name: string, value = 0): Change => ({
  kind: 'value',
  location: { holder: 'context', path: [name] },
  value,
  isExample: false,
});
const join = (entity: string, group: string): Change => ({
  kind: 'membership',
  entity: new EntityUid('A', entity),
  group: new EntityUid('A', group),
  isMember: true,
});
const names = (count: number) => Array.from({ length: count }, (_, n) => `f${n}`);

/** Permits when all these are in the context. */
const permitWhen = (...needed: string[]): PolicyJson => ({
  effect: 'permit',
  principal: { op: 'All' },
  action: { op: 'All' },
  resource: { op: 'All' },
  conditions: needed.map((attr) => ({ kind: 'when', body: { has: { left: { Var: 'context' }, attr } } })),
});

const trialsOf = (policy: PolicyJson) => new FlipTrials(compilePolicySet({ policies: { policy } }), SCENE, 'allow');

function search(policy: PolicyJson, inputs: readonly string[], { values = 1, joins = [] as readonly Change[] } = {}) {
  const trials = trialsOf(policy);
  const changes = inputs.flatMap((name) => Array.from({ length: values }, (_, value) => set(name, value)));
  const result = searchExhaustively({ joins, changesAfter: () => changes }, trials);
  return { ...result, left: trials.left };
}

describe('searching all combinations', () => {
  it('finds one of the smallest that flips and says which size it was', () => {
    const { found, triedSize, isComplete } = search(permitWhen('f1', 'f3'), names(6));
    expect(found?.map((change) => change.kind === 'value' && change.location.path)).toEqual([['f1'], ['f3']]);
    expect([triedSize, isComplete]).toEqual([2, false]);
  });

  it('says that it tried everything when nothing flips', () => {
    const { found, isComplete } = search(permitWhen('nobody offers this'), names(6));
    expect([found, isComplete]).toEqual([undefined, true]);
    expect(search(permitWhen('nobody offers this'), []).isComplete).toBe(true);
  });

  it.each([40, 109, 5_999, 20_000])('keeps trials back for what follows, out of %i inputs', (count) => {
    const { triedSize, isComplete, left } = search(permitWhen('nobody offers this'), names(count));
    expect(isComplete).toBe(false);
    expect(triedSize).toBe(count < 100 ? 2 : count < 5_000 ? 1 : 0);
    expect(left).toBeGreaterThanOrEqual(300);
  });

  it('counts every value of every input, and what it costs to look at a group', () => {
    const inputs = search(permitWhen('nobody offers this'), names(30), { values: 2 });
    expect([inputs.triedSize, inputs.left]).toEqual([2, 6_000 - 30 * 2 - ((30 * 29) / 2) * 4]);
    const joins = names(600).map((group) => join('x', group));
    const groups = search(permitWhen('nobody offers this'), [], { joins });
    expect(groups).toMatchObject({ triedSize: 0, isComplete: false, left: 6_000 });
  });
});

describe('trying changes out', () => {
  it('stops when the budget is used up', () => {
    const trials = trialsOf(permitWhen('f0'));
    expect(trials.flips([set('f0')])).toBe(true);
    while (trials.left > 0) trials.flips([]);
    expect(trials.flips([set('f0')])).toBe(false);
    expect(trials.left).toBe(0);
  });

  it('finds that a circle of groups flips nothing', () => {
    const trials = trialsOf(permitWhen());
    expect(trials.flips([join('x', 'g')])).toBe(true);
    expect(trials.flips([join('x', 'g'), join('g', 'x')])).toBe(false);
  });

  it('leaves out the changes that are not needed', () => {
    const changes = names(5).map((name) => set(name));
    expect(trialsOf(permitWhen('f1', 'f3')).reduce(changes)).toEqual([set('f1'), set('f3')]);
  });
});
