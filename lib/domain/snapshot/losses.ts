import type { MethodR1 } from '../score/method';
import type { FrozenEntity } from './content';

const WHOLE_BP = 10_000;

/** What the missing proof of one control takes from the group's mean, all entities together. */
export interface ControlLoss {
  readonly control: string;
  /** Basis points, with fraction. */
  readonly lossBp: number;
  /** In how many entities something is missing. */
  readonly entities: number;
  readonly worst: { readonly entity: string; readonly valueBp: number };
}

/**
 * The controls by what their missing proof takes from the group's mean, most costly first. The limits by key
 * controls, weakest layers and caps come on top and are not counted here.
 */
export function controlLosses(entities: readonly FrozenEntity[], method: MethodR1): ControlLoss[] {
  const losses = new Map<string, ControlLoss>();
  const group = entities.reduce((sum, { input }) => sum + input.criticality, 0);
  for (const entity of entities) addLosses(losses, entity, entity.input.criticality / group, method);
  return [...losses.values()].toSorted((a, b) => b.lossBp - a.lossBp || (a.control < b.control ? -1 : 1));
}

function addLosses(
  losses: Map<string, ControlLoss>,
  { name, input, score }: FrozenEntity,
  share: number,
  method: MethodR1,
): void {
  const controls = new Map(input.controls.map((control) => [control.id, control]));
  const weights = new Map<string, number>();
  for (const { id, counted } of score.controls) {
    const control = controls.get(id)!;
    if (counted) weights.set(control.layer, (weights.get(control.layer) ?? 0) + control.weight);
  }
  const layers = method.layers.filter((layer) => weights.has(layer.id));
  const total = layers.reduce((sum, layer) => sum + layer.weight, 0);
  const layerShare = new Map(layers.map((layer) => [layer.id, layer.weight / total / weights.get(layer.id)!]));
  for (const { id, counted, proven } of score.controls) {
    if (!counted || proven >= WHOLE_BP) continue;
    const { layer, weight } = controls.get(id)!;
    const known = losses.get(id);
    const lossBp = share * layerShare.get(layer)! * weight * (WHOLE_BP - proven);
    losses.set(id, {
      control: id,
      lossBp: (known?.lossBp ?? 0) + lossBp,
      entities: (known?.entities ?? 0) + 1,
      worst: known && known.worst.valueBp <= proven ? known.worst : { entity: name, valueBp: proven },
    });
  }
}
