import type { Condition, FactDeclaration } from '@/lib/domain/rules/condition';
import { readCondition, readFactDeclarations } from '@/lib/domain/rules/read-condition';
import {
  MalformedData,
  readArray,
  readBoolean,
  readObject,
  readText,
  readTextOrNull,
} from '@/lib/domain/rules/read-json';

/** A criterion of which one suffices to make an incident significant. */
export interface SignificanceCriterion {
  readonly id: string;
  readonly reference: string;
  readonly description: string;
  readonly note: string | null;
  /** Country whose threshold this is (ISO 3166 alpha-2), null for Union law. */
  readonly jurisdiction: string | null;
  /** Entity types the criterion is written for. */
  readonly appliesTo: readonly string[];
  readonly condition: Condition;
}

/** An entity type as the significance rules divide them. */
export interface SignificanceEntityType {
  readonly id: string;
  readonly name: string;
  /** Implementing Regulation (EU) 2024/2690 applies, and with it the exclusion of scheduled maintenance. */
  readonly isUnder2024_2690: boolean;
}

/** The significance criteria of one catalogue version, read and checked. */
export interface SignificanceRuleBook {
  readonly version: string;
  readonly facts: ReadonlyMap<string, FactDeclaration>;
  readonly entityTypes: ReadonlyMap<string, SignificanceEntityType>;
  readonly criteria: readonly SignificanceCriterion[];
}

/**
 * Reads the catalogue file `incident-significance.json`.
 * @throws MalformedData if a criterion cannot be evaluated or names an undeclared fact or entity type.
 */
export function readSignificanceRuleBook(catalogue: unknown): SignificanceRuleBook {
  const source = readObject(catalogue, 'significance');
  const book: SignificanceRuleBook = {
    version: readText(source['version'], 'version'),
    facts: readFactDeclarations(source['facts'], 'facts'),
    entityTypes: new Map(
      readArray(source['entity_types'], 'entity_types', readEntityType).map((type) => [type.id, type]),
    ),
    criteria: [],
  };
  return withCriteria(book, source['rules'], 'rules');
}

/**
 * Adds criteria to a rule book, for example national thresholds for other sectors: the same rows with a `jurisdiction`.
 * @throws MalformedData as {@link readSignificanceRuleBook}, and if an id is already taken.
 */
export function withCriteria(book: SignificanceRuleBook, rows: unknown, path: string): SignificanceRuleBook {
  const added = readArray(rows, path, (item, itemPath) => readCriterion(item, itemPath, book), 1);
  const criteria = [...book.criteria, ...added];
  if (new Set(criteria.map((criterion) => criterion.id)).size !== criteria.length) {
    throw new MalformedData(path, 'two criteria have the same id');
  }
  return { ...book, criteria };
}

function readEntityType(value: unknown, path: string): SignificanceEntityType {
  const source = readObject(value, path);
  return {
    id: readText(source['id'], `${path}.id`),
    name: readText(source['name'], `${path}.name`),
    isUnder2024_2690: readBoolean(source['cir_2024_2690'], `${path}.cir_2024_2690`),
  };
}

function readCriterion(value: unknown, path: string, book: SignificanceRuleBook): SignificanceCriterion {
  const source = readObject(value, path);
  const appliesTo = readArray(source['applies_to'], `${path}.applies_to`, readText, 1);
  const stranger = appliesTo.find((type) => !book.entityTypes.has(type));
  if (stranger !== undefined) throw new MalformedData(path, `entity type ${stranger} is not declared`);
  return {
    id: readText(source['id'], `${path}.id`),
    reference: readText(source['reference'], `${path}.reference`),
    description: readText(source['description'], `${path}.description`),
    note: readTextOrNull(source['note'], `${path}.note`),
    jurisdiction: readTextOrNull(source['jurisdiction'], `${path}.jurisdiction`),
    appliesTo,
    condition: readCondition(source['condition'], `${path}.condition`, { facts: book.facts, named: new Map() }),
  };
}
