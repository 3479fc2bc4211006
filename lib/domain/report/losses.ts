import { controlLosses } from '../snapshot/losses';
import type { ReportContext } from './report-context';
import type { CostlyControl } from './model';

/** A tenth of a point: less would be printed as 0.0. */
const SMALLEST_LOSS_BP = 10;

/** The controls whose missing proof costs the group a tenth of a point or more, most costly first. */
export function costliestControls({ content, titleOf }: ReportContext): CostlyControl[] {
  const controls = new Map(content.catalogue.controls.map((control) => [control.id, control]));
  return controlLosses(content.entities, content.method)
    .filter(({ lossBp }) => lossBp >= SMALLEST_LOSS_BP)
    .map(({ control, lossBp, entities, worst }) => ({
      control,
      title: titleOf(control),
      layer: controls.get(control)?.layer ?? '',
      isKey: controls.get(control)?.key ?? false,
      lossBp: Math.round(lossBp),
      worstEntity: worst.entity,
      worstValueBp: worst.valueBp,
      entities,
      ref: { kind: 'control', id: control },
    }));
}
