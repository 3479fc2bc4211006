import { evaluateEntity } from '../score/entity';
import { evaluateGroup, groupScore, type GroupScore } from '../score/group';
import type { AssessmentInput, ControlInput, EntityInput } from '../score/input';
import type { MethodR1 } from '../score/method';
import { entityScore } from '../score/result';
import type { EntityFacts, FrozenEntity } from './content';

/** An entity before it is scored. */
export interface UnscoredEntity extends EntityFacts {
  readonly input: EntityInput;
}

/** Entities in the order of a snapshot, with their scores. */
export function scoreEntities(entities: readonly UnscoredEntity[], day: number, method: MethodR1): FrozenEntity[] {
  return entities
    .toSorted((a, b) => compare(a.input.id, b.input.id))
    .map((entity) => {
      const { input } = orderEntity(entity);
      return { ...entity, input, score: entityScore(evaluateEntity(input, day, method)) };
    });
}

/** The score of the group that entities form. */
export function scoreGroup(inputs: readonly EntityInput[], day: number, method: MethodR1): GroupScore {
  return groupScore(
    evaluateGroup(
      inputs.map((input) => evaluateEntity(input, day, method)),
      method,
    ),
  );
}

function orderEntity<T extends { readonly input: EntityInput }>(entity: T): T {
  const { input } = entity;
  return { ...entity, input: { ...input, caps: byId(input.caps), controls: byId(input.controls).map(orderControl) } };
}

function orderControl(control: ControlInput): ControlInput {
  const ordered = orderEvidence(control);
  return ordered.units === undefined ? ordered : { ...ordered, units: byId(ordered.units).map(orderEvidence) };
}

function orderEvidence<T extends AssessmentInput>(assessment: T): T {
  const evidence = assessment.evidence.toSorted(
    (a, b) => compare(a.id ?? '', b.id ?? '') || a.collectedDay - b.collectedDay || compare(a.strength, b.strength),
  );
  return { ...assessment, evidence };
}

/** Items in the order of their ids, which is the order of everything in a snapshot. */
export function byId<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
