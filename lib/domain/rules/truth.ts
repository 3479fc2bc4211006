/** The answer to a legal question: a fact nobody has stated yet never counts as "no". */
export type Truth = 'yes' | 'no' | 'unknown';

/** Kleene negation: what is unknown stays unknown. */
export function negate(truth: Truth): Truth {
  if (truth === 'unknown') return 'unknown';
  return truth === 'yes' ? 'no' : 'yes';
}

/** Kleene conjunction: one "no" decides, otherwise one "unknown" keeps the answer open. Empty input is "yes". */
export function conjunction(truths: readonly Truth[]): Truth {
  if (truths.includes('no')) return 'no';
  return truths.includes('unknown') ? 'unknown' : 'yes';
}

/** Kleene disjunction: one "yes" decides, otherwise one "unknown" keeps the answer open. Empty input is "no". */
export function disjunction(truths: readonly Truth[]): Truth {
  if (truths.includes('yes')) return 'yes';
  return truths.includes('unknown') ? 'unknown' : 'no';
}
