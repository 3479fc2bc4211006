import { limitBy } from './cell';
import type { ControlEvaluation } from './control';
import type { EntityEvaluation, LayerEvaluation } from './entity';
import type { GroupEvaluation } from './group';
import { improvementsOf, type Improvement } from './improvements';
import type { CapId, MethodR1 } from './method';
import { toBasisPoints, toUnits, WHOLE } from './units';
import { verdictOf, type Part, type Verdict } from './verdict';

type Action = Improvement | { readonly kind: 'cap'; readonly capId: CapId };

/** What a step brings by itself, basis points. */
interface Gain {
  /** How much the proven score rises. */
  readonly gain: number;
  /**
   * How much the mean before weakest link and caps rises. A step that lifts the mean but not the score prepares the
   * ground: something else holds the score down.
   */
  readonly meanGain: number;
}

/** A single thing to do in an entity. */
export type NextStep = Action & Gain;

/** A single thing to do in one entity of a group; gains are the group's. */
export type GroupStep = Action & Gain & { readonly entityId: string; readonly entityGain: number };

/** An action and the verdict after it, in units: differences too small for a basis point still decide the order. */
interface Outcome<A> {
  readonly action: A;
  readonly after: Pick<Verdict, 'value' | 'mean'>;
}

/**
 * The single marks, renewals and open caps that would raise readiness most, best first: by what they add to the
 * score, then to the mean. Steps that change neither are left out.
 *
 * @param count how many at most
 */
export function nextSteps(evaluation: EntityEvaluation, count: number): NextStep[] {
  return outcomesOf(evaluation, count).map(({ action, after }) => ({ ...action, ...gainOf(evaluation.proven, after) }));
}

/**
 * The single steps in any entity that would raise the group's readiness most. Within one entity a step that lifts
 * the entity more lifts the group more, so each entity's best are all that can win.
 */
export function nextStepsOfGroup(group: GroupEvaluation, count: number): GroupStep[] {
  const counted = group.entities.filter((entity) => entity.proven.weakestId !== null);
  const parts = counted.map(({ input, proven }) => ({
    id: input.id,
    weight: input.criticality,
    value: proven.value,
  }));
  const outcomes = counted.flatMap((entity, index) =>
    outcomesOf(entity, count).map(({ action, after }) => {
      const raised = parts.with(index, {
        id: entity.input.id,
        weight: entity.input.criticality,
        value: after.value,
      });
      const entityGain = gainOf(entity.proven, after).gain;
      return { action: { ...action, entityId: entity.input.id, entityGain }, after: verdictOf(raised, group.method) };
    }),
  );
  return bestOf(outcomes, group.proven, count).map(({ action, after }) => ({
    ...action,
    ...gainOf(group.proven, after),
  }));
}

/** All outcomes of an entity, kept as long as its evaluation: a group asks for them after every change of one entity. */
const remembered = new WeakMap<EntityEvaluation, readonly Outcome<Action>[]>();

function outcomesOf(evaluation: EntityEvaluation, count: number): Outcome<Action>[] {
  const outcomes = remembered.get(evaluation) ?? [...capOutcomes(evaluation), ...controlOutcomes(evaluation)];
  remembered.set(evaluation, outcomes);
  return bestOf(outcomes, evaluation.proven, count);
}

function capOutcomes({ input, proven }: EntityEvaluation): Outcome<Action>[] {
  return input.caps.map((resolved) => {
    const others = input.caps.filter((cap) => cap.id !== resolved.id);
    const value = Math.min(proven.linked, WHOLE, ...others.map((other) => toUnits(other.cap)));
    return { action: { kind: 'cap', capId: resolved.id }, after: { value, mean: proven.mean } };
  });
}

function controlOutcomes(evaluation: EntityEvaluation): Outcome<Action>[] {
  const { input, day, method, controls } = evaluation;
  const layers = new Map(evaluation.layers.map((layer) => [layer.id, layer]));
  return input.controls.flatMap((control, index) => {
    const before = controls[index];
    const layer = layers.get(control.layer);
    if (!before?.counted || !layer) return [];
    // What a lapsed "not applicable" hides comes back with anything that is said anew, so its marks count here.
    return improvementsOf(control, day, method).flatMap(({ step, proven }) => {
      if (proven <= before.proven) return [];
      const raised = layerWith(layer, before, proven, method);
      return raised === layer.proven.value ? [] : [{ action: step, after: verdictWith(evaluation, layer.id, raised) }];
    });
  });
}

/** S of a layer in which one control has another proven value. */
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

function verdictWith({ layers, method, lowestCap }: EntityEvaluation, layerId: string, raised: number): Verdict {
  const parts: Part[] = [];
  for (const { id, weight, state, proven } of layers) {
    if (state !== 'not-applicable') parts.push({ id, weight, value: id === layerId ? raised : proven.value });
  }
  return verdictOf(parts, method, lowestCap === null ? WHOLE : toUnits(lowestCap.cap));
}

/** The best `count` outcomes in order, without sorting the many that cannot win. */
function bestOf<A extends Action>(outcomes: readonly Outcome<A>[], before: Verdict, count: number): Outcome<A>[] {
  const best: Outcome<A>[] = [];
  for (const outcome of outcomes) {
    if (outcome.after.value === before.value && outcome.after.mean === before.mean) continue;
    const last = best.at(-1);
    if (best.length === count && last && isBetter(last, outcome)) continue;
    const place = best.findIndex((other) => isBetter(outcome, other));
    best.splice(place === -1 ? best.length : place, 0, outcome);
    if (best.length > count) best.pop();
  }
  return best;
}

function isBetter(a: Outcome<Action>, b: Outcome<Action>): boolean {
  if (a.after.value !== b.after.value) return a.after.value > b.after.value;
  if (a.after.mean !== b.after.mean) return a.after.mean > b.after.mean;
  return orderKey(a.action) < orderKey(b.action);
}

function gainOf(before: Verdict, after: Pick<Verdict, 'value' | 'mean'>): Gain {
  return {
    gain: toBasisPoints(after.value) - toBasisPoints(before.value),
    meanGain: toBasisPoints(after.mean) - toBasisPoints(before.mean),
  };
}

function orderKey(action: Action & { readonly entityId?: string }): string {
  const what = action.kind === 'cap' ? action.capId : `${action.controlId} ${action.unitId ?? ''} ${action.kind}`;
  return `${action.entityId ?? ''} ${what}`;
}
