import { describe, expect, it } from 'vitest';
import { compilePolicySet } from '../compile/policy-set';
import { EntityStore } from '../entity-store';
import type { PolicyJson } from '../language/expression';
import { parseRequest } from '../request';
import type { Change } from './change';
import { FlipTrials, searchExhaustively } from './search';

const uid = { type: 'A', id: 'x' };
const SCENE = {
  ...parseRequest({ principal: uid, action: uid, resource: uid, context: {} }),
  entities: EntityStore.EMPTY,
};

const set = (name: string): Change => ({
  kind: 'value',
  location: { holder: 'context', path: [name] },
  value: true,
  isExample: false,
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

function search(policy: PolicyJson, inputs: readonly string[]) {
  const trials = new FlipTrials(compilePolicySet({ policies: { policy } }), SCENE, 'allow');
  const result = searchExhaustively({ joins: [], changesAfter: () => inputs.map(set) }, trials);
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
});
