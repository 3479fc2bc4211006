import type { Expression } from '../language/expression';
import type { CedarType, SchemaView } from '../language/schema-view';
import { CONSTRUCTORS, generateExtensionText, generateUid, generateValue, type ValueSource } from './generate-value';
import type { InputPath } from './input-paths';

/** What an expression may be made of. */
export interface ExpressionSource {
  readonly view: SchemaView;
  readonly values: ValueSource;
  readonly paths: readonly InputPath[];
  /** Probability at each step that an operand has a wrong type or a constructor a malformed text. */
  readonly wildness: number;
}

type Generate = (source: ExpressionSource, depth: number) => Expression;

const LONG: CedarType = { kind: 'long' };
const BOOL: CedarType = { kind: 'bool' };
const STRING: CedarType = { kind: 'string' };
const KINDS = ['bool', 'long', 'string', 'ipaddr', 'decimal', 'datetime', 'duration'] as const;
const ORDERED: readonly CedarType[] = [LONG, LONG, { kind: 'datetime' }, { kind: 'duration' }];
const MALFORMED = [
  '',
  '1',
  '1.2.3',
  '01.2.3.4',
  '::1/129',
  '1.23456',
  '2024-02-30',
  '2024-01-01T00:00:00',
  '1h1d',
  '-',
  '99999999999999999999d',
];

/** An expression that mostly has the given type; `depth` bounds the nesting. */
export function generateExpression(type: CedarType, source: ExpressionSource, depth: number): Expression {
  const { random } = source.values;
  if (random.chance(source.wildness))
    return generateExpression({ kind: random.pick(KINDS) }, { ...source, wildness: 0 }, 1);
  if (depth > 0 && random.chance(0.08)) {
    return {
      'if-then-else': {
        if: generateExpression(BOOL, source, depth - 1),
        // oxlint-disable-next-line unicorn/no-thenable -- Cedar's own name for the branch
        then: generateExpression(type, source, depth - 1),
        else: generateExpression(type, source, depth - 1),
      },
    };
  }
  const generators = depth > 0 ? operationsOf(type) : [];
  if (generators.length > 0 && random.chance(type.kind === 'bool' ? 0.9 : 0.35)) {
    return random.pick(generators)(source, depth - 1);
  }
  return generateInput(type, source) ?? generateLiteral(type, source, depth);
}

/** A read of an input of the type, guarded by its `has` tests or, sometimes, not. */
function generateInput(type: CedarType, { values: { random }, paths, view }: ExpressionSource): Expression | undefined {
  if (!random.chance(0.7)) return undefined;
  if (random.chance(0.1)) {
    const tagged = paths.filter(
      (path) => path.type.kind === 'entity' && isSame(view.entityTypes.get(path.type.name)?.tags, type),
    );
    if (tagged.length > 0) {
      return {
        getTag: { left: random.pick(tagged).expression, right: { Value: random.pick(['owner', 'tier', 'none']) } },
      };
    }
  }
  const fitting = paths.filter((path) => isSame(path.type, type));
  if (fitting.length === 0) return undefined;
  const { expression, guards } = random.pick(fitting);
  if (type.kind !== 'bool' || guards.length === 0 || random.chance(0.3)) return expression;
  return [...guards, expression].reduce((left, right) => ({ '&&': { left, right } }));
}

function generateLiteral(type: CedarType, source: ExpressionSource, depth: number): Expression {
  const { values } = source;
  switch (type.kind) {
    case 'set':
      return {
        Set: Array.from({ length: values.random.below(4) }, () => generateExpression(type.element, source, depth - 1)),
      };
    case 'record':
      return {
        Record: Object.fromEntries(
          Array.from(
            type.attributes,
            ([name, field]) => [name, generateExpression(field.type, source, depth - 1)] as const,
          ).filter(() => values.random.chance(0.9)),
        ),
      };
    case 'entity':
      return { Value: { __entity: generateUid(type.name, values) } };
    case 'bool':
    case 'long':
    case 'string':
      return { Value: generateValue(type, values) };
    default: {
      const isMalformed = values.random.chance(source.wildness);
      const text = isMalformed ? values.random.pick(MALFORMED) : generateExtensionText(type.kind, values);
      return { [CONSTRUCTORS[type.kind].fn]: [{ Value: text }] };
    }
  }
}

function operationsOf(type: CedarType): readonly Generate[] {
  switch (type.kind) {
    case 'bool':
      return PREDICATES;
    case 'long':
      return ARITHMETIC;
    case 'datetime':
      return [call('offset', [{ kind: 'datetime' }, { kind: 'duration' }]), call('toDate', [{ kind: 'datetime' }])];
    case 'duration':
      return [
        call('durationSince', [{ kind: 'datetime' }, { kind: 'datetime' }]),
        call('toTime', [{ kind: 'datetime' }]),
      ];
    default:
      return [];
  }
}

const ARITHMETIC: readonly Generate[] = [
  binary('+', LONG, LONG),
  binary('-', LONG, LONG),
  binary('*', LONG, LONG),
  (source, depth) => ({ neg: { arg: generateExpression(LONG, source, depth) } }),
  ...['toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays'].map((name) =>
    call(name, [{ kind: 'duration' }]),
  ),
];

