import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cedar } from '../cedar/cedar';
import { compilePolicySet } from '../compile/policy-set';
import { type Expression, operandsOf, type PolicySetJson, tagged } from '../language/expression';
import { formatPolicy } from '../language/format-policy';
import type { SchemaJson } from '../language/schema';
import { viewSchema } from '../language/schema-view';
import { EXTENSION_FUNCTIONS } from '../values/extension-functions';
import { compareWithCedar } from './compare';
import { generateCases } from './generate-cases';
import { generatePolicySet } from './generate-policies';
import { Random } from './random';
import { TRIAL_SCHEMA } from './trial-schema';

const POLICY_SETS = 175;
const CASES_PER_SET = 30;

describe('compiled policies and cedar-wasm', () => {
  const cedar = new Cedar();
  let schema: SchemaJson;

  beforeAll(async () => {
    const answer = await cedar.schemaToJson(TRIAL_SCHEMA);
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
    schema = answer.value;
  });
  afterAll(() => cedar.close());

  it('answer 5,250 generated requests alike: decision, determining and erroneous policies', async () => {
    const view = viewSchema(schema);
    const random = new Random(20_260_714);
    const operators = new Set<string>();
    const totals = { compared: 0, allowed: 0, determined: 0, erroneous: 0 };
    for (let round = 0; round < POLICY_SETS; round++) {
      const sources = toSources(generatePolicySet(view, random, { policies: 14, templates: 3 }));
      const parsed = await cedar.parse(sources);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, undefined, 1));
      collectOperators(parsed.value, operators);
      const cases = [...generateCases(schema, parsed.value, random, { count: CASES_PER_SET })];
      const { differences, ...counts } = await compareWithCedar(cedar, sources, compilePolicySet(parsed.value), cases);
      expect(differences, JSON.stringify([sources, differences[0]], undefined, 1)).toEqual([]);
      for (const count of Object.keys(totals) as (keyof typeof totals)[]) totals[count] += counts[count];
    }
    // The comparison is worth something only if every operator occurred and all outcomes were frequent.
    expect([...operators].toSorted()).toEqual([...OPERATORS, ...EXTENSION_FUNCTIONS.keys()].toSorted());
    expect(totals.compared).toBe(POLICY_SETS * CASES_PER_SET);
    expect(totals.allowed).toBeGreaterThan(1_000);
    expect(totals.determined).toBeGreaterThan(2_500);
    expect(totals.erroneous).toBeGreaterThan(1_500);
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

const OPERATORS = (
  'Value Var Set Record ! neg isEmpty && || == != < <= > >= + - * ' +
  'in contains containsAll containsAny getTag hasTag . has like is if-then-else'
).split(' ');

function toSources(set: PolicySetJson) {
  const format = (policies: PolicySetJson['policies']) =>
    Object.fromEntries(Object.entries(policies).map(([id, policy]) => [id, formatPolicy(policy)]));
  return { policies: format(set.policies), templates: format(set.templates ?? {}), links: set.links ?? [] };
}

function collectOperators({ policies, templates = {} }: PolicySetJson, into: Set<string>): void {
  const visit = (expression: Expression) => {
    const tag = tagged(expression);
    into.add(tag.operator === 'call' ? tag.name : tag.operator);
    operandsOf(expression).forEach(visit);
  };
  for (const { conditions } of [...Object.values(policies), ...Object.values(templates)]) {
    for (const { body } of conditions) visit(body);
  }
}
