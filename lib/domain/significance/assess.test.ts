import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Facts, FactValue } from '@/lib/domain/rules/condition';
import { checkFacts } from '@/lib/domain/rules/facts';
import { assessSignificance } from './assess';
import { readSignificanceRuleBook, type SignificanceRuleBook, withCriteria } from './rule-book';

interface Vector {
  readonly name: string;
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly expected_significant: boolean;
  readonly expected_rules: readonly string[];
}
const catalogue = JSON.parse(
  readFileSync(new URL('../../../db/catalogue/incident-significance.json', import.meta.url), 'utf8'),
) as { test_vectors: readonly Vector[]; rules: { id: string; applies_to: string[] }[] };
let readBook: SignificanceRuleBook | undefined;
/** Read inside the tests, so that a book that cannot be read fails them by name. */
const book = () => (readBook ??= readSignificanceRuleBook(catalogue));
const vectors = catalogue.test_vectors.map((vector) => [vector.name, vector] as const);

/** Every fact that is not stated is stated as "no" or zero. */
function answeredNo(facts: Facts): Facts {
  const rest = [...book().facts.values()].filter((fact) => !(fact.id in facts) && fact.type !== 'string');
  return { ...facts, ...Object.fromEntries(rest.map((fact) => [fact.id, fact.type === 'boolean' ? false : 0])) };
}

describe('the vectors of the catalogue', () => {
  it('are all there and touch every criterion', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(68);
    expect(new Set(catalogue.test_vectors.flatMap((vector) => vector.expected_rules)).size).toBe(
      book().criteria.length,
    );
  });

  it.each(vectors)('%s', (_name, vector) => {
    expect(checkFacts(vector.facts, book().facts)).toEqual([]);
    const assessment = assessSignificance(book(), vector.facts);
    expect(assessment.ifNothingElseIsTrue).toEqual({
      significant: vector.expected_significant,
      met: vector.expected_rules,
    });
  });

  it.each(vectors)('once everything is stated, three-valued: %s', (_name, vector) => {
    const assessment = assessSignificance(book(), answeredNo(vector.facts));
    expect(assessment).toMatchObject({
      significant: vector.expected_significant ? 'yes' : 'no',
      met: vector.expected_rules,
      open: [],
      questions: [],
    });
  });

  it.each(vectors)('a missing fact leaves the answer or opens it, never turns it: %s', (_name, vector) => {
    const stated = answeredNo(vector.facts);
    const impossible = vector.expected_significant ? 'no' : 'yes';
    for (const hidden of book().facts.keys()) {
      if (hidden === 'entity_type' || hidden === 'scheduled_maintenance') continue;
      const { significant } = assessSignificance(book(), { ...stated, [hidden]: null });
      expect([hidden, significant]).not.toEqual([hidden, impossible]);
    }
  });
});