const PREDICATES: readonly Generate[] = [
  binary('&&', BOOL, BOOL),
  binary('&&', BOOL, BOOL),
  binary('||', BOOL, BOOL),
  (source, depth) => ({ '!': { arg: generateExpression(BOOL, source, depth) } }),
  equality('=='),
  equality('!='),
  ordering('<'),
  ordering('<='),
  ordering('>'),
  ordering('>='),
  membership,
  membership,
  typeTest,
  attributeTest,
  attributeTest,
  tagTest,
  pattern,
  setTest('contains'),
  setTest('containsAll'),
  setTest('containsAny'),
  (source, depth) => ({ isEmpty: { arg: generateExpression(anySet(source), source, depth) } }),
  ...['isIpv4', 'isIpv6', 'isLoopback', 'isMulticast'].map((name) => call(name, [{ kind: 'ipaddr' }])),
  call('isInRange', [{ kind: 'ipaddr' }, { kind: 'ipaddr' }]),
  call('isInRange', [{ kind: 'ipaddr' }, { kind: 'ipaddr' }]),
  ...['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'].map((name) =>
    call(name, [{ kind: 'decimal' }, { kind: 'decimal' }]),
  ),
];

function binary(operator: '&&' | '||' | '+' | '-' | '*', left: CedarType, right: CedarType): Generate {
  return (source, depth) =>
    ({
      [operator]: { left: generateExpression(left, source, depth), right: generateExpression(right, source, depth) },
    }) as unknown as Expression;
}

function call(name: string, types: readonly CedarType[]): Generate {
  return (source, depth) => ({ [name]: types.map((type) => generateExpression(type, source, depth)) });
}

function equality(operator: '==' | '!='): Generate {
  return (source, depth) => {
    const type = source.values.random.pick(source.paths).type;
    const left = generateExpression(type, source, depth);
    const right = generateExpression(type, source, depth);
    return operator === '==' ? { '==': { left, right } } : { '!=': { left, right } };
  };
}

function ordering(operator: '<' | '<=' | '>' | '>='): Generate {
  return (source, depth) => {
    const type = source.values.random.pick(ORDERED);
    const operands = { left: generateExpression(type, source, depth), right: generateExpression(type, source, depth) };
    return { [operator]: operands } as unknown as Expression;
  };
}

function setTest(operator: 'contains' | 'containsAll' | 'containsAny'): Generate {
  return (source, depth) => {
    const set = anySet(source);
    const left = generateExpression(set, source, depth);
    if (operator === 'contains') return { contains: { left, right: generateExpression(set.element, source, depth) } };
    const right = generateExpression(set, source, depth);
    return operator === 'containsAll' ? { containsAll: { left, right } } : { containsAny: { left, right } };
  };
}

function membership(source: ExpressionSource, depth: number): Expression {
  const left = generateExpression(anyEntity(source), source, 0);
  if (source.values.random.chance(0.5))
    return { in: { left, right: generateExpression(anyEntity(source), source, 0) } };
  const right = Array.from({ length: source.values.random.below(4) }, () =>
    generateExpression(anyEntity(source), source, depth),
  );
  return { in: { left, right: { Set: right } } };
}

function typeTest(source: ExpressionSource): Expression {
  const left = generateExpression(anyEntity(source), source, 0);
  const type = source.values.random.pick([...source.view.entityTypes.keys()]);
  if (source.values.random.chance(0.5)) return { is: { left, entity_type: type } };
  return { is: { left, entity_type: type, in: generateExpression(anyEntity(source), source, 0) } };
}

/** `has` with one to three steps, some of which the schema does not know. */
function attributeTest({ values: { random }, paths }: ExpressionSource): Expression {
  const { expression } = random.pick(paths.filter((path) => '.' in path.expression));
  const steps: string[] = [];
  let left = expression;
  while ('.' in left && !Array.isArray(left['.'])) {
    const step = left['.'] as { left: Expression; attr: string };
    steps.unshift(random.chance(0.05) ? 'unheard' : step.attr);
    left = step.left;
  }
  const dropped = random.below(steps.length);
  for (const attr of steps.slice(0, dropped)) left = { '.': { left, attr } };
  const rest = steps.slice(dropped);
  return { has: { left, attr: rest.length === 1 ? rest[0]! : rest } };
}

function tagTest(source: ExpressionSource): Expression {
  const names = ['owner', 'tier', 'none', ...source.values.literals.strings.slice(0, 4)];
  const right: Expression = source.values.random.chance(0.8)
    ? { Value: source.values.random.pick(names) }
    : generateExpression(STRING, source, 0);
  return { hasTag: { left: generateExpression(anyEntity(source), source, 0), right } };
}

function pattern(source: ExpressionSource, depth: number): Expression {
  const { random } = source.values;
  const parts = [
    'Wildcard',
    { Literal: 'a' },
    { Literal: 'prod' },
    { Literal: '*' },
    { Literal: 'm' },
    { Literal: '😀' },
  ] as const;
  const pattern = Array.from({ length: random.below(5) }, () => random.pick(parts));
  return { like: { left: generateExpression(STRING, source, depth), pattern } };
}

function anySet({ values: { random }, paths }: ExpressionSource): { kind: 'set'; element: CedarType } {
  const element: CedarType = { kind: random.pick(KINDS) };
  const sets = paths.flatMap(({ type }) => (type.kind === 'set' ? [type] : []));
  return sets.length > 0 && random.chance(0.8) ? random.pick(sets) : { kind: 'set', element };
}

function anyEntity({ view, values: { random }, paths }: ExpressionSource): CedarType {
  const name = random.pick([...view.entityTypes.keys()]);
  const variables = paths.flatMap(({ type }) => (type.kind === 'entity' ? [type] : []));
  return random.chance(0.7) ? random.pick(variables) : { kind: 'entity', name };
}

function isSame(left: CedarType | undefined, right: CedarType): boolean {
  return left !== undefined && (left === right || JSON.stringify(left) === JSON.stringify(right));
}
