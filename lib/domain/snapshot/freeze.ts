import {
  ENTITY_SCHEMA,
  SNAPSHOT_SCHEMA,
  type EntitySnapshotContent,
  type FrozenEntity,
  type SnapshotContent,
} from './content';
import type { ReportFacts } from './facts';
import { byId, scoreEntities, scoreGroup, type UnscoredEntity } from './scoring';
import { sinceOf } from './since';

/** Everything of a snapshot but what is computed from it. */
export interface FreezeInput extends Omit<SnapshotContent, 'schema' | 'entities' | 'group' | 'facts'> {
  readonly entities: readonly UnscoredEntity[];
  readonly facts: Omit<ReportFacts, 'since'>;
}

/**
 * Scores an organisation and freezes it. Pure: the same input, in whatever order its lists come, gives equal content.
 *
 * @param previous the content behind `input.previous`, to keep what changed since; null for the first month
 * @throws RangeError when a control names a layer the method does not have, or `previous` is of another month than
 *   the input names
 */
export function freeze(input: FreezeInput, previous: SnapshotContent | null = null): SnapshotContent {
  if (previous && previous.month !== input.previous?.month) {
    throw new RangeError(`the month before ${input.month} is ${input.previous?.month ?? 'none'}`);
  }
  const entities = scoreEntities(input.entities, input.day, input.method);
  const inputs = entities.map((entity) => entity.input);
  const scored = {
    // Scores of a content that is frozen again are computed anew, never taken over.
    ...input,
    schema: SNAPSHOT_SCHEMA,
    catalogue: { ...input.catalogue, controls: byId(input.catalogue.controls) },
    evidence: byId(input.evidence),
    entities,
    group: scoreGroup(inputs, input.day, input.method),
  } as const;
  return { ...scored, facts: { ...input.facts, since: previous && sinceOf(previous, scored) } };
}

/**
 * Computes a snapshot anew from its own inputs under its own method. Equal bytes prove that the frozen scores, and
 * what it says of the change, follow from the frozen inputs.
 *
 * @param previous the content behind `content.previous`; null for the first month
 */
export function recompute(content: SnapshotContent, previous: SnapshotContent | null): SnapshotContent {
  return freeze(content, previous);
}

/** What is frozen of one entity by itself, to be read without the rest of the group. Its inputs are in the group's. */
export function entityContent(
  { month, asOf, zone, catalogue }: SnapshotContent,
  { name, country, sector, classification, score }: FrozenEntity,
  group: { readonly id: string; readonly digest: string },
): EntitySnapshotContent {
  const entity = { name, country, sector, classification, score };
  return { schema: ENTITY_SCHEMA, group, month, asOf, zone, catalogueVersion: catalogue.version, entity };
}