describe('open answers', () => {
  it('is unknown, and lists what to ask, when nothing is stated', () => {
    const assessment = assessSignificance(book(), { entity_type: 'general' });
    expect(assessment).toMatchObject({ significant: 'unknown', met: [], open: ['nis2.23.3.a', 'nis2.23.3.b'] });
    expect(assessment.questions).toEqual([
      { fact: 'severe_disruption_caused_or_possible', askedBy: ['nis2.23.3.a'] },
      { fact: 'financial_loss_caused_or_possible', askedBy: ['nis2.23.3.a'] },
      { fact: 'considerable_damage_to_others_caused_or_possible', askedBy: ['nis2.23.3.b'] },
    ]);
    expect(assessment.ifNothingElseIsTrue).toEqual({ significant: false, met: [] });
  });

  it('gives the numbers used and the facts still needed per criterion', () => {
    const facts = { entity_type: 'cloud', limited_availability_min: 90, users_limited_availability_union: 60 };
    const criterion = assessSignificance(book(), facts).criteria.find((each) => each.id === 'cir.7.b');
    expect(criterion).toMatchObject({ truth: 'unknown', missing: ['service_users_union'], reference: 'Article 7(b)' });
    expect(criterion?.reasons).toMatchObject([
      { fact: 'limited_availability_min', actual: 90, limit: 60, truth: 'yes' },
      {
        fact: 'users_limited_availability_union',
        actual: 60,
        limit: 1_000_000,
        limitIsUpperBound: true,
        truth: 'unknown',
      },
    ]);
  });

  it('does not settle on no while an outage goes on', () => {
    const ongoing = answeredNo({ entity_type: 'cloud', complete_unavailability_min: { atLeast: 12 } });
    expect(assessSignificance(book(), ongoing)).toMatchObject({ significant: 'unknown', open: ['cir.7.a'] });
    const longer = answeredNo({ entity_type: 'cloud', complete_unavailability_min: { atLeast: 31 } });
    expect(assessSignificance(book(), longer)).toMatchObject({ significant: 'yes', met: ['cir.7.a'] });
  });

  it('cannot tell without the entity type, but says no when no criterion of any type could hold', () => {
    const facts = answeredNo({ entity_type: null, complete_unavailability_min: 31 });
    const assessment = assessSignificance(book(), facts);
    expect(assessment.significant).toBe('unknown');
    expect(assessment.questions).toEqual([
      { fact: 'entity_type', askedBy: ['cir.5.a', 'cir.7.a', 'cir.9.a', 'cir.10.a', 'cir.14.a'] },
    ]);
    expect(assessSignificance(book(), { ...facts, complete_unavailability_min: 0 }).significant).toBe('no');
    expect(() => assessSignificance(book(), { entity_type: 'bakery' })).toThrow(
      new RangeError('entity type "bakery" is not in the rule book'),
    );
    expect(() => assessSignificance(book(), { entity_type: 7 })).toThrow(
      new RangeError('entity type 7 is not in the rule book'),
    );
  });
});

describe('scheduled maintenance', () => {
  const down = { entity_type: 'cloud', complete_unavailability_min: 31 };

  it('lifts the entity types of Regulation 2024/2690 out, whatever else holds', () => {
    const excluded = assessSignificance(book(), { ...down, scheduled_maintenance: true });
    expect(excluded).toMatchObject({ significant: 'no', excluded: 'yes', met: [], open: [], questions: [] });
    expect(excluded.criteria.find((each) => each.id === 'cir.7.a')?.truth).toBe('yes');
  });

  it('does not hold a met criterion back while nobody has stated it, and asks', () => {
    const assessment = assessSignificance(book(), down);
    expect(assessment).toMatchObject({ significant: 'yes', excluded: 'unknown', met: ['cir.7.a'] });
    expect(assessment.questions).toEqual([{ fact: 'scheduled_maintenance', askedBy: ['cir.3.2'] }]);
    const quiet = answeredNo({ entity_type: 'cloud', scheduled_maintenance: null });
    expect(assessSignificance(book(), quiet)).toMatchObject({ significant: 'no', excluded: 'unknown', questions: [] });
    expect(assessSignificance(book(), { ...down, scheduled_maintenance: false })).toMatchObject({
      excluded: 'no',
      questions: [],
    });
  });

  it('is no excuse for other entities, and needs the entity type to be one', () => {
    const general = { entity_type: 'general', severe_disruption_caused_or_possible: true, scheduled_maintenance: true };
    expect(assessSignificance(book(), general)).toMatchObject({ significant: 'yes', excluded: 'no', questions: [] });
    const assessment = assessSignificance(book(), { ...general, entity_type: null });
    expect(assessment).toMatchObject({ significant: 'unknown', excluded: 'unknown' });
    expect(assessment.questions.map((question) => question.fact)).toContain('entity_type');
    expect(assessment.questions.map((question) => question.fact)).not.toContain('scheduled_maintenance');
    expect(() => assessSignificance(book(), { ...down, scheduled_maintenance: 'yes' })).toThrow(
      new TypeError('scheduled_maintenance must be a boolean'),
    );
  });
});

it('reads every criterion with its reference, words and entity types', () => {
  expect(book().criteria.find((criterion) => criterion.id === 'cir.4')).toMatchObject({
    reference: 'Article 3(1)(f) with Article 4',
    note: 'Annex point 3.4.2(b) asks for a quarterly check.',
    jurisdiction: null,
    appliesTo: expect.arrayContaining(['cloud', 'trust']),
  });
  expect(book().criteria.map((criterion) => criterion.description)).not.toContain('');
  expect(book().entityTypes.get('trust')).toEqual({
    id: 'trust',
    name: 'Trust service provider',
    isUnder2024_2690: true,
  });
});

