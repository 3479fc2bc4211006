import type { Reason } from '@/lib/domain/rules/compare';
import type { Facts } from '@/lib/domain/rules/condition';
import { evaluate, type World } from '@/lib/domain/rules/evaluate';
import { disjunction, type Truth } from '@/lib/domain/rules/truth';
import type { SignificanceCriterion, SignificanceEntityType, SignificanceRuleBook } from './rule-book';

/** One criterion with its answer: met (`yes`), not met (`no`) or `unknown`, and the numbers used. */
export interface CriterionResult {
  readonly id: string;
  readonly reference: string;
  readonly description: string;
  readonly truth: Truth;
  readonly reasons: readonly Reason[];
  readonly missing: readonly string[];
}

/** A fact to ask for next, with the criteria that wait for it. */
export interface SignificanceQuestion {
  readonly fact: string;
  readonly askedBy: readonly string[];
}

/** Advice on significance; a named person decides. Plain data, fit for JSON. */
export interface SignificanceAssessment {
  readonly significant: Truth;
  /** Criteria of the entity type, in the order of the rule book. */
  readonly criteria: readonly CriterionResult[];
  readonly met: readonly string[];
  readonly open: readonly string[];
  /**
   * Scheduled maintenance lifts the incident out of significance for the types of Regulation (EU) 2024/2690
   * (Article 3(2)). `unknown` beside a met criterion means: significant, unless someone states that it was scheduled.
   */
  readonly excluded: Truth;
  /** Facts to ask for; empty once no missing fact can change the answer. */
  readonly questions: readonly SignificanceQuestion[];
  /** The same with everything that is not stated read as answered no, as the catalogue's vectors are written. */
  readonly ifNothingElseIsTrue: { readonly significant: boolean; readonly met: readonly string[] };
  readonly ruleBookVersion: string;
}

/** Id under which a question asks for the exclusion of Article 3(2). */
export const EXCLUSION = 'cir.3.2';
const MAINTENANCE_FACT = 'scheduled_maintenance';

/** For whom the question is asked; null is not known yet. */
interface Scope {
  readonly type: SignificanceEntityType | null;
  readonly jurisdictions: readonly string[] | null;
}

/**
 * Answers whether an incident is significant under Article 23(3) of Directive (EU) 2022/2555 and Articles 3 to 14 of
 * Regulation (EU) 2024/2690: yes if one criterion of the entity type holds, otherwise unknown if one is open,
 * otherwise no. A missing fact never counts as no.
 *
 * `jurisdictions` are the countries whose own thresholds apply; null while unknown, which leaves a national criterion
 * open instead of dropping it. Facts in the units of the rule book (EUR, minutes, users in the Union).
 * @throws RangeError if the entity type is not in the rule book. @throws TypeError if a fact has the wrong type.
 */
export function assessSignificance(
  book: SignificanceRuleBook,
  facts: Facts,
  jurisdictions: readonly string[] | null = null,
): SignificanceAssessment {
  const scope: Scope = { type: entityTypeOf(book, facts), jurisdictions };
  const applicable = book.criteria.filter((criterion) => applies(criterion, scope));
  const criteria = applicable.map((each) => resultOf(each, facts, scope, 'open'));
  const closed = applicable.map((each) => resultOf(each, facts, scope, 'closed'));
  const excluded = exclusionOf(scope.type, facts);
  const asksForMaintenance = excluded === 'unknown' && (facts[MAINTENANCE_FACT] ?? null) === null;
  const isExcluded = excluded === 'yes';
  const idsWith = (results: readonly CriterionResult[], truth: Truth) =>
    isExcluded ? [] : results.filter((result) => result.truth === truth).map((result) => result.id);
  const met = idsWith(criteria, 'yes');
  const metIfClosed = idsWith(closed, 'yes');
  const significant = isExcluded ? 'no' : disjunction(criteria.map((result) => result.truth));
  return {
    significant,
    criteria,
    met,
    open: idsWith(criteria, 'unknown'),
    excluded,
    questions: questionsOf(criteria, significant, asksForMaintenance),
    ifNothingElseIsTrue: { significant: metIfClosed.length > 0, met: metIfClosed },
    ruleBookVersion: book.version,
  };
}

/** Without an entity type every criterion could apply, so all are shown and none can be settled. */
function applies(criterion: SignificanceCriterion, scope: Scope): boolean {
  const { appliesTo, jurisdiction } = criterion;
  if (scope.type !== null && !appliesTo.includes(scope.type.id)) return false;
  return jurisdiction === null || scope.jurisdictions === null || scope.jurisdictions.includes(jurisdiction);
}

function resultOf(criterion: SignificanceCriterion, facts: Facts, scope: Scope, world: World): CriterionResult {
  const { id, reference, description } = criterion;
  const verdict = evaluate(criterion.condition, facts, world);
  const undetermined = [
    ...(scope.type === null ? ['entity_type'] : []),
    ...(criterion.jurisdiction !== null && scope.jurisdictions === null ? ['jurisdiction'] : []),
  ];
  if (undetermined.length === 0 || verdict.truth === 'no') return { id, reference, description, ...verdict };
  const missing = [...undetermined, ...verdict.missing];
  return { id, reference, description, truth: 'unknown', reasons: verdict.reasons, missing };
}

function entityTypeOf(book: SignificanceRuleBook, facts: Facts): SignificanceEntityType | null {
  const id = facts['entity_type'] ?? null;
  if (id === null) return null;
  const type = typeof id === 'string' ? book.entityTypes.get(id) : undefined;
  if (!type) throw new RangeError(`entity type ${JSON.stringify(id)} is not in the rule book`);
  return type;
}

function exclusionOf(type: SignificanceEntityType | null, facts: Facts): Truth {
  if (type?.isUnder2024_2690 === false) return 'no';
  const scheduled = facts[MAINTENANCE_FACT] ?? null;
  if (scheduled === null) return 'unknown';
  if (typeof scheduled !== 'boolean') throw new TypeError(`${MAINTENANCE_FACT} must be a boolean`);
  if (!scheduled) return 'no';
  return type === null ? 'unknown' : 'yes';
}

/** Once a criterion is met only the exclusion can change the answer; while none is, every open criterion can. */
function questionsOf(
  criteria: readonly CriterionResult[],
  significant: Truth,
  asksForMaintenance: boolean,
): readonly SignificanceQuestion[] {
  if (significant === 'no') return [];
  const askedBy = new Map<string, string[]>();
  for (const result of significant === 'unknown' ? criteria : []) {
    for (const fact of result.missing) askedBy.set(fact, [...(askedBy.get(fact) ?? []), result.id]);
  }
  if (asksForMaintenance) askedBy.set(MAINTENANCE_FACT, [EXCLUSION]);
  return [...askedBy].map(([fact, ids]) => ({ fact, askedBy: ids }));
}
