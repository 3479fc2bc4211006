import type { Scene } from '../compile/compiled-expression';
import { type Entity, EntityStore } from '../entity-store';
import { isIdentifier, quote } from '../language/format-expression';
import { InvalidInput } from '../values/evaluation-error';
import { CedarRecord, EMPTY_RECORD, type EntityUid, type Value } from '../values/value';

/** Where an input lives: in the context, or in the attributes or tags of an entity; nested by record. */
export interface Location {
  readonly holder: 'context' | { readonly entity: EntityUid; readonly part: 'attributes' | 'tags' };
  /** At least one name; further names lead into records. */
  readonly path: readonly string[];
}

/** One fact made different. */
export type Change = ValueChange | MembershipChange;

export interface ValueChange {
  readonly kind: 'value';
  readonly location: Location;
  /** `undefined` removes the input. */
  readonly value: Value | undefined;
  /** The value stands for others that would do as well. */
  readonly isExample: boolean;
}

export interface MembershipChange {
  readonly kind: 'membership';
  readonly entity: EntityUid;
  readonly group: EntityUid;
  readonly isMember: boolean;
}

/** Changes of different inputs, by the name of the input. */
export type ChangeSet = ReadonlyMap<string, Change>;

export const NO_CHANGE: ChangeSet = new Map();

export function changeSet(change: Change): ChangeSet {
  return new Map([[inputName(change), change]]);
}

/** The input a change is about, unique and readable, such as `context.hour` or `Agent::"a" in AgentGroup::"b"`. */
export function inputName(change: Change): string {
  if (change.kind === 'membership') return `${change.entity.key} in ${change.group.key}`;
  const { holder, path } = change.location;
  const [first = '', ...rest] = path;
  const nested = rest.map(formatStep).join('');
  if (holder === 'context') return `context${formatStep(first)}${nested}`;
  return holder.part === 'tags'
    ? `${holder.entity.key}.getTag(${quote(first)})${nested}`
    : `${holder.entity.key}${formatStep(first)}${nested}`;
}

/**
 * Both sets together. Where they want different values of one input, an example gives way; otherwise either may
 * be right, so there are two results, one following each side.
 */
export function merge(left: ChangeSet, right: ChangeSet): ChangeSet[] {
  const leftFirst = override(right, left);
  const rightFirst = override(left, right);
  const isAgreed = [...leftFirst].every(([name, change]) => changeKey(change) === changeKey(rightFirst.get(name)!));
  return isAgreed ? [leftFirst] : [leftFirst, rightFirst];
}

/** Tells changes apart: the input and what it becomes. */
export function changeKey(change: Change): string {
  const { value } = change.kind === 'membership' ? { value: change.isMember } : change;
  return `${inputName(change)} = ${typeof value === 'object' ? value.key : `${typeof value} ${value}`}`;
}

/** The scene with the changes made; `undefined` if they contradict each other, such as a circle of groups. */
export function applyChanges(scene: Scene, changes: Iterable<Change>): Scene | undefined {
  let { context } = scene;
  const entities = new Map<string, Entity>();
  const edit = (uid: EntityUid, change: (entity: Entity) => Entity) => {
    const entity = entities.get(uid.key) ?? scene.entities.get(uid.key) ?? unknownEntity(uid);
    entities.set(uid.key, change(entity));
  };
  for (const change of changes) {
    if (change.kind === 'membership') {
      edit(change.entity, (entity) => withMembership(entity, change, scene.entities));
    } else if (change.location.holder === 'context') {
      context = withValue(context, change.location.path, change.value);
    } else {
      const { holder, path } = change.location;
      edit(holder.entity, (entity) => ({
        ...entity,
        [holder.part]: withValue(entity[holder.part], path, change.value),
      }));
    }
  }
  try {
    return { ...scene, context, entities: new EntityStore(entities.values(), scene.entities) };
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

/** What is at the location now. */
export function valueAt(scene: Scene, { holder, path }: Location): Value | undefined {
  const root = holder === 'context' ? scene.context : scene.entities.get(holder.entity.key)?.[holder.part];
  let value: Value | undefined = root;
  for (const name of path) value = value instanceof CedarRecord ? value.fields.get(name) : undefined;
  return value;
}

/** The changes of both, `winner` deciding where they differ unless it has only an example to offer. */
function override(loser: ChangeSet, winner: ChangeSet): ChangeSet {
  const merged = new Map(loser);
  for (const [name, change] of winner) {
    const other = loser.get(name);
    const givesWay =
      change.kind === 'value' && change.isExample && other?.kind === 'value' && other.value !== undefined;
    if (!other || !givesWay) merged.set(name, change);
  }
  return merged;
}

function unknownEntity(uid: EntityUid): Entity {
  return { uid, attributes: EMPTY_RECORD, tags: EMPTY_RECORD, parents: [] };
}

/** Leaving a group means leaving every direct parent that leads to it. */
function withMembership(entity: Entity, { group, isMember }: MembershipChange, entities: EntityStore): Entity {
  const leadsToGroup = (parent: EntityUid) =>
    parent.key === group.key || entities.ancestorsOf(parent.key).has(group.key);
  const parents = entity.parents.filter((parent) => !leadsToGroup(parent));
  return { ...entity, parents: isMember ? [...parents, group] : parents };
}

function withValue(
  record: CedarRecord,
  [name = '', ...rest]: readonly string[],
  value: Value | undefined,
): CedarRecord {
  const fields = new Map(record.fields);
  if (rest.length > 0) {
    const nested = fields.get(name);
    fields.set(name, withValue(nested instanceof CedarRecord ? nested : EMPTY_RECORD, rest, value));
  } else if (value === undefined) {
    fields.delete(name);
  } else {
    fields.set(name, value);
  }
  return new CedarRecord(fields);
}

function formatStep(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${quote(name)}]`;
}
