import { evaluateCell, type CellEvaluation } from './cell';
import type { ControlEvaluation } from './control';
import type { EntityEvaluation } from './entity';
import { evaluateGroup } from './group';
import { bandOf } from './level';
import type { MethodR1 } from './method';
import { maturityHundredths } from './result';
import { toBasisPoints, weightedMean } from './units';

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
  /** The weakest key control (or, over entities, the weakest entity or a hard cap) holds the cell below its mean. */
  readonly capped: boolean;
  /** What holds it: a control or an entity. */
  readonly weakestId: string | null;
}

/** A cell of the heatmap: "not assessed" is neither 0 nor "not applicable" (domain.md §5). */
export type HeatmapCell = ScoredCell | { readonly state: 'not-assessed' | 'not-applicable' };

/** The cell of any set of controls: a layer, an obligation, a capability. */
export function cellOfControls(controls: readonly ControlEvaluation[], method: MethodR1): HeatmapCell {
  return cellOf(evaluateCell(controls, method), method);
}

/** The cell of controls already evaluated together, such as an entity's layer. */
export function cellOf(cell: CellEvaluation, method: MethodR1): HeatmapCell {
  if (cell.state !== 'scored') return { state: cell.state };
  const proven = toBasisPoints(cell.proven.value);
  return {
    state: 'scored',
    proven,
    claimed: toBasisPoints(cell.claimed.value),
    open: toBasisPoints(cell.open.value),
    maturityHundredths: maturityHundredths(cell.maturity),
    level: bandOf(proven, method),
    coverage: toBasisPoints(cell.coverage),
    stale: cell.stale,
    capped: cell.proven.value < cell.proven.base,
    weakestId: cell.weakestKeyId,
  };
}

/** The cell of a set of entities seen as a group: a sector, a country, all of them. */
export function cellOfEntities(entities: readonly EntityEvaluation[], method: MethodR1): HeatmapCell {
  const group = evaluateGroup(entities, method);
  if (group.proven.weakestId === null) return { state: 'not-applicable' };
  if (group.coverage === 0) return { state: 'not-assessed' };
  const proven = toBasisPoints(group.proven.value);
  const standing = group.layers.filter((layer) => layer.proven.weakestId !== null);
  const weights = new Map(method.layers.map((layer) => [layer.id, layer.weight]));
  return {
    state: 'scored',
    proven,
    claimed: toBasisPoints(group.claimed.value),
    open: toBasisPoints(group.open.value),
    maturityHundredths: maturityHundredths(
      weightedMean(
        standing,
        (layer) => weights.get(layer.id) ?? 1,
        (layer) => layer.maturity,
      ),
    ),
    level: bandOf(proven, method),
    coverage: toBasisPoints(group.coverage),
    stale: entities.some((entity) => entity.layers.some((layer) => layer.stale)),
    capped: group.proven.value < group.proven.mean || entities.some(isHeldByCap),
    weakestId: group.proven.weakestId,
  };
}

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

function isHeldByCap(entity: EntityEvaluation): boolean {
  return entity.proven.value < entity.proven.linked;
}
