import type { Cedar, CedarVerdict, PolicySources } from '../cedar/cedar';
import type { CompiledPolicySet } from '../compile/policy-set';
import { authorise, type CedarAnswer } from '../decide';
import { EntityStore } from '../entity-store';
import { parseRequest } from '../request';
import { InvalidInput } from '../values/evaluation-error';
import type { GeneratedCase } from './generate-cases';

/** A case on which the compiled policies and Cedar do not answer the same; either side may refuse a case. */
export interface Difference {
  readonly case: GeneratedCase;
  readonly compiled: CedarAnswer | { readonly refused: string };
  readonly cedar: CedarVerdict | { readonly refused: string };
}

/** What a comparison covered and found; the counts show whether it could have found anything. */
export interface Agreement {
  readonly compared: number;
  readonly allowed: number;
  /** Cases some policy determined. */
  readonly determined: number;
  /** Cases with at least one erroneous policy. */
  readonly erroneous: number;
  readonly differences: readonly Difference[];
}

/**
 * Puts the same cases to the compiled policies and to Cedar and returns those with another decision, other
 * determining policies or other erroneous policies. Error messages may differ.
 *
 * @param policies compiled from what Cedar parsed out of `sources`
 */
export async function compareWithCedar(
  cedar: Cedar,
  sources: PolicySources,
  policies: CompiledPolicySet,
  cases: readonly GeneratedCase[],
): Promise<Agreement> {
  const answers = await cedar.authorise(sources, cases);
  const counts = { compared: 0, allowed: 0, determined: 0, erroneous: 0 };
  const differences: Difference[] = [];
  for (const [position, testCase] of cases.entries()) {
    const answer = answers[position]!;
    const verdict = answer.ok ? answer.value : { refused: answer.problems.map(({ message }) => message).join('; ') };
    const compiled = answerOrRefusal(policies, testCase);
    if (outcomeOf(compiled) !== outcomeOf(verdict)) differences.push({ case: testCase, compiled, cedar: verdict });
    counts.compared++;
    if ('refused' in verdict) continue;
    if (verdict.decision === 'allow') counts.allowed++;
    if (verdict.determining.length > 0) counts.determined++;
    if (verdict.errors.length > 0) counts.erroneous++;
  }
  return { ...counts, differences };
}

function answerOrRefusal(policies: CompiledPolicySet, { request, entities }: GeneratedCase): Difference['compiled'] {
  try {
    return authorise(policies, parseRequest(request), EntityStore.fromJson(entities));
  } catch (error) {
    if (error instanceof InvalidInput) return { refused: error.message };
    throw error;
  }
}

/** All that has to be the same, in one text. */
function outcomeOf(answer: CedarAnswer | CedarVerdict | { readonly refused: string }): string {
  if ('refused' in answer) return 'refused';
  const erroneous = answer.errors.map(({ policyId }) => policyId);
  return JSON.stringify([answer.decision, answer.determining.toSorted(), erroneous.toSorted()]);
}
