import type { ControlEvaluation } from '../score/control';
import type { LayerEvaluation } from '../score/entity';
import { toBasisPoints } from '../score/units';
import type { Scoreboard } from '../scoreboard/scoreboard';

/**
 * Why a control moved, as far as its values tell:
 * - `evidence-added` / `evidence-lost`: what supports the claim rose, or fell at once
 * - `evidence-faded`: what supports it grew older than its validity
 * - `mark-raised` / `mark-lowered`: the claim itself
 * - `entered` / `left`: it began or ceased to count
 */
export type ChangeCause =
  | 'evidence-added'
  | 'evidence-lost'
  | 'evidence-faded'
  | 'mark-raised'
  | 'mark-lowered'
  | 'entered'
  | 'left';

/** One layer of one entity that moved, with the control that moved it most. */
export interface LayerChange {
  readonly entityId: string;
  readonly layerId: string;
  /** Change of the proven score in basis points, signed. */
  readonly delta: number;
  readonly controlId: string;
  readonly cause: ChangeCause;
}

/** Smaller movements are not worth a director's time: one point. */
const SMALLEST = 100;

/**
 * Layers whose proven score moved by a point or more between two boards, the largest movement first. Entities and
 * layers that are in only one of them are left out: they did not move, they came or went. Boards under different
 * methods cannot be compared and give nothing.
 */
export function layerChanges(before: Scoreboard, now: Scoreboard): LayerChange[] {
  if (before.method.id !== now.method.id) return [];
  const earlier = new Map(before.entities.map((entity) => [entity.id, entity.evaluation]));
  return now.entities
    .flatMap(({ id, evaluation }) => {
      const old = new Map(earlier.get(id)?.layers.map((layer) => [layer.id, layer]));
      return evaluation.layers.flatMap((layer) => changeOf(id, old.get(layer.id), layer));
    })
    .toSorted((a, b) => Math.abs(b.delta) - Math.abs(a.delta) || (keyOf(a) < keyOf(b) ? -1 : 1));
}

function changeOf(entityId: string, before: LayerEvaluation | undefined, now: LayerEvaluation): LayerChange[] {
  if (before?.state !== 'scored' || now.state !== 'scored') return [];
  const delta = toBasisPoints(now.proven.value) - toBasisPoints(before.proven.value);
  if (Math.abs(delta) < SMALLEST) return [];
  const mover = moverOf(before.controls, now.controls, Math.sign(delta));
  return mover ? [{ entityId, layerId: now.id, delta, ...mover }] : [];
}

/** The control that moved its layer most in the direction the layer went. */
function moverOf(
  before: readonly ControlEvaluation[],
  now: readonly ControlEvaluation[],
  direction: number,
): Pick<LayerChange, 'controlId' | 'cause'> | null {
  const earlier = new Map(before.map((control) => [control.id, control]));
  let most = 0;
  let mover: Pick<LayerChange, 'controlId' | 'cause'> | null = null;
  for (const control of now) {
    const old = earlier.get(control.id);
    if (!old) continue;
    const moved = (weightedValue(control) - weightedValue(old)) * direction;
    if (moved <= most) continue;
    most = moved;
    mover = { controlId: control.id, cause: causeOf(old, control) };
  }
  return mover;
}

function weightedValue(control: ControlEvaluation): number {
  return control.counted ? control.weight * control.proven : 0;
}

function causeOf(before: ControlEvaluation, now: ControlEvaluation): ChangeCause {
  if (before.counted !== now.counted) return now.counted ? 'entered' : 'left';
  const isUp = now.proven > before.proven;
  if (isUp) return now.support > before.support ? 'evidence-added' : 'mark-raised';
  if (now.support >= before.support) return 'mark-lowered';
  return now.stale ? 'evidence-faded' : 'evidence-lost';
}

function keyOf({ entityId, layerId }: LayerChange): string {
  return `${entityId} ${layerId}`;
}
