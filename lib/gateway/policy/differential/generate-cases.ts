import type { EntityJson } from '../entity-store';
import type { PolicySetJson } from '../language/expression';
import { actionEntities, type SchemaJson } from '../language/schema';
import { type ActionView, type EntityTypeView, type SchemaView, viewSchema } from '../language/schema-view';
import type { RequestJson } from '../request';
import type { JsonRecord, TypeAndId } from '../values/json-value';
import { generateRecord, generateUid, generateValue, type ValueSource } from './generate-value';
import { type Literals, literalsOf } from './literals';
import type { Random } from './random';

/** A request with all entities it may look at. */
export interface GeneratedCase {
  readonly request: RequestJson;
  readonly entities: readonly EntityJson[];
}

export interface CaseOptions {
  /** How many cases; a new world of entities is made for every ten. */
  readonly count: number;
  /** Share of requests and entities that break the schema, 0 … 1, to provoke evaluation errors. Default 0.1. */
  readonly wildness?: number;
}

/**
 * Requests made from a schema and aimed at a policy set: values are drawn from its literals and their neighbours,
 * entities are those it names, so that conditions are met, just missed and in error.
 */
export function* generateCases(
  schema: SchemaJson,
  policySet: PolicySetJson,
  random: Random,
  { count, wildness = 0.1 }: CaseOptions,
): Generator<GeneratedCase> {
  const view = viewSchema(schema);
  const literals = literalsOf(policySet);
  const source: ValueSource = { random, literals, entityIds: chooseIds(view, literals) };
  let entities: EntityJson[] = [];
  for (let made = 0; made < count; made++) {
    if (made % 10 === 0) entities = [...actionEntities(schema), ...generateEntities(view, source, wildness)];
    yield { request: generateRequest(random.pick(view.actions), source, wildness), entities };
  }
}

/** Ids per entity type: a few of our own and those the policies name. */
function chooseIds(view: SchemaView, literals: Literals): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Array.from(view.entityTypes.values(), ({ name, enumeratedIds }) => {
      const named = literals.entities.filter(({ type }) => type === name).map(({ id }) => id);
      return [name, enumeratedIds ?? [...new Set(['a', ...named.slice(0, 2)])]];
    }),
  );
}

/** Parents always come later in one order over all entities, so there is never a cycle. */
function generateEntities(view: SchemaView, source: ValueSource, wildness: number): EntityJson[] {
  const { random } = source;
  const all = [...view.entityTypes.values()].flatMap((type) =>
    (source.entityIds.get(type.name) ?? []).map((id) => ({ type, uid: { type: type.name, id } })),
  );
  return all
    .map(({ type, uid }, position) => {
      const above = all.slice(position + 1).filter((other) => type.memberOfTypes.includes(other.type.name));
      const parents = random.some(above, 0.4).map((parent) => parent.uid);
      return generateEntity(type, uid, parents, source, wildness);
    })
    .filter(() => random.chance(0.85));
}

function generateEntity(
  type: EntityTypeView,
  uid: TypeAndId,
  parents: TypeAndId[],
  source: ValueSource,
  wildness: number,
): EntityJson {
  const attrs = perturb(generateRecord(type.shape, source), source, wildness);
  const { tags } = type;
  if (!tags) return { uid, attrs, parents };
  const names = source.random.some(['owner', 'tier', ...source.literals.strings.slice(0, 6)], 0.5);
  return { uid, attrs, parents, tags: Object.fromEntries(names.map((name) => [name, generateValue(tags, source)])) };
}

function generateRequest(action: ActionView, source: ValueSource, wildness: number): RequestJson {
  const { random } = source;
  return {
    principal: generateUid(random.pick(action.principalTypes), source),
    action: action.uid,
    resource: generateUid(random.pick(action.resourceTypes), source),
    context: perturb(generateRecord(action.context, source), source, wildness),
  };
}

const ANY_TYPES = ['bool', 'long', 'string', 'ipaddr', 'decimal', 'datetime', 'duration'] as const;

/** With the given probability, drops an attribute or gives it a value of any type. */
function perturb(record: JsonRecord, source: ValueSource, wildness: number): JsonRecord {
  const { random } = source;
  const names = Object.keys(record);
  if (names.length === 0 || !random.chance(wildness)) return record;
  const victim = random.pick(names);
  const kept = Object.entries(record).filter(([name]) => name !== victim);
  if (random.chance(0.5)) return Object.fromEntries(kept);
  return Object.fromEntries([...kept, [victim, generateValue({ kind: random.pick(ANY_TYPES) }, source)]]);
}
