import type { Reason } from '@/lib/domain/rules/compare';
import type { Facts } from '@/lib/domain/rules/condition';
import { evaluate, type Verdict } from '@/lib/domain/rules/evaluate';
import type { ClassificationRule, ClassificationRuleBook, RuleLabel } from './rule-book';

/** A fact nobody has stated that could lead to another outcome, once stated. */
export interface OpenFact {
  readonly fact: string;
  /** The other outcomes it could lead to, in the order of the rules. */
  readonly couldLeadTo: readonly string[];
  /** The rules that ask for it. */
  readonly askedBy: readonly string[];
}

/** The class of an entity with the way it was reached; plain data, fit for JSON. */
export interface Classification {
  /** The official outcome: what is not stated counts as answered no (the catalogue's rule note). */
  readonly outcome: string;
  /** The first rule that holds. */
  readonly rule: RuleLabel;
  /** The comparisons that made it hold, with the numbers used. */
  readonly reasons: readonly Reason[];
  /** Every outcome that completing the facts can still lead to, the official one first. */
  readonly possibleOutcomes: readonly string[];
  /** No missing fact can change the outcome. */
  readonly isCertain: boolean;
  /** The facts to ask for next; empty exactly when the outcome is certain. */
  readonly openFacts: readonly OpenFact[];
  /** Each rule up to the last one that can decide, with its three-valued answer, for "why not another class". */
  readonly considered: readonly ConsideredRule[];
}

export interface ConsideredRule {
  readonly rule: RuleLabel;
  readonly verdict: Verdict;
}

/**
 * Classifies an entity under Articles 2 and 3 of Directive (EU) 2022/2555 by rules given as data: in order, the first
 * rule that holds decides. The official outcome reads a missing fact as no; beside it stands the three-valued view, so
 * that a missing fact is named and never silently taken as no. That view never leaves out a reachable outcome; while the
 * entity type itself is missing it may name one that an earlier rule would catch in every case.
 *
 * Facts as declared in the rule book: staff in annual work units, amounts in EUR million. `annex` is taken from the
 * entity type when only that is given.
 * @throws TypeError or RangeError if a fact has the wrong type; check input from outside with `checkFacts` first.
 */
export function classifyEntity(book: ClassificationRuleBook, givenFacts: Facts): Classification {
  const facts = withAnnex(book, givenFacts);
  const rule = officialRule(book, facts);
  const considered = rulesThatCanDecide(book, facts);
  const differing = considered.filter((each) => each.verdict.truth !== 'no' && each.rule.outcome !== rule.outcome);
  const openFacts = openFactsOf(considered, rule);
  return {
    outcome: rule.outcome,
    rule: labelOf(rule),
    reasons: evaluate(rule.condition, facts, 'closed').reasons,
    possibleOutcomes: [...new Set([rule.outcome, ...differing.map((each) => each.rule.outcome)])],
    isCertain: differing.length === 0,
    openFacts,
    considered,
  };
}

function withAnnex(book: ClassificationRuleBook, facts: Facts): Facts {
  if (facts['annex'] !== null && facts['annex'] !== undefined) return facts;
  const type = facts['entity_type'];
  const known = typeof type === 'string' ? book.entityTypes.get(type) : undefined;
  return known ? { ...facts, annex: known.annex } : facts;
}

function officialRule(book: ClassificationRuleBook, facts: Facts): ClassificationRule {
  const rule = book.rules.find((candidate) => evaluate(candidate.condition, facts, 'closed').truth === 'yes');
  if (!rule) throw new RangeError('the rule book has no rule that always holds');
  return rule;
}

function labelOf({ id, outcome, reference, description }: ClassificationRule): RuleLabel {
  return { id, outcome, reference, description };
}

/** Walks the rules as far as completing the facts could: up to and with the first one that holds for certain. */
function rulesThatCanDecide(book: ClassificationRuleBook, facts: Facts): readonly ConsideredRule[] {
  const considered: ConsideredRule[] = [];
  for (const rule of book.rules) {
    const verdict = evaluate(rule.condition, facts);
    considered.push({ rule: labelOf(rule), verdict });
    if (verdict.truth === 'yes') break;
  }
  return considered;
}

/**
 * A missing fact matters if it can make a rule with another outcome hold, or if it can make the official rule fail so
 * that a later rule with another outcome decides.
 */
function openFactsOf(considered: readonly ConsideredRule[], official: RuleLabel): readonly OpenFact[] {
  const officialIndex = considered.findIndex((each) => each.rule.id === official.id);
  const laterOutcomes = considered
    .slice(officialIndex + 1)
    .filter((each) => each.verdict.truth !== 'no' && each.rule.outcome !== official.outcome)
    .map((each) => each.rule.outcome);
  const byFact = new Map<string, { outcomes: Set<string>; rules: Set<string> }>();
  for (const { rule, verdict } of considered) {
    const leadsTo = rule.id === official.id ? laterOutcomes : [rule.outcome];
    if (leadsTo.every((outcome) => outcome === official.outcome)) continue;
    for (const fact of verdict.missing) {
      const entry = byFact.get(fact) ?? { outcomes: new Set<string>(), rules: new Set<string>() };
      leadsTo.forEach((outcome) => entry.outcomes.add(outcome));
      entry.rules.add(rule.id);
      byFact.set(fact, entry);
    }
  }
  return [...byFact].map(([fact, { outcomes, rules }]) => ({ fact, couldLeadTo: [...outcomes], askedBy: [...rules] }));
}
