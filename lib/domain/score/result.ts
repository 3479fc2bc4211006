import type { CellEvaluation } from './cell';
import type { ControlEvaluation } from './control';
import type { EntityEvaluation, LayerEvaluation } from './entity';
import type { OpenCap } from './input';
import { toBasisPoints, WHOLE } from './units';

/** One layer as stored and shown. Shares and scores in basis points 0–10 000. */
export interface LayerScore {
  readonly id: string;
  readonly state: CellEvaluation['state'];
  /** S, the proven score. */
  readonly score: number;
  /** B: the mean before the key-control limit. */
  readonly base: number;
  /** K: the lowest key control; `null` without one. */
  readonly floor: number | null;
  readonly claimed: number;
  readonly open: number;
  /** Mean level in hundredths, 0–500. */
  readonly maturityHundredths: number;
  readonly coverage: number;
  readonly stale: boolean;
  readonly cappedByKey: boolean;
  /** The weakest key control. */
  readonly keyControlId: string | null;
  readonly notApplicableShare: number;
  /** More of the layer's weight is set to not applicable than the method lets pass unremarked. */
  readonly notApplicableFlag: boolean;
}

/** One control as stored and shown, basis points. */
export interface ControlScore {
  readonly id: string;
  /** v, q and c of the method. */
  readonly proven: number;
  readonly support: number;
  readonly claimed: number;
  readonly counted: boolean;
  readonly stale: boolean;
}

/** The readiness of an entity, basis points; plain data with a fixed key order, so equal scores are equal bytes. */
export interface EntityScore {
  readonly id: string;
  readonly method: string;
  readonly day: number;
  readonly proven: number;
  readonly claimed: number;
  readonly open: number;
  readonly level: number;
  /** M: the mean of the layers before the weakest-layer limit and the caps. */
  readonly mean: number;
  readonly weakestLayerId: string | null;
  readonly coverage: number;
  /** Σwq / Σw. */
  readonly evidenceCoverage: number;
  /** The same over independent evidence alone. */
  readonly independentShare: number;
  readonly layers: readonly LayerScore[];
  readonly controls: readonly ControlScore[];
  readonly caps: readonly OpenCap[];
}

/** Rounds an evaluation down to basis points. */
export function entityScore(evaluation: EntityEvaluation): EntityScore {
  const { input, method, day } = evaluation;
  return {
    id: input.id,
    method: method.id,
    day,
    proven: toBasisPoints(evaluation.proven.value),
    claimed: toBasisPoints(evaluation.claimed.value),
    open: toBasisPoints(evaluation.open.value),
    level: evaluation.level,
    mean: toBasisPoints(evaluation.proven.mean),
    weakestLayerId: evaluation.proven.weakestId,
    coverage: toBasisPoints(evaluation.coverage),
    evidenceCoverage: toBasisPoints(evaluation.support),
    independentShare: toBasisPoints(evaluation.independent),
    layers: evaluation.layers.map((layer) => layerScore(layer, method.notApplicableFlag)),
    controls: evaluation.controls.map(controlScore),
    caps: input.caps,
  };
}

function layerScore(layer: LayerEvaluation, notApplicableFlag: number): LayerScore {
  const { proven } = layer;
  const notApplicableShare = toBasisPoints(layer.notApplicableShare);
  return {
    id: layer.id,
    state: layer.state,
    score: toBasisPoints(proven.value),
    base: toBasisPoints(proven.base),
    floor: proven.floor === null ? null : toBasisPoints(proven.floor),
    claimed: toBasisPoints(layer.claimed.value),
    open: toBasisPoints(layer.open.value),
    maturityHundredths: maturityHundredths(layer.maturity),
    coverage: toBasisPoints(layer.coverage),
    stale: layer.stale,
    cappedByKey: proven.value < proven.base,
    keyControlId: layer.weakestKeyId,
    notApplicableShare,
    notApplicableFlag: layer.notApplicableShare * 10_000 > notApplicableFlag * WHOLE,
  };
}

function controlScore(control: ControlEvaluation): ControlScore {
  return {
    id: control.id,
    proven: toBasisPoints(control.proven),
    support: toBasisPoints(control.support),
    claimed: toBasisPoints(control.claimed),
    counted: control.counted,
    stale: control.stale,
  };
}

/** Maturity units (one whole = level 5) as hundredths of a level, 0–500. */
export function maturityHundredths(units: number): number {
  return Math.floor((units * 500) / WHOLE);
}
