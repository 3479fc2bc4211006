import { type Expression, operandsOf, type PolicyJson, type PolicySetJson, tagged } from '../language/expression';
import { type EntityUidJson, type JsonValue, parseEntityUid, type TypeAndId } from '../values/json-value';
import { isLong, type Long } from '../values/long';

/** What the literals of a policy set are made of; values near them are what makes its conditions change. */
export interface Literals {
  readonly longs: Long[];
  /** Strings, and patterns with their wildcards filled in. */
  readonly strings: string[];
  /** Texts given to `ip`, `decimal`, `datetime` and `duration`, by constructor, malformed ones included. */
  readonly constructorTexts: Map<string, string[]>;
  readonly entities: TypeAndId[];
}

/** Collects the literals of all policies, templates and links, scopes included. */
export function literalsOf({ policies, templates = {}, links = [] }: PolicySetJson): Literals {
  const literals: Literals = { longs: [], strings: [], constructorTexts: new Map(), entities: [] };
  for (const policy of [...Object.values(policies), ...Object.values(templates)]) {
    collectFromScope(policy, literals);
    for (const { body } of policy.conditions) collectFromExpression(body, literals);
  }
  for (const { values } of links) for (const uid of Object.values(values)) addEntity(uid, literals);
  return literals;
}

function collectFromScope({ principal, action, resource }: PolicyJson, literals: Literals): void {
  for (const constraint of [principal, action, resource]) {
    if ('entity' in constraint) addEntity(constraint.entity, literals);
    if ('entities' in constraint) for (const uid of constraint.entities) addEntity(uid, literals);
    if ('in' in constraint && constraint.in && 'entity' in constraint.in) addEntity(constraint.in.entity, literals);
  }
}

function collectFromExpression(expression: Expression, literals: Literals): void {
  const tag = tagged(expression);
  if (tag.operator === 'Value') collectFromValue(tag.operand, literals);
  if (tag.operator === 'like') {
    const pieces = tag.operand.pattern.map((element) => (element === 'Wildcard' ? '' : element.Literal));
    literals.strings.push(pieces.join(''), pieces.join('x'));
  }
  if (tag.operator === 'call') addConstructorText(tag.name, tag.operand[0], literals);
  for (const operand of operandsOf(expression)) collectFromExpression(operand, literals);
}

function collectFromValue(value: JsonValue, literals: Literals): void {
  if (isLong(value)) literals.longs.push(value);
  else if (typeof value === 'string') literals.strings.push(value);
  else if (typeof value === 'object' && '__entity' in value) addEntity(value as EntityUidJson, literals);
}

function addConstructorText(name: string, argument: Expression | undefined, { constructorTexts }: Literals): void {
  if (!argument || !('Value' in argument) || typeof argument.Value !== 'string') return;
  const texts = constructorTexts.get(name) ?? [];
  constructorTexts.set(name, [...texts, argument.Value]);
}

function addEntity(json: EntityUidJson, literals: Literals): void {
  const { type, id } = parseEntityUid(json);
  literals.entities.push({ type, id });
}