describe('a book that is wrong', () => {
  const without = (list: 'entity_types' | 'rules', key: string, value: unknown = null) => {
    const copy = structuredClone(catalogue) as unknown as Record<string, Record<string, unknown>[]>;
    copy[list]![1]![key] = value;
    return () => readSignificanceRuleBook(copy);
  };

  it.each([
    ['entity_types', 'id'],
    ['entity_types', 'name'],
    ['entity_types', 'cir_2024_2690'],
    ['rules', 'id'],
    ['rules', 'reference'],
    ['rules', 'description'],
    ['rules', 'applies_to'],
    ['rules', 'condition'],
  ] as const)('is refused with the place of what is missing: %s, %s', (list, key) => {
    expect(without(list, key)).toThrow(`${list}[1].${key}: must be`);
  });

  it('is refused with the place of what has another type', () => {
    for (const key of ['note', 'jurisdiction'])
      expect(without('rules', key, 7)).toThrow(`rules[1].${key}: must be a text`);
    expect(without('rules', 'applies_to', [])).toThrow('rules[1].applies_to: must have at least 1 items');
    expect(without('rules', 'applies_to', [''])).toThrow('rules[1].applies_to[0]: must be a text');
    expect(() => readSignificanceRuleBook([])).toThrow('significance: must be an object');
    expect(() => readSignificanceRuleBook({ ...catalogue, version: '' })).toThrow('version: must be a text');
    expect(() => readSignificanceRuleBook({ ...catalogue, facts: {} })).toThrow('facts: must be a list');
    expect(() => readSignificanceRuleBook({ ...catalogue, entity_types: {} })).toThrow('entity_types: must be a list');
    expect(() => readSignificanceRuleBook({ ...catalogue, rules: {} })).toThrow('rules: must be a list');
  });
});

describe('national thresholds', () => {
  const national = {
    id: 'be.outage',
    reference: 'invented for this test',
    applies_to: ['general'],
    jurisdiction: 'BE',
    description: 'Service unavailable for more than an hour.',
    condition: { fact: 'complete_unavailability_min', op: '>', value: 60 },
    note: null,
  };
  const extended = () => withCriteria(book(), [national], 'national');
  const facts = () => answeredNo({ entity_type: 'general', complete_unavailability_min: 61 });

  it('count in their country only, and stay open while the country is unknown', () => {
    expect(assessSignificance(extended(), facts(), ['BE'])).toMatchObject({ significant: 'yes', met: ['be.outage'] });
    expect(assessSignificance(extended(), facts(), ['DE'])).toMatchObject({ significant: 'no', open: [] });
    expect(assessSignificance(extended(), facts())).toMatchObject({
      significant: 'unknown',
      questions: [{ fact: 'jurisdiction', askedBy: ['be.outage'] }],
      ifNothingElseIsTrue: { significant: false },
    });
    expect(assessSignificance(extended(), { ...facts(), complete_unavailability_min: 60 }).significant).toBe('no');
    const damaging = { ...facts(), considerable_damage_to_others_caused_or_possible: true };
    expect(assessSignificance(extended(), damaging, ['DE']).met).toEqual(['nis2.23.3.b']);
  });

  it('are refused when they name what the book does not declare or take an id that is in use', () => {
    expect(() => withCriteria(extended(), [national], 'national')).toThrow('two criteria have the same id');
    expect(() => withCriteria(book(), [{ ...national, applies_to: ['bakery'] }], 'national')).toThrow('bakery');
    expect(() => withCriteria(book(), [{ ...national, condition: { fact: 'x', op: '==', value: 1 } }], 'n')).toThrow(
      'n[0].condition: fact x is not declared',
    );
    expect(() => withCriteria(book(), [], 'national')).toThrow('at least 1');
  });
});

it('is plain data', () => {
  const assessment = assessSignificance(book(), { entity_type: 'cloud', direct_financial_loss_eur: 1 });
  expect(JSON.parse(JSON.stringify(assessment))).toEqual(assessment);
  expect(assessment.ruleBookVersion).toBe(book().version);
});
