import { evaluateCell, type CellEvaluation } from './cell';
import { evaluateControl, type ControlEvaluation } from './control';
import type { EntityInput, OpenCap } from './input';
import { levelOf } from './level';
import type { MethodR1 } from './method';
import { toUnits, weightedMean, WHOLE } from './units';
import { verdictOf, type Verdict } from './verdict';

/** One layer of an entity, values in units. */
export interface LayerEvaluation extends CellEvaluation {
  readonly id: string;
  readonly weight: number;
  readonly controls: readonly ControlEvaluation[];
}

/** Everything method R1 knows about an entity on one day, in units; the other functions of this room read it. */
export interface EntityEvaluation {
  readonly input: EntityInput;
  readonly day: number;
  readonly method: MethodR1;
  /** In the order of the input. */
  readonly controls: readonly ControlEvaluation[];
  /** In the order of the method; layers without a control that counts have the state `not-applicable`. */
  readonly layers: readonly LayerEvaluation[];
  readonly proven: Verdict;
  readonly claimed: Verdict;
  readonly open: Verdict;
  readonly level: number;
  readonly coverage: number;
  readonly support: number;
  readonly independent: number;
  /** The lowest open cap (the first by id among equals). */
  readonly lowestCap: OpenCap | null;
}

/**
 * Scores an entity on `day` by method R1 (domain.md §4). Pure, and independent of the order of its input.
 *
 * @throws RangeError when a control names a layer the method does not have.
 */
export function evaluateEntity(input: EntityInput, day: number, method: MethodR1): EntityEvaluation {
  const controls = input.controls.map((control) => evaluateControl(control, day, method));
  const layers = layersOf(controls, method);
  const counted = layers.filter((layer) => layer.state !== 'not-applicable');
  const lowestCap = lowestOf(input.caps);
  const cap = lowestCap === null ? WHOLE : toUnits(lowestCap.cap);
  const verdict = (kind: 'proven' | 'claimed' | 'open') =>
    verdictOf(
      counted.map((layer) => ({ id: layer.id, weight: layer.weight, value: layer[kind].value })),
      method,
      cap,
    );
  const countedControls = controls.filter((control) => control.counted);
  const overall = (pick: (control: ControlEvaluation) => number) =>
    weightedMean(countedControls, (control) => control.weight, pick);
  const evaluation = {
    proven: verdict('proven'),
    claimed: verdict('claimed'),
    open: verdict('open'),
    coverage: overall((control) => control.answered),
    support: overall((control) => control.support),
    independent: overall((control) => control.independent),
  };
  const level = levelOf(
    {
      readiness: evaluation.proven.value,
      weakestLayer: evaluation.proven.weakest,
      weakestKey: weakestKeyOf(counted),
      coverage: evaluation.coverage,
      independentShare: evaluation.independent,
      hasOpenCap: lowestCap !== null,
    },
    method,
  );
  return { input, day, method, controls, layers, ...evaluation, level, lowestCap };
}

/** Lowest value of a key control over the layers, one whole when there is no key control. */
export function weakestKeyOf(layers: readonly Pick<LayerEvaluation, 'proven'>[]): number {
  return Math.min(WHOLE, ...layers.map((layer) => layer.proven.floor ?? WHOLE));
}

function layersOf(controls: readonly ControlEvaluation[], method: MethodR1): LayerEvaluation[] {
  const byLayer = new Map<string, ControlEvaluation[]>(method.layers.map((layer) => [layer.id, []]));
  for (const control of controls) {
    const members = byLayer.get(control.layer);
    if (!members) throw new RangeError(`control ${control.id} names the unknown layer ${control.layer}`);
    members.push(control);
  }
  return method.layers.map(({ id, weight }) => {
    const members = byLayer.get(id) ?? [];
    return { id, weight, controls: members, ...evaluateCell(members, method) };
  });
}

function lowestOf(caps: readonly OpenCap[]): OpenCap | null {
  let lowest: OpenCap | null = null;
  for (const cap of caps) {
    if (lowest === null || cap.cap < lowest.cap || (cap.cap === lowest.cap && cap.id < lowest.id)) lowest = cap;
  }
  return lowest;
}
