import type { AssessmentInput, ControlInput, EntityInput, UnitInput } from '../score/input';
import type { FrozenCatalogue, FrozenControl } from './content';

/**
 * The old scope with the new work in it: the entities, controls and units of `before` with their weights, targets and
 * exclusions, but the marks, evidence and caps they have in `after`. What is no longer there stays as it was.
 */
export function inheritScope(before: readonly EntityInput[], after: readonly EntityInput[]): EntityInput[] {
  const entities = indexById(after);
  return before.map((entity) => {
    const now = entities.get(entity.id);
    if (!now) return entity;
    const controls = indexById(now.controls);
    return {
      ...entity,
      caps: now.caps,
      controls: entity.controls.map((control) => controlWithWork(control, controls.get(control.id))),
    };
  });
}

/**
 * Inputs as another version of the catalogue weighs them. Only what the two versions say differently is replaced: an
 * organisation's own controls, and controls that only one version has, stay as they are.
 */
export function translate(inputs: readonly EntityInput[], from: FrozenCatalogue, to: FrozenCatalogue): EntityInput[] {
  const changed = changedControls(from, to);
  const control = (input: ControlInput): ControlInput => {
    const rule = changed.get(input.id);
    return rule ? { ...input, layer: rule.layer, weight: rule.weight, key: rule.key } : input;
  };
  return inputs.map((entity) => ({ ...entity, controls: entity.controls.map(control) }));
}

/** The controls both versions know and weigh differently, as `to` has them. */
function changedControls(from: FrozenCatalogue, to: FrozenCatalogue): Map<string, FrozenControl> {
  const old = indexById(from.controls);
  const isChanged = (control: FrozenControl): boolean => {
    const was = old.get(control.id);
    return (
      was !== undefined && (was.layer !== control.layer || was.weight !== control.weight || was.key !== control.key)
    );
  };
  return indexById(to.controls.filter(isChanged));
}

function controlWithWork(control: ControlInput, now: ControlInput | undefined): ControlInput {
  if (!now || hasUnits(control) !== hasUnits(now)) return control;
  const withOwnWork = withWork(control, now);
  if (!control.units || !now.units) return withOwnWork;
  const units = indexById(now.units);
  return { ...withOwnWork, units: control.units.map((unit): UnitInput => withWork(unit, units.get(unit.id))) };
}

function withWork<T extends AssessmentInput>(assessment: T, now: AssessmentInput | undefined): T {
  if (!now) return assessment;
  const { documentation, implementation, evidence } = now;
  return { ...assessment, documentation, implementation, evidence };
}

function hasUnits(control: ControlInput): boolean {
  return control.units !== undefined && control.units.length > 0;
}

function indexById<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
