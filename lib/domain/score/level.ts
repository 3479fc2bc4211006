import type { MethodR1 } from './method';
import { toUnits } from './units';

/** What decides a level, in units. */
export interface LevelFacts {
  readonly readiness: number;
  /** Lowest layer score. */
  readonly weakestLayer: number;
  /** Lowest value of a key control; one whole when there is none. */
  readonly weakestKey: number;
  readonly coverage: number;
  readonly independentShare: number;
  readonly hasOpenCap: boolean;
}

/**
 * The level reached, 0–5. All or nothing: one condition missed at a level ends the climb, however well the
 * higher ones would be met.
 */
export function levelOf(facts: LevelFacts, method: MethodR1): number {
  let reached = 0;
  for (const rule of method.levels) {
    const isMet =
      facts.readiness >= toUnits(rule.minReadiness) &&
      facts.weakestLayer >= toUnits(rule.minLayer) &&
      facts.weakestKey >= toUnits(rule.minKey) &&
      facts.coverage >= toUnits(rule.minCoverage) &&
      facts.independentShare >= toUnits(rule.minIndependentShare) &&
      !(rule.requiresNoOpenCap && facts.hasOpenCap);
    if (!isMet) return reached;
    reached = rule.level;
  }
  return reached;
}

/** The band 0–5 a score stands in by its number alone, for the heatmap's words and colours. Basis points. */
export function bandOf(basisPoints: number, method: MethodR1): number {
  let band = 0;
  for (const rule of method.levels) {
    if (basisPoints >= rule.minReadiness) band = rule.level;
  }
  return band;
}
