import type { TypeAndId } from '../values/json-value';
import { qualified, type SchemaAction, type SchemaEntityType, type SchemaJson, type SchemaType } from './schema';

/** A type of the language with all names followed. */
export type CedarType =
  | { readonly kind: 'bool' | 'long' | 'string' | ExtensionTypeName }
  | { readonly kind: 'set'; readonly element: CedarType }
  | RecordCedarType
  | { readonly kind: 'entity'; readonly name: string };

export interface RecordCedarType {
  readonly kind: 'record';
  readonly attributes: ReadonlyMap<string, { readonly type: CedarType; readonly isRequired: boolean }>;
}

export type ExtensionTypeName = 'ipaddr' | 'decimal' | 'datetime' | 'duration';

export interface EntityTypeView {
  readonly name: string;
  readonly memberOfTypes: readonly string[];
  readonly shape: RecordCedarType;
  readonly tags?: CedarType;
  readonly enumeratedIds?: readonly string[];
}

/** An action that requests can name, with the kinds of principal and resource it applies to. */
export interface ActionView {
  readonly uid: TypeAndId;
  readonly principalTypes: readonly string[];
  readonly resourceTypes: readonly string[];
  readonly context: RecordCedarType;
}

/** A schema made easy to ask: types by full name, with common types replaced by what they stand for. */
export interface SchemaView {
  readonly entityTypes: ReadonlyMap<string, EntityTypeView>;
  /** Actions with at least one principal and resource type. */
  readonly actions: readonly ActionView[];
  /** Actions that requests cannot name because they only group others. */
  readonly actionGroups: readonly TypeAndId[];
}

const PRIMITIVES: ReadonlyMap<string, CedarType> = new Map<string, CedarType>([
  ['Bool', { kind: 'bool' }],
  ['Boolean', { kind: 'bool' }],
  ['Long', { kind: 'long' }],
  ['String', { kind: 'string' }],
  ['ipaddr', { kind: 'ipaddr' }],
  ['decimal', { kind: 'decimal' }],
  ['datetime', { kind: 'datetime' }],
  ['duration', { kind: 'duration' }],
]);

const EMPTY_SHAPE: RecordCedarType = { kind: 'record', attributes: new Map() };

/** Reads a schema with resolved names (`Cedar.schemaToJson`); throws for a name it does not declare. */
export function viewSchema(schema: SchemaJson): SchemaView {
  const types = new TypeReader(schema);
  const entityTypes = new Map<string, EntityTypeView>();
  const actions: ActionView[] = [];
  const actionGroups: TypeAndId[] = [];
  for (const [namespace, declarations] of Object.entries(schema)) {
    for (const [name, declaration] of Object.entries(declarations.entityTypes)) {
      const fullName = qualified(namespace, name);
      entityTypes.set(fullName, viewEntityType(fullName, declaration, types));
    }
    for (const [id, declaration] of Object.entries(declarations.actions)) {
      const action = viewAction({ type: qualified(namespace, 'Action'), id }, declaration, types);
      const isGroup = action.principalTypes.length === 0 || action.resourceTypes.length === 0;
      if (isGroup) actionGroups.push(action.uid);
      else actions.push(action);
    }
  }
  return { entityTypes, actions, actionGroups };
}

function viewEntityType(name: string, declaration: SchemaEntityType, types: TypeReader): EntityTypeView {
  return {
    name,
    memberOfTypes: declaration.memberOfTypes ?? [],
    shape: types.readRecord(declaration.shape),
    ...(declaration.tags && { tags: types.read(declaration.tags) }),
    ...(declaration.enum && { enumeratedIds: declaration.enum }),
  };
}

function viewAction(uid: TypeAndId, { appliesTo }: SchemaAction, types: TypeReader): ActionView {
  return {
    uid,
    principalTypes: appliesTo?.principalTypes ?? [],
    resourceTypes: appliesTo?.resourceTypes ?? [],
    context: types.readRecord(appliesTo?.context),
  };
}

class TypeReader {
  readonly #commonTypes = new Map<string, SchemaType>();
  readonly #entityTypes = new Set<string>();

  constructor(schema: SchemaJson) {
    for (const [namespace, { commonTypes = {}, entityTypes }] of Object.entries(schema)) {
      for (const [name, type] of Object.entries(commonTypes)) this.#commonTypes.set(qualified(namespace, name), type);
      for (const name of Object.keys(entityTypes)) this.#entityTypes.add(qualified(namespace, name));
    }
  }

  read(type: SchemaType): CedarType {
    if ('element' in type) return { kind: 'set', element: this.read(type.element) };
    if ('attributes' in type) return { kind: 'record', attributes: this.#readAttributes(type.attributes) };
    return this.#lookUp('name' in type ? type.name : type.type);
  }

  readRecord(type: SchemaType | undefined): RecordCedarType {
    const record = type ? this.read(type) : EMPTY_SHAPE;
    if (record.kind !== 'record') throw new Error('entity shapes and contexts are records');
    return record;
  }

  #readAttributes(attributes: { readonly [name: string]: SchemaType & { readonly required?: boolean } }) {
    return new Map(
      Object.entries(attributes).map(([name, type]) => [
        name,
        { type: this.read(type), isRequired: type.required !== false },
      ]),
    );
  }

  #lookUp(name: string): CedarType {
    const primitive = PRIMITIVES.get(name.replace(/^__cedar::/, ''));
    if (primitive) return primitive;
    const common = this.#commonTypes.get(name);
    if (common) return this.read(common);
    if (this.#entityTypes.has(name)) return { kind: 'entity', name };
    throw new Error(`the schema does not declare the type \`${name}\``);
  }
}
