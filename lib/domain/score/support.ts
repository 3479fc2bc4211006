import { agedWorth, effectiveValidityDays } from '../evidence/freshness';
import type { EvidenceInput } from './input';
import type { MethodR1 } from './method';
import { toUnits } from './units';

/** How far evidence carries a claim, in units. */
export interface Support {
  /** q: the best of strength × freshness. Stacking weak items gains nothing. */
  readonly best: number;
  /** The same over independent evidence alone. */
  readonly independent: number;
  /** What `best` would be if everything there were collected anew today. */
  readonly renewed: number;
}

/** Support on `day`. Items dated after `day`, or that ended before they were collected, count for nothing. */
export function supportOn(evidence: readonly EvidenceInput[], day: number, method: MethodR1): Support {
  let best = 0;
  let independent = 0;
  let renewed = 0;
  for (const item of evidence) {
    const age = day - item.collectedDay;
    const validity = effectiveValidityDays(item);
    if (age < 0 || validity < 0) continue;
    const strength = toUnits(method.strengths[item.strength]);
    const worth = agedWorth(strength, age, validity);
    if (worth > best) best = worth;
    if (item.strength === 'independent' && worth > independent) independent = worth;
    if (strength > renewed) renewed = strength;
  }
  return { best, independent, renewed };
}

/** The highest value that `support` units can carry: 0.20 + 0.80 q. */
export function carriedBy(support: number, method: MethodR1): number {
  return toUnits(method.floor) + Math.floor((support * method.supportSpan) / 10_000);
}
