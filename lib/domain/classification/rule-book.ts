import type { Condition, FactDeclaration } from '@/lib/domain/rules/condition';
import { readCondition, readFactDeclarations, type Vocabulary } from '@/lib/domain/rules/read-condition';
import {
  MalformedData,
  readArray,
  readBoolean,
  readObject,
  readText,
  readTextOrNull,
} from '@/lib/domain/rules/read-json';

/** What people see of a rule. */
export interface RuleLabel {
  readonly id: string;
  readonly outcome: string;
  /** Where the rule stands in Directive (EU) 2022/2555. */
  readonly reference: string;
  readonly description: string;
}

/** A rule that decides the class of an entity when it is the first true one. */
export interface ClassificationRule extends RuleLabel {
  readonly condition: Condition;
}

/** An entity type with the place it has in the annexes. */
export interface EntityType {
  readonly id: string;
  readonly name: string;
  /** Annex of the Directive: 'none' for the types that stand outside both. */
  readonly annex: 'I' | 'II' | 'none';
  readonly sector: string | null;
  readonly subsector: string | null;
  /** A law that goes before NIS2 for this sector (`dora`), or null. */
  readonly lexSpecialis: string | null;
  /** Which significance rules apply to its incidents. */
  readonly significanceType: string;
  /** Implementing Regulation (EU) 2024/2690 applies. */
  readonly isUnder2024_2690: boolean;
}

/** The classification rules of one catalogue version, read and checked. */
export interface ClassificationRuleBook {
  readonly version: string;
  readonly facts: ReadonlyMap<string, FactDeclaration>;
  readonly rules: readonly ClassificationRule[];
  readonly entityTypes: ReadonlyMap<string, EntityType>;
}

/**
 * Reads the catalogue file `sectors.json`.
 * @throws MalformedData if a rule cannot be evaluated, names an undeclared fact or outcome, or if no rule is certain to
 * decide (the last one must always hold).
 */
export function readClassificationRuleBook(catalogue: unknown): ClassificationRuleBook {
  const source = readObject(catalogue, 'sectors');
  const facts = readFactDeclarations(source['facts'], 'facts');
  const vocabulary: Vocabulary = { facts, named: readSizeClasses(source['size_classes'], facts) };
  const outcomes = readArray(source['outcomes'], 'outcomes', (item, path) =>
    readText(readObject(item, path)['id'], `${path}.id`),
  );
  const rules = readArray(
    source['classification_rules'],
    'classification_rules',
    (item, path) => readRule(item, path, outcomes, vocabulary),
    1,
  );
  if (new Set(rules.map((rule) => rule.id)).size !== rules.length) {
    throw new MalformedData('classification_rules', 'two rules have the same id');
  }
  if (rules.at(-1)?.condition.kind !== 'always') {
    throw new MalformedData(
      'classification_rules',
      'the last rule must always hold, so that every entity has an outcome',
    );
  }
  return { version: readText(source['version'], 'version'), facts, rules, entityTypes: readEntityTypes(source) };
}

function readSizeClasses(value: unknown, facts: Vocabulary['facts']): ReadonlyMap<string, Condition> {
  const sizes = new Map<string, Condition>();
  readArray(value, 'size_classes', (item, path) => {
    const source = readObject(item, path);
    const condition = readCondition(source['condition'], `${path}.condition`, { facts, named: sizes });
    sizes.set(readText(source['id'], `${path}.id`), condition);
  });
  return sizes;
}

function readRule(
  value: unknown,
  path: string,
  outcomes: readonly string[],
  vocabulary: Vocabulary,
): ClassificationRule {
  const source = readObject(value, path);
  const outcome = readText(source['outcome'], `${path}.outcome`);
  if (!outcomes.includes(outcome)) throw new MalformedData(path, `outcome ${outcome} is not declared`);
  return {
    id: readText(source['id'], `${path}.id`),
    outcome,
    reference: readText(source['reference'], `${path}.reference`),
    description: readText(source['description'], `${path}.description`),
    condition: readCondition(source['condition'], `${path}.condition`, vocabulary),
  };
}

type Place = Pick<EntityType, 'annex' | 'sector' | 'subsector' | 'lexSpecialis'>;

const OUTSIDE_THE_ANNEXES: Place = { annex: 'none', sector: null, subsector: null, lexSpecialis: null };

function readEntityTypes(source: Readonly<Record<string, unknown>>): ReadonlyMap<string, EntityType> {
  const inSectors = readArray(source['sectors'], 'sectors', readSector).flat();
  const others = readArray(source['other_entity_types'], 'other_entity_types', (item, path) =>
    readEntityType(item, path, OUTSIDE_THE_ANNEXES),
  );
  const byId = new Map<string, EntityType>();
  for (const type of [...inSectors, ...others]) {
    if (byId.has(type.id)) throw new MalformedData('sectors', `entity type ${type.id} stands there twice`);
    byId.set(type.id, type);
  }
  return byId;
}

function readSector(value: unknown, path: string): readonly EntityType[] {
  const sector = readObject(value, path);
  const annex = sector['annex'];
  if (annex !== 'I' && annex !== 'II') throw new MalformedData(`${path}.annex`, 'must be I or II');
  const id = readText(sector['id'], `${path}.id`);
  const lexSpecialis = readTextOrNull(sector['lex_specialis'], `${path}.lex_specialis`);
  return readArray(sector['subsectors'], `${path}.subsectors`, (item, itemPath) => {
    const subsector = readObject(item, itemPath);
    const place: Place = { annex, sector: id, subsector: readText(subsector['id'], `${itemPath}.id`), lexSpecialis };
    return readArray(subsector['entity_types'], `${itemPath}.entity_types`, (type, typePath) =>
      readEntityType(type, typePath, place),
    );
  }).flat();
}

function readEntityType(value: unknown, path: string, place: Place): EntityType {
  const source = readObject(value, path);
  return {
    id: readText(source['id'], `${path}.id`),
    name: readText(source['name'], `${path}.name`),
    ...place,
    significanceType: readText(source['significance_type'], `${path}.significance_type`),
    isUnder2024_2690: readBoolean(source['cir_2024_2690'], `${path}.cir_2024_2690`),
  };
}
