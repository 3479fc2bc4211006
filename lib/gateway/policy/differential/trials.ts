import type { Cedar, PolicySources } from '../cedar/cedar';
import { compilePolicySet } from '../compile/policy-set';
import { type Expression, operandsOf, type PolicySetJson, tagged } from '../language/expression';
import { formatPolicy } from '../language/format-policy';
import { viewSchema } from '../language/schema-view';
import { type Agreement, compareWithCedar, type Difference } from './compare';
import { generateCases } from './generate-cases';
import { generatePolicySet } from './generate-policies';
import { Random } from './random';
import { TRIAL_SCHEMA } from './trial-schema';

export interface TrialOptions {
  /** The same seed makes the same policies and requests. */
  readonly seed: number;
  readonly policySets: number;
  readonly casesPerSet: number;
}

/** A difference with all that is needed to look at it again. */
export interface TrialDifference extends Difference {
  readonly sources: PolicySources;
}

export interface TrialResult extends Omit<Agreement, 'differences'> {
  /** Static policies and template links that were compiled. */
  readonly policies: number;
  /** Every operator and extension function that occurred in a condition. */
  readonly operators: ReadonlySet<string>;
  readonly differences: readonly TrialDifference[];
}

/**
 * Generates policy sets and requests over the trial schema and puts each request to the compiled set and to Cedar.
 *
 * Policies travel as text, so parsing takes part. Throws when Cedar refuses what was generated.
 */
export async function runTrials(cedar: Cedar, { seed, policySets, casesPerSet }: TrialOptions): Promise<TrialResult> {
  const schema = await cedar.schemaToJson(TRIAL_SCHEMA);
  if (!schema.ok) throw new Error(JSON.stringify(schema.problems));
  const view = viewSchema(schema.value);
  const random = new Random(seed);
  const counts = { policies: 0, compared: 0, allowed: 0, determined: 0, erroneous: 0 };
  const operators = new Set<string>();
  const differences: TrialDifference[] = [];
  for (let round = 0; round < policySets; round++) {
    const sources = toSources(generatePolicySet(view, random, { policies: 14, templates: 3 }));
    const parsed = await cedar.parse(sources);
    if (!parsed.ok) throw new Error(JSON.stringify([parsed.problems, sources]));
    collectOperators(parsed.value, operators);
    const compiled = compilePolicySet(parsed.value);
    const cases = [...generateCases(schema.value, parsed.value, random, { count: casesPerSet })];
    const agreement = await compareWithCedar(cedar, sources, compiled, cases);
    counts.policies += compiled.policies.length;
    counts.compared += agreement.compared;
    counts.allowed += agreement.allowed;
    counts.determined += agreement.determined;
    counts.erroneous += agreement.erroneous;
    differences.push(...agreement.differences.map((difference) => ({ ...difference, sources })));
  }
  return { ...counts, operators, differences };
}

function toSources(set: PolicySetJson): PolicySources {
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
