import { compare, type Reason } from './compare';
import type { Condition, Facts } from './condition';
import { conjunction, disjunction, negate, type Truth } from './truth';

/** The answer to one rule. */
export interface Verdict {
  readonly truth: Truth;
  /** The comparisons that made the truth what it is; all of them while it is unknown. */
  readonly reasons: readonly Reason[];
  /** Facts that keep the truth unknown, in the order the rule asks for them; empty once it is yes or no. */
  readonly missing: readonly string[];
}

/**
 * How a comparison without its facts counts: `open` keeps it unknown (Kleene logic); `closed` reads what is not stated
 * as answered no, before any negation, which is how the catalogue states its official outcomes.
 */
export type World = 'open' | 'closed';

/** Evaluates a condition. Pure; cost is linear in the condition's size. Errors as {@link compare}. */
export function evaluate(condition: Condition, facts: Facts, world: World = 'open'): Verdict {
  return evaluateNode(condition, facts, world, false);
}

function evaluateNode(condition: Condition, facts: Facts, world: World, negated: boolean): Verdict {
  switch (condition.kind) {
    case 'always':
      return { truth: 'yes', reasons: [], missing: [] };
    case 'comparison':
      return settle(compare(condition, facts, negated), world);
    case 'not': {
      const verdict = evaluateNode(condition.part, facts, world, !negated);
      return { ...verdict, truth: negate(verdict.truth) };
    }
    default: {
      const verdicts = condition.parts.map((part) => evaluateNode(part, facts, world, negated));
      const truths = verdicts.map((verdict) => verdict.truth);
      return combine(verdicts, condition.kind === 'all' ? conjunction(truths) : disjunction(truths));
    }
  }
}

function settle(reason: Reason, world: World): Verdict {
  if (reason.truth !== 'unknown' || world === 'open') {
    return { truth: reason.truth, reasons: [reason], missing: reason.missing };
  }
  return { truth: 'no', reasons: [reason], missing: [] };
}

/** A settled truth is explained by the parts that agree with it; an open one by every part seen so far. */
function combine(verdicts: readonly Verdict[], truth: Truth): Verdict {
  const decisive = truth === 'unknown' ? verdicts : verdicts.filter((verdict) => verdict.truth === truth);
  return {
    truth,
    reasons: decisive.flatMap((verdict) => verdict.reasons),
    missing: truth === 'unknown' ? [...new Set(verdicts.flatMap((verdict) => verdict.missing))] : [],
  };
}
