import { type EntityUidJson, type JsonValue, RESERVED_WORDS } from '../values/json-value';
import { type Expression, type ExpressionList, type PatternElement, tagged } from './expression';

/** How tightly each form binds, from Cedar's grammar; an operand that binds less tightly needs parentheses. */
const enum Level {
  Conditional,
  Or,
  And,
  Relation,
  Sum,
  Product,
  Unary,
  Member,
}

/**
 * Writes an expression as Cedar text with only the parentheses it needs, for people to read; parsing the text
 * again gives an equal expression.
 */
export function formatExpression(expression: Expression): string {
  return format(expression, Level.Conditional);
}

/** `Type::"id"` in Cedar's text form. */
export function formatEntityUid(uid: EntityUidJson): string {
  const { type, id } = '__entity' in uid ? uid.__entity : uid;
  return `${type}::${quote(id)}`;
}

/** A string literal with Cedar's escapes. */
export function quote(text: string): string {
  return `"${escape(text)}"`;
}

/** Whether a name can stand after a dot; others are written in brackets and quotes. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RESERVED_WORDS.includes(name);
}

const CONSTRUCTORS = new Set(['ip', 'decimal', 'datetime', 'duration', 'unknown']);

const INFIX_LEVELS: Readonly<Record<string, Level>> = {
  '||': Level.Or,
  '&&': Level.And,
  '==': Level.Relation,
  '!=': Level.Relation,
  '<': Level.Relation,
  '<=': Level.Relation,
  '>': Level.Relation,
  '>=': Level.Relation,
  in: Level.Relation,
  '+': Level.Sum,
  '-': Level.Sum,
  '*': Level.Product,
};

function format(expression: Expression, required: Level): string {
  const [text, level] = formatWithLevel(expression);
  return level < required ? `(${text})` : text;
}

function formatWithLevel(expression: Expression): [text: string, level: Level] {
  const tag = tagged(expression);
  switch (tag.operator) {
    case 'Value':
      return [formatValue(tag.operand), isNegative(tag.operand) ? Level.Unary : Level.Member];
    case 'Var':
      return [tag.operand, Level.Member];
    case 'Set':
      return [`[${formatList(tag.operand)}]`, Level.Member];
    case 'Record':
      return [
        formatRecord(Object.entries(tag.operand).map(([name, field]) => [name, formatExpression(field)])),
        Level.Member,
      ];
    case '!':
      return [`!${format(tag.operand.arg, Level.Member)}`, Level.Unary];
    case 'neg':
      return [`-${formatNegated(tag.operand.arg)}`, Level.Unary];
    case 'isEmpty':
      return formatMethod('isEmpty', [tag.operand.arg]);
    case 'contains':
    case 'containsAll':
    case 'containsAny':
    case 'getTag':
    case 'hasTag':
      return formatMethod(tag.operator, [tag.operand.left, tag.operand.right]);
    case '.':
      return [format(tag.operand.left, Level.Member) + formatAccess(tag.operand.attr), Level.Member];
    case 'has':
      return formatRelation(tag.operand.left, `has ${formatPath([tag.operand.attr].flat())}`);
    case 'like':
      return formatRelation(tag.operand.left, `like ${formatPattern(tag.operand.pattern)}`);
    case 'is': {
      const within = tag.operand.in ? ` in ${format(tag.operand.in, Level.Sum)}` : '';
      return formatRelation(tag.operand.left, `is ${tag.operand.entity_type}${within}`);
    }
    case 'if-then-else': {
      const { if: condition, then, else: otherwise } = tag.operand;
      const [when, yes, no] = [condition, then, otherwise].map(formatExpression);
      return [`if ${when} then ${yes} else ${no}`, Level.Conditional];
    }
    case 'call':
      if (!CONSTRUCTORS.has(tag.name)) return formatMethod(tag.name, tag.operand);
      return [`${tag.name}(${formatList(tag.operand)})`, Level.Member];
    default:
      return formatInfix(tag.operator, tag.operand.left, tag.operand.right);
  }
}

/** Relations do not chain, all other infix operators group to the left. */
function formatInfix(operator: string, left: Expression, right: Expression): [string, Level] {
  const level = INFIX_LEVELS[operator]!;
  const leftLevel = level === Level.Relation ? level + 1 : level;
  return [`${format(left, leftLevel)} ${operator} ${format(right, level + 1)}`, level];
}

function formatRelation(left: Expression, rest: string): [string, Level] {
  return [`${format(left, Level.Sum)} ${rest}`, Level.Relation];
}

function formatMethod(name: string, [receiver, ...rest]: readonly Expression[]): [string, Level] {
  const target = receiver ? format(receiver, Level.Member) : '';
  return [`${target}.${name}(${formatList(rest)})`, Level.Member];
}

/** A minus before a number would be read as part of it, so `-(5)` keeps its parentheses. */
function formatNegated(operand: Expression): string {
  const isNumber = 'Value' in operand && (typeof operand.Value === 'number' || typeof operand.Value === 'bigint');
  return isNumber ? `(${formatExpression(operand)})` : format(operand, Level.Member);
}

function formatList(expressions: ExpressionList | readonly Expression[]): string {
  return expressions.map(formatExpression).join(', ');
}

function formatRecord(fields: readonly (readonly [name: string, value: string])[]): string {
  return `{${fields.map(([name, value]) => `${quote(name)}: ${value}`).join(', ')}}`;
}

function formatAccess(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${quote(name)}]`;
}

function formatPath(path: readonly string[]): string {
  return path.every(isIdentifier) ? path.join('.') : quote(path.join('.'));
}

function formatPattern(pattern: readonly PatternElement[]): string {
  const parts = pattern.map((element) =>
    element === 'Wildcard' ? '*' : escape(element.Literal).replaceAll('*', String.raw`\*`),
  );
  return `"${parts.join('')}"`;
}

/** Writes a value of Cedar's JSON format as the literal or constructor call that makes it. */
export function formatValue(value: JsonValue): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(formatValue).join(', ')}]`;
  if ('__entity' in value) return formatEntityUid(value as EntityUidJson);
  if ('__extn' in value) {
    const { fn, arg, args = [arg!] } = value.__extn as { fn: string; arg?: JsonValue; args?: readonly JsonValue[] };
    const [first = '', ...rest] = args.map(formatValue);
    return CONSTRUCTORS.has(fn) ? `${fn}(${first})` : `${first}.${fn}(${rest.join(', ')})`;
  }
  return formatRecord(Object.entries(value).map(([name, field]) => [name, formatValue(field as JsonValue)]));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isNegative(value: JsonValue): boolean {
  return (typeof value === 'number' || typeof value === 'bigint') && value < 0;
}

/** Escapes quotation marks, backslashes and all that is not printable ASCII, so the text shows what it holds. */
function escape(text: string): string {
  return text.replace(/["\\]|[^ -~]/gu, (character) =>
    character === '"' || character === '\\' ? `\\${character}` : `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
