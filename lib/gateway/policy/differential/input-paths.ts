import type { Expression } from '../language/expression';
import type { CedarType, SchemaView } from '../language/schema-view';

/** What the variables of a policy hold. */
export interface PolicyEnvironment {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: CedarType;
}

/** An expression that reads one input, with its type and the `has` tests it needs to be safe. */
export interface InputPath {
  readonly expression: Expression;
  readonly type: CedarType;
  readonly guards: readonly Expression[];
}

const MAX_STEPS = 3;

/** All attributes that can be reached from the four variables in up to three steps, through records and entities. */
export function inputPaths(view: SchemaView, environment: PolicyEnvironment): InputPath[] {
  const roots: InputPath[] = [
    { expression: { Var: 'principal' }, type: { kind: 'entity', name: environment.principal }, guards: [] },
    { expression: { Var: 'action' }, type: { kind: 'entity', name: environment.action }, guards: [] },
    { expression: { Var: 'resource' }, type: { kind: 'entity', name: environment.resource }, guards: [] },
    { expression: { Var: 'context' }, type: environment.context, guards: [] },
  ];
  const paths = [...roots];
  let frontier = roots;
  for (let step = 0; step < MAX_STEPS; step++) {
    frontier = frontier.flatMap((path) => stepsFrom(view, path));
    paths.push(...frontier);
  }
  return paths;
}

function stepsFrom(view: SchemaView, { expression, type, guards }: InputPath): InputPath[] {
  const shape = type.kind === 'entity' ? view.entityTypes.get(type.name)?.shape : type;
  if (shape?.kind !== 'record') return [];
  return Array.from(shape.attributes, ([attr, attribute]) => ({
    expression: { '.': { left: expression, attr } },
    type: attribute.type,
    guards: attribute.isRequired ? guards : [...guards, { has: { left: expression, attr } }],
  }));
}
