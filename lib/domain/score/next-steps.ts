import { limitBy } from './cell';
import { evaluateControl, type ControlEvaluation } from './control';
import type { EntityEvaluation, LayerEvaluation } from './entity';
import type { ControlInput } from './input';
import type { CapId, MethodR1 } from './method';
import { improvementsOf, type Improvement } from './improvements';
import { toBasisPoints, toUnits, WHOLE } from './units';
import { verdictOf, type Verdict } from './verdict';

/** A single thing to do, and what it brings by itself. Basis points. */
export type NextStep = (Improvement | { readonly kind: 'cap'; readonly capId: CapId }) & {
  /** How much the proven score rises. */
  readonly gain: number;
  /**
   * How much the mean of the layers rises. A step that lifts the mean but not the score prepares the ground:
   * something else holds the score down.
   */
  readonly meanGain: number;
};

/**
 * The single marks, renewals and open caps that would raise readiness most, best first: by gain, then by what they
 * add to the mean. Steps that change neither are left out.
 *
 * @param count how many at most
 */
export function nextSteps(evaluation: EntityEvaluation, count: number): NextStep[] {
  const steps = [...capSteps(evaluation), ...controlSteps(evaluation)];
  return steps
    .filter((step) => step.gain > 0 || step.meanGain > 0)
    .toSorted((a, b) => b.gain - a.gain || b.meanGain - a.meanGain || (orderKey(a) < orderKey(b) ? -1 : 1))
    .slice(0, count);
}

function capSteps({ input, proven }: EntityEvaluation): NextStep[] {
  return input.caps.map((resolved) => {
    const others = input.caps.filter((cap) => cap.id !== resolved.id);
    const cap = Math.min(WHOLE, ...others.map((other) => toUnits(other.cap)));
    const gain = toBasisPoints(Math.min(proven.linked, cap)) - toBasisPoints(proven.value);
    return { kind: 'cap', capId: resolved.id, gain, meanGain: 0 };
  });
}

function controlSteps(evaluation: EntityEvaluation): NextStep[] {
  const { input, day, method, controls } = evaluation;
  return input.controls.flatMap((control, index) => {
    const before = controls[index];
    if (!before?.counted) return [];
    // Whatever is said anew about a control with a lapsed "not applicable" puts it back to work.
    const current: ControlInput = before.lapsed ? { ...control, notApplicable: null } : control;
    return improvementsOf(current, day, method).flatMap(({ step, improved }) => {
      const proven = evaluateControl(improved, day, method).proven;
      return proven > before.proven ? [{ ...step, ...gainOf(evaluation, before, proven) }] : [];
    });
  });
}

/** What the score and the mean gain when one control rises to `proven` units. */
function gainOf(evaluation: EntityEvaluation, control: ControlEvaluation, proven: number) {
  const { method, proven: before, lowestCap } = evaluation;
  const parts = evaluation.layers
    .filter((layer) => layer.state !== 'not-applicable')
    .map((layer) => ({
      id: layer.id,
      weight: layer.weight,
      value: layer.id === control.layer ? layerWith(layer, control, proven, method) : layer.proven.value,
    }));
  const after: Verdict = verdictOf(parts, method, lowestCap === null ? WHOLE : toUnits(lowestCap.cap));
  return {
    gain: toBasisPoints(after.value) - toBasisPoints(before.value),
    meanGain: toBasisPoints(after.mean) - toBasisPoints(before.mean),
  };
}

/** S of a layer in which one control has another value. */
function layerWith(layer: LayerEvaluation, changed: ControlEvaluation, proven: number, method: MethodR1): number {
  let sum = 0;
  let floor: number | null = null;
  for (const control of layer.controls) {
    if (!control.counted) continue;
    const value = control === changed ? proven : control.proven;
    sum += control.weight * value;
    if (control.key) floor = floor === null ? value : Math.min(floor, value);
  }
  return limitBy(Math.floor(sum / layer.countedWeight), floor, method);
}

function orderKey(step: NextStep): string {
  return step.kind === 'cap' ? step.capId : `${step.controlId} ${step.unitId ?? ''} ${step.kind}`;
}
