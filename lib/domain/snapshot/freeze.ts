import { evaluateEntity } from '../score/entity';
import { evaluateGroup, groupScore, type GroupScore } from '../score/group';
import type { AssessmentInput, ControlInput, EntityInput } from '../score/input';
import type { MethodR1 } from '../score/method';
import { entityScore } from '../score/result';
import {
  ENTITY_SCHEMA,
  SNAPSHOT_SCHEMA,
  type EntityFacts,
  type EntitySnapshotContent,
  type FrozenEntity,
  type SnapshotContent,
} from './content';

/** Everything of a snapshot but what the method computes from it. */
export interface FreezeInput extends Omit<SnapshotContent, 'schema' | 'entities' | 'group'> {
  readonly entities: readonly (EntityFacts & { readonly input: EntityInput })[];
}

/**
 * Scores an organisation and freezes it. Pure: the same input, in whatever order its lists come, gives equal content.
 *
 * @throws RangeError when a control names a layer the method does not have
 */
export function freeze(input: FreezeInput): SnapshotContent {
  const entities = scoreEntities(input.entities, input.day, input.method);
  return {
    // The frozen scores of a content that is frozen again are overwritten below, never taken over.
    ...input,
    schema: SNAPSHOT_SCHEMA,
    catalogue: { ...input.catalogue, controls: byId(input.catalogue.controls) },
    evidence: byId(input.evidence),
    entities,
    group: scoreGroup(
      entities.map((entity) => entity.input),
      input.day,
      input.method,
    ),
  };
}

/** Entities in the order of a snapshot, with their scores. */
export function scoreEntities(entities: FreezeInput['entities'], day: number, method: MethodR1): FrozenEntity[] {
  return entities
    .toSorted((a, b) => compare(a.input.id, b.input.id))
    .map((entity) => {
      const { input } = orderEntity(entity);
      return { ...entity, input, score: entityScore(evaluateEntity(input, day, method)) };
    });
}

/** What is frozen of one entity by itself: readable, and recomputable, without the rest of the group. */
export function entityContent(
  { month, asOf, zone, day, method, catalogue }: SnapshotContent,
  entity: FrozenEntity,
  group: { readonly id: string; readonly digest: string },
): EntitySnapshotContent {
  return { schema: ENTITY_SCHEMA, group, month, asOf, zone, day, method, catalogueVersion: catalogue.version, entity };
}

/**
 * Computes a snapshot anew from its own inputs under its own method. Equal bytes prove that the frozen scores follow
 * from the frozen inputs.
 */
export function recompute(content: SnapshotContent): SnapshotContent {
  return freeze(content);
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

function byId<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
