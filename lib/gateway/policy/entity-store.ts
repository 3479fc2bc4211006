import { InvalidInput } from './values/evaluation-error';
import { type EntityUidJson, type JsonRecord, parseEntityUid, parseRecord } from './values/json-value';
import { type CedarRecord, EMPTY_RECORD, type EntityUid } from './values/value';

/** An entity in Cedar's JSON entity format. */
export interface EntityJson {
  readonly uid: EntityUidJson;
  readonly attrs: JsonRecord;
  readonly parents: readonly EntityUidJson[];
  readonly tags?: JsonRecord;
}

export interface Entity {
  readonly uid: EntityUid;
  readonly attributes: CedarRecord;
  readonly tags: CedarRecord;
  readonly parents: readonly EntityUid[];
}

/** Reads one entity; throws `InvalidInput`. */
export function parseEntity(json: EntityJson): Entity {
  if (!Array.isArray(json.parents)) throw new InvalidInput('an entity needs a list of `parents`');
  return {
    uid: parseEntityUid(json.uid),
    attributes: parseRecord(json.attrs),
    tags: json.tags === undefined ? EMPTY_RECORD : parseRecord(json.tags),
    parents: json.parents.map(parseEntityUid),
  };
}

const NO_ANCESTORS: ReadonlySet<string> = new Set();

/**
 * The entities a decision may look at: an immutable, acyclic hierarchy.
 *
 * Stores stack: the gateway keeps one large store of agents, groups and tools and lays each request's few own
 * entities over it, which costs in proportion to those few.
 */
export class EntityStore {
  static readonly EMPTY = new EntityStore([]);

  readonly #own = new Map<string, Entity>();
  readonly #base: EntityStore | undefined;
  readonly #ancestors = new Map<string, ReadonlySet<string>>();
  readonly #reshapesBase: boolean;
  #parentKeys: ReadonlySet<string> | undefined;

  /**
   * @param entities each with its own identity; they replace entities of `base` as a whole
   * Throws `InvalidInput` when one identity occurs twice – also with equal content, which Cedar would let pass –
   * or an entity is its own ancestor.
   */
  constructor(entities: Iterable<Entity>, base?: EntityStore) {
    this.#base = base;
    for (const entity of entities) {
      const { key } = entity.uid;
      if (this.#own.has(key)) throw new InvalidInput(`entity \`${key}\` is given twice`);
      this.#own.set(key, entity);
    }
    this.#reshapesBase = base !== undefined && [...this.#own.keys()].some((key) => base.#mentions(key));
    for (const key of this.#own.keys()) {
      if (this.ancestorsOf(key).has(key)) throw new InvalidInput(`entity \`${key}\` is its own ancestor`);
    }
  }

  /** Reads entities in Cedar's JSON format; throws `InvalidInput`. */
  static fromJson(entities: readonly EntityJson[], base?: EntityStore): EntityStore {
    return new EntityStore(entities.map(parseEntity), base);
  }

  /** The entity with this `EntityUid.key`, if it is known here or below. */
  get(key: string): Entity | undefined {
    return this.#own.get(key) ?? this.#base?.get(key);
  }

  /** Keys of all entities above this one, itself not included; empty for an unknown entity. */
  ancestorsOf(key: string): ReadonlySet<string> {
    if (this.#base && !this.#reshapesBase && !this.#own.has(key)) return this.#base.ancestorsOf(key);
    let ancestors = this.#ancestors.get(key);
    if (!ancestors) {
      // Not remembered, because requests may name any number of entities nobody knows.
      if (!this.get(key)) return NO_ANCESTORS;
      ancestors = this.#collectAncestors(key);
      this.#ancestors.set(key, ancestors);
    }
    return ancestors;
  }

  /** Every entity visible here, overlaid ones once. */
  *[Symbol.iterator](): Generator<Entity> {
    yield* this.#own.values();
    if (!this.#base) return;
    for (const entity of this.#base) if (!this.#own.has(entity.uid.key)) yield entity;
  }

  #collectAncestors(key: string): ReadonlySet<string> {
    const ancestors = new Set<string>();
    const pending = [key];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const parent of this.get(next)?.parents ?? []) {
        if (ancestors.has(parent.key)) continue;
        ancestors.add(parent.key);
        pending.push(parent.key);
      }
    }
    return ancestors;
  }

  /** Whether an entity laid over this store could change a hierarchy already in it. */
  #mentions(key: string): boolean {
    this.#parentKeys ??= new Set([...this.#own.values()].flatMap(({ parents }) => parents.map((parent) => parent.key)));
    if (this.#own.has(key) || this.#parentKeys.has(key)) return true;
    return this.#base === undefined ? false : this.#base.#mentions(key);
  }
}
