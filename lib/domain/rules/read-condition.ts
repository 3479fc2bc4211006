import type { Condition, FactDeclaration, FactType, Operand, Operator } from './condition';
import { decimalOf } from './decimal';
import { MalformedData, type JsonObject, readArray, readObject, readOneOf, readText } from './read-json';

const OPERATORS: readonly Operator[] = ['==', '!=', '>', '>=', '<', '<=', 'in'];
const FACT_TYPES: readonly FactType[] = ['string', 'number', 'integer', 'boolean'];

/** What a condition may refer to: the declared facts and the conditions that already have a name. */
export interface Vocabulary {
  readonly facts: ReadonlyMap<string, FactDeclaration>;
  /** Named conditions such as the size classes, referred to as `{ "size": name }`. */
  readonly named: ReadonlyMap<string, Condition>;
}

/** Reads `[{ id, type, description }]`. @throws MalformedData on a malformed or repeated declaration. */
export function readFactDeclarations(value: unknown, path: string): ReadonlyMap<string, FactDeclaration> {
  const declarations = new Map<string, FactDeclaration>();
  readArray(value, path, (item, itemPath) => {
    const source = readObject(item, itemPath);
    const id = readText(source['id'], `${itemPath}.id`);
    if (declarations.has(id)) throw new MalformedData(itemPath, `fact ${id} is declared twice`);
    const type = readOneOf(source['type'], `${itemPath}.type`, FACT_TYPES);
    declarations.set(id, { id, type, description: readText(source['description'], `${itemPath}.description`) });
  });
  return declarations;
}

/**
 * Reads a condition tree: `{ fact, op, value }`, `all`, `any`, `not`, `size`, `always`.
 * @throws MalformedData if a node has another shape, names an undeclared fact or an unknown named condition, or
 * compares a fact with a value of another type.
 */
export function readCondition(value: unknown, path: string, vocabulary: Vocabulary): Condition {
  const node = readObject(value, path);
  const readPart = (part: unknown, partPath: string) => readCondition(part, partPath, vocabulary);
  if ('all' in node) return { kind: 'all', parts: readArray(only(node, 'all', path), `${path}.all`, readPart, 1) };
  if ('any' in node) return { kind: 'any', parts: readArray(only(node, 'any', path), `${path}.any`, readPart, 1) };
  if ('not' in node) return { kind: 'not', part: readPart(only(node, 'not', path), `${path}.not`) };
  if ('size' in node) return named(readText(only(node, 'size', path), `${path}.size`), path, vocabulary);
  if ('always' in node) {
    if (only(node, 'always', path) !== true) throw new MalformedData(`${path}.always`, 'must be true');
    return { kind: 'always' };
  }
  return readComparison(node, path, vocabulary);
}

function only(node: JsonObject, key: string, path: string): unknown {
  if (Object.keys(node).length !== 1) throw new MalformedData(path, `must have no key beside ${key}`);
  return node[key];
}

function named(name: string, path: string, vocabulary: Vocabulary): Condition {
  const condition = vocabulary.named.get(name);
  if (!condition) throw new MalformedData(path, `no condition is named ${name}`);
  return condition;
}

function readComparison(node: JsonObject, path: string, vocabulary: Vocabulary): Condition {
  const fact = readText(node['fact'], `${path}.fact`);
  const op = readOneOf(node['op'], `${path}.op`, OPERATORS);
  const value = readOperand(node['value'], `${path}.value`, vocabulary);
  const factKind = kindOf(declared(fact, path, vocabulary).type);
  const isOrder = op !== '==' && op !== '!=' && op !== 'in';
  if (isOrder && factKind !== 'number') throw new MalformedData(path, `${op} needs a number, ${fact} is a ${factKind}`);
  if ((op === 'in') !== (value.kind === 'list')) throw new MalformedData(path, 'in goes with a list and only with one');
  const operandKind = operandKindOf(value, path, vocabulary);
  if (operandKind !== factKind) throw new MalformedData(path, `${fact} is a ${factKind}, the value a ${operandKind}`);
  return { kind: 'comparison', fact, op, value };
}

function readOperand(value: unknown, path: string, vocabulary: Vocabulary): Operand {
  if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'literal', value };
  if (typeof value === 'number') return { kind: 'number', value: decimalOf(value) };
  if (Array.isArray(value)) return { kind: 'list', values: readArray(value, path, readText, 1) };
  const node = readObject(value, path);
  const readNumeric = (part: unknown, partPath: string): Operand => {
    const operand = readOperand(part, partPath, vocabulary);
    if (operandKindOf(operand, partPath, vocabulary) !== 'number')
      throw new MalformedData(partPath, 'must be a number');
    return operand;
  };
  if ('fact' in node) {
    const fact = readText(only(node, 'fact', path), `${path}.fact`);
    return { kind: 'fact', fact: declared(fact, path, vocabulary).id };
  }
  if ('mul' in node) {
    return { kind: 'product', factors: readArray(only(node, 'mul', path), `${path}.mul`, readNumeric, 2) };
  }
  if ('min' in node) return { kind: 'lowest', of: readArray(only(node, 'min', path), `${path}.min`, readNumeric, 2) };
  throw new MalformedData(path, 'must be a literal, fact, mul or min');
}

function declared(fact: string, path: string, vocabulary: Vocabulary): FactDeclaration {
  const declaration = vocabulary.facts.get(fact);
  if (!declaration) throw new MalformedData(path, `fact ${fact} is not declared`);
  return declaration;
}

type ValueKind = 'string' | 'number' | 'boolean';

function kindOf(type: FactType): ValueKind {
  return type === 'integer' ? 'number' : type;
}

function operandKindOf(operand: Operand, path: string, vocabulary: Vocabulary): ValueKind {
  switch (operand.kind) {
    case 'literal':
      return typeof operand.value === 'string' ? 'string' : 'boolean';
    case 'list':
      return 'string';
    case 'fact':
      return kindOf(declared(operand.fact, path, vocabulary).type);
    default:
      return 'number';
  }
}
