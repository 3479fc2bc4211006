import type { EntityJson } from '../entity-store';
import type { TypeAndId } from '../values/json-value';

/** A type in Cedar's JSON schema format; any other `type` names a common type, an entity type or an extension. */
export type SchemaType =
  | { readonly type: 'Set'; readonly element: SchemaType }
  | RecordSchemaType
  | { readonly type: 'Entity' | 'Extension' | 'EntityOrCommon'; readonly name: string }
  | { readonly type: string };

export interface RecordSchemaType {
  readonly type: 'Record';
  readonly attributes: { readonly [name: string]: SchemaType & { readonly required?: boolean } };
}

export interface SchemaEntityType {
  readonly memberOfTypes?: readonly string[];
  readonly shape?: SchemaType;
  readonly tags?: SchemaType;
  /** The only ids an enumerated type has. */
  readonly enum?: readonly string[];
}

export interface SchemaAction {
  readonly memberOf?: readonly { readonly id: string; readonly type?: string }[];
  readonly appliesTo?: {
    readonly principalTypes: readonly string[];
    readonly resourceTypes: readonly string[];
    readonly context?: SchemaType;
  };
}

export interface SchemaNamespace {
  readonly commonTypes?: { readonly [name: string]: SchemaType };
  readonly entityTypes: { readonly [name: string]: SchemaEntityType };
  readonly actions: { readonly [id: string]: SchemaAction };
}

/** A schema in Cedar's JSON format with resolved names, as `Cedar.schemaToJson` gives it; `""` is no namespace. */
export interface SchemaJson {
  readonly [namespace: string]: SchemaNamespace;
}

/**
 * The actions of a schema as entities, with the groups they belong to as parents.
 *
 * Cedar adds these to every request that comes with a schema; here they belong into the base `EntityStore`,
 * so that `action in Action::"group"` works.
 */
export function actionEntities(schema: SchemaJson): EntityJson[] {
  return Object.entries(schema).flatMap(([namespace, { actions }]) => {
    const actionType = qualified(namespace, 'Action');
    return Object.entries(actions).map(([id, { memberOf = [] }]) => ({
      uid: { type: actionType, id },
      attrs: {},
      parents: memberOf.map((group): TypeAndId => ({ type: group.type ?? actionType, id: group.id })),
    }));
  });
}

/** `Namespace::Name`, or just the name outside any namespace. */
export function qualified(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}::${name}`;
}
