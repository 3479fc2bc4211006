import type { MethodR1 } from './method';
import { toUnits, weightedMean, WHOLE } from './units';

/** One part of a whole that stands or falls with its weakest part: a layer of an entity, an entity of a group. */
export interface Part {
  readonly id: string;
  readonly weight: number;
  /** Units. */
  readonly value: number;
}

/** How parts become one number, in units: value = min(mean, weakest + 0.20, cap). */
export interface Verdict {
  readonly mean: number;
  readonly weakest: number;
  /** First by id among equally weak parts; `null` when there are no parts. */
  readonly weakestId: string | null;
  /** min(mean, weakest + 0.20), before any cap. */
  readonly linked: number;
  readonly value: number;
}

/**
 * The weakest-link rule of method R1. Without parts everything is 0.
 *
 * @param cap lowest open hard cap in units, one whole when there is none
 */
export function verdictOf(parts: readonly Part[], method: MethodR1, cap: number = WHOLE): Verdict {
  let weakest: Part | undefined;
  for (const part of parts) {
    if (!weakest || part.value < weakest.value || (part.value === weakest.value && part.id < weakest.id))
      weakest = part;
  }
  if (!weakest) return { mean: 0, weakest: 0, weakestId: null, linked: 0, value: 0 };
  const mean = weightedMean(parts, weightOf, valueOf);
  const linked = Math.min(mean, weakest.value + toUnits(method.weakestMargin));
  return { mean, weakest: weakest.value, weakestId: weakest.id, linked, value: Math.min(linked, cap) };
}

function weightOf(part: Part): number {
  return part.weight;
}

function valueOf(part: Part): number {
  return part.value;
}
