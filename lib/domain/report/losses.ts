import type { FrozenEntity } from '../snapshot/content';
import type { ReportContext } from './build-report';
import type { CostlyControl } from './model';

const WHOLE_BP = 10_000;
/** A tenth of a point: less would be printed as 0.0. */
const SMALLEST_LOSS_BP = 10;

interface Loss {
  lossBp: number;
  entities: number;
  worst: { readonly name: string; readonly valueBp: number };
}

/**
 * The controls by what their missing proof takes from the group's mean, all entities together, most costly first.
 * The limits by key controls, weakest layers and caps come on top and are shown as such elsewhere.
 */
export function costliestControls({ content, titleOf }: ReportContext): CostlyControl[] {
  const controls = new Map(content.catalogue.controls.map((control) => [control.id, control]));
  const losses = new Map<string, Loss>();
  const group = content.entities.reduce((sum, { input }) => sum + input.criticality, 0);
  for (const entity of content.entities) addLosses(losses, entity, entity.input.criticality / group, content.method);
  return [...losses]
    .map(([id, loss]): CostlyControl => {
      const control = controls.get(id);
      return {
        control: id,
        title: titleOf(id),
        layer: control?.layer ?? '',
        isKey: control?.key ?? false,
        lossBp: Math.round(loss.lossBp),
        worstEntity: loss.worst.name,
        worstValueBp: loss.worst.valueBp,
        entities: loss.entities,
        ref: { kind: 'control', id },
      };
    })
    .filter((control) => control.lossBp >= SMALLEST_LOSS_BP)
    .toSorted((a, b) => b.lossBp - a.lossBp || (a.control < b.control ? -1 : 1));
}

function addLosses(
  losses: Map<string, Loss>,
  { name, input, score }: FrozenEntity,
  share: number,
  method: ReportContext['content']['method'],
): void {
  const layerOf = new Map(input.controls.map((control) => [control.id, control]));
  const weights = new Map<string, number>();
  for (const { id, counted } of score.controls) {
    const control = layerOf.get(id)!;
    if (counted) weights.set(control.layer, (weights.get(control.layer) ?? 0) + control.weight);
  }
  const layers = method.layers.filter((layer) => weights.has(layer.id));
  const total = layers.reduce((sum, layer) => sum + layer.weight, 0);
  const layerShare = new Map(layers.map((layer) => [layer.id, layer.weight / total / weights.get(layer.id)!]));
  for (const { id, counted, proven } of score.controls) {
    if (!counted || proven >= WHOLE_BP) continue;
    const control = layerOf.get(id)!;
    const lossBp = share * layerShare.get(control.layer)! * control.weight * (WHOLE_BP - proven);
    const loss = losses.get(id);
    if (!loss) losses.set(id, { lossBp, entities: 1, worst: { name, valueBp: proven } });
    else {
      loss.lossBp += lossBp;
      loss.entities += 1;
      if (proven < loss.worst.valueBp) loss.worst = { name, valueBp: proven };
    }
  }
}
