import { afterAll, describe, expect, it } from 'vitest';
import { Cedar } from '../cedar/cedar';
import { compilePolicySet } from '../compile/policy-set';
import { OPERATOR_NAMES } from '../language/expression';
import { EXTENSION_FUNCTIONS } from '../values/extension-functions';
import { compareWithCedar } from './compare';
import { runTrials } from './trials';

const POLICY_SETS = 175;
const CASES_PER_SET = 30;

describe('compiled policies and cedar-wasm', () => {
  const cedar = new Cedar();
  afterAll(() => cedar.close());

  it('answer 5,250 generated requests alike: decision, determining and erroneous policies', async () => {
    const trials = await runTrials(cedar, { seed: 20_260_714, policySets: POLICY_SETS, casesPerSet: CASES_PER_SET });
    expect(trials.differences, JSON.stringify(trials.differences[0], undefined, 1)).toEqual([]);
    // The comparison is worth something only if every operator occurred and all outcomes were frequent.
    expect([...trials.operators].toSorted()).toEqual([...OPERATOR_NAMES, ...EXTENSION_FUNCTIONS.keys()].toSorted());
    expect(trials.compared).toBe(POLICY_SETS * CASES_PER_SET);
    expect(trials.policies).toBe(POLICY_SETS * 20);
    expect(trials.allowed).toBeGreaterThan(1_000);
    expect(trials.determined).toBeGreaterThan(2_500);
    expect(trials.erroneous).toBeGreaterThan(1_500);
  });

  it('a comparison reports a case on which they differ', async () => {
    const sources = { policies: { p: 'permit (principal, action, resource) when { context.hour < 8 };' } };
    const altered = { policies: { p: 'permit (principal, action, resource) when { context.hour <= 8 };' } };
    const parsed = await cedar.parse(altered);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const uid = { type: 'Agent', id: 'a' };
    const cases = [7, 8, 9].map((hour) => ({
      request: { principal: uid, action: uid, resource: uid, context: { hour } },
      entities: [],
    }));
    const { differences } = await compareWithCedar(cedar, sources, compilePolicySet(parsed.value), cases);
    expect(differences.map((difference) => difference.case.request.context)).toEqual([{ hour: 8 }]);
  });
});
