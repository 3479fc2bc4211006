import type { CellEvaluation } from './cell';
import type { EntityEvaluation } from './entity';
import { bandOf } from './level';
import type { MethodR1 } from './method';
import { toBasisPoints, toUnits, weightedMean } from './units';
import { verdictOf } from './verdict';

/** What a cell is made of before rounding, in units: a set of controls, an entity, or a group of either. */
export interface Figure {
  readonly state: 'scored' | 'not-assessed' | 'not-applicable';
  readonly proven: number;
  readonly claimed: number;
  readonly open: number;
  /** One whole = level 5. */
  readonly maturity: number;
  readonly coverage: number;
  readonly stale: boolean;
  /** Something weak holds it below its mean: a key control, a layer, an entity or a hard cap. */
  readonly capped: boolean;
  /** The weakest part, or the cap. */
  readonly weakestId: string | null;
}

/** A figure that is part of a group. */
export interface FigurePart {
  readonly id: string;
  /** Positive integer. */
  readonly weight: number;
  readonly figure: Figure;
}

/** A cell with a number. Scores and shares in basis points. */
export interface ScoredCell {
  readonly state: 'scored';
  readonly proven: number;
  readonly claimed: number;
  readonly open: number;
  /** Mean level in hundredths, 0–500. */
  readonly maturityHundredths: number;
  /** Band 0–5 of the proven score. */
  readonly level: number;
  readonly coverage: number;
  readonly stale: boolean;
  readonly capped: boolean;
  readonly weakestId: string | null;
}

/** A cell of the heatmap: "not assessed" is neither 0 nor "not applicable" (domain.md §5). */
export type HeatmapCell = ScoredCell | { readonly state: 'not-assessed' | 'not-applicable' };

/** The figure of controls seen together: a layer, an obligation, a capability. */
export function figureOfControls(cell: CellEvaluation): Figure {
  return {
    state: cell.state,
    proven: cell.proven.value,
    claimed: cell.claimed.value,
    open: cell.open.value,
    maturity: cell.maturity,
    coverage: cell.coverage,
    stale: cell.stale,
    capped: cell.proven.value < cell.proven.base,
    weakestId: cell.weakestKeyId,
  };
}

/** The figure of a whole entity. */
export function figureOfEntity({ proven, claimed, open, layers, coverage, lowestCap }: EntityEvaluation): Figure {
  const counted = layers.filter((layer) => layer.state !== 'not-applicable');
  const isHeldByCap = proven.value < proven.linked;
  return {
    state: counted.length === 0 ? 'not-applicable' : coverage === 0 ? 'not-assessed' : 'scored',
    proven: proven.value,
    claimed: claimed.value,
    open: open.value,
    maturity: weightedMean(
      counted,
      (layer) => layer.countedWeight,
      (layer) => layer.maturity,
    ),
    coverage,
    stale: counted.some((layer) => layer.stale),
    capped: proven.value < proven.mean,
    weakestId: isHeldByCap && lowestCap !== null ? lowestCap.id : proven.weakestId,
  };
}

/**
 * The figure of several parts seen as one: their weighted mean, at most the margin of the weakest link above the
 * weakest of them. Parts that do not apply stay out.
 */
export function figureOfGroup(parts: readonly FigurePart[], method: MethodR1): Figure {
  const counted = parts.filter((part) => part.figure.state !== 'not-applicable');
  const verdict = (kind: 'proven' | 'claimed' | 'open') =>
    verdictOf(
      counted.map(({ id, weight, figure }) => ({ id, weight, value: figure[kind] })),
      method,
    );
  const mean = (pick: (figure: Figure) => number) =>
    weightedMean(
      counted,
      (part) => part.weight,
      (part) => pick(part.figure),
    );
  const proven = verdict('proven');
  const isAssessed = counted.some((part) => part.figure.state === 'scored');
  return {
    state: counted.length === 0 ? 'not-applicable' : isAssessed ? 'scored' : 'not-assessed',
    proven: proven.value,
    claimed: verdict('claimed').value,
    open: verdict('open').value,
    maturity: mean((figure) => figure.maturity),
    coverage: mean((figure) => figure.coverage),
    stale: counted.some((part) => part.figure.stale),
    capped: proven.value < proven.mean,
    weakestId: proven.weakestId,
  };
}

/** Rounds a figure down to what a cell shows. */
export function cellOf(figure: Figure, method: MethodR1): HeatmapCell {
  if (figure.state !== 'scored') return { state: figure.state };
  const proven = toBasisPoints(figure.proven);
  return {
    state: 'scored',
    proven,
    claimed: toBasisPoints(figure.claimed),
    open: toBasisPoints(figure.open),
    maturityHundredths: Math.floor(figure.maturity / MATURITY_HUNDREDTH),
    level: bandOf(proven, method),
    coverage: toBasisPoints(figure.coverage),
    stale: figure.stale,
    capped: figure.capped,
    weakestId: figure.weakestId,
  };
}

/** A hundredth of a level: one whole is level 5, which is 500 of them. */
const MATURITY_HUNDREDTH = toUnits(20);

/** Smallest change that gets a trend arrow: two points. */
const SMALLEST_TREND = 200;

/**
 * The signed change between two proven scores in basis points, or `null` when it is too small to mean anything or
 * there is nothing to compare with under the same method.
 */
export function trendOf(
  current: { readonly proven: number; readonly method: string },
  previous: { readonly proven: number; readonly method: string } | null,
): number | null {
  if (previous === null || previous.method !== current.method) return null;
  const delta = current.proven - previous.proven;
  return Math.abs(delta) >= SMALLEST_TREND ? delta : null;
}
