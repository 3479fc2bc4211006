import type { ControlEvaluation } from './control';
import type { MethodR1 } from './method';
import { shareOf, toUnits, weightedMean } from './units';

/** A mean and the limit its weakest key control puts on it, in units. */
export interface Limited {
  /** B: weighted mean over the controls that count. */
  readonly base: number;
  /** K: lowest value of a key control; `null` when there is none. */
  readonly floor: number | null;
  /** S = min(B, K + 0.25). */
  readonly value: number;
}

/** Any set of controls seen together: a layer, the controls of one obligation, a capability. Shares in units. */
export interface CellEvaluation {
  readonly state: 'scored' | 'not-assessed' | 'not-applicable';
  /** Weight of the controls that count. */
  readonly countedWeight: number;
  /** Share of the weight set to not applicable. */
  readonly notApplicableShare: number;
  readonly proven: Limited;
  readonly claimed: Limited;
  readonly open: Limited;
  /** Share of marks given. */
  readonly coverage: number;
  readonly support: number;
  readonly independent: number;
  readonly maturity: number;
  readonly stale: boolean;
  /** The key control with the lowest proven value (the first by id among equals). */
  readonly weakestKeyId: string | null;
}

/** Evaluates controls as one cell of the heatmap. Order plays no part. */
export function evaluateCell(controls: readonly ControlEvaluation[], method: MethodR1): CellEvaluation {
  const counted = controls.filter((control) => control.counted);
  const keys = counted.filter((control) => control.key);
  const mean = (pick: (control: ControlEvaluation) => number) => weightedMean(counted, weightOf, pick);
  const limited = (pick: (control: ControlEvaluation) => number): Limited => {
    const floor = keys.length === 0 ? null : Math.min(...keys.map(pick));
    const base = mean(pick);
    return { base, floor, value: limitBy(base, floor, method) };
  };
  const countedWeight = totalWeight(counted);
  const coverage = mean((control) => control.answered);
  return {
    state: counted.length === 0 ? 'not-applicable' : coverage === 0 ? 'not-assessed' : 'scored',
    countedWeight,
    notApplicableShare: shareOf(totalWeight(controls) - countedWeight, totalWeight(controls)),
    proven: limited((control) => control.proven),
    claimed: limited((control) => control.claimed),
    open: limited((control) => control.open),
    coverage,
    support: mean((control) => control.support),
    independent: mean((control) => control.independent),
    maturity: mean((control) => control.maturity),
    stale: counted.some((control) => control.stale),
    weakestKeyId: weakestOf(keys),
  };
}

/** S = min(B, K + 0.25); without a key control S = B. */
export function limitBy(base: number, floor: number | null, method: MethodR1): number {
  return floor === null ? base : Math.min(base, floor + toUnits(method.keyMargin));
}

function weakestOf(keys: readonly ControlEvaluation[]): string | null {
  let weakest: ControlEvaluation | undefined;
  for (const key of keys) {
    if (!weakest || key.proven < weakest.proven || (key.proven === weakest.proven && key.id < weakest.id))
      weakest = key;
  }
  return weakest?.id ?? null;
}

function totalWeight(controls: readonly ControlEvaluation[]): number {
  return controls.reduce((sum, control) => sum + control.weight, 0);
}

function weightOf(control: ControlEvaluation): number {
  return control.weight;
}
