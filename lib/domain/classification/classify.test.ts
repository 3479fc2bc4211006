import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Facts, FactValue } from '@/lib/domain/rules/condition';
import { checkFacts } from '@/lib/domain/rules/facts';
import { classifyEntity } from './classify';
import { readClassificationRuleBook } from './rule-book';

interface Vector {
  readonly name: string;
  readonly facts: Facts;
  readonly expected_outcome: string;
  readonly expected_rule: string;
}
const catalogue = JSON.parse(readFileSync(new URL('../../../db/catalogue/sectors.json', import.meta.url), 'utf8')) as {
  test_vectors: readonly Vector[];
  classification_rules: { id: string; condition: unknown; outcome: string }[];
};
const book = readClassificationRuleBook(catalogue);
const broken = (change: (copy: typeof catalogue) => void) => {
  const copy = structuredClone(catalogue);
  change(copy);
  return () => readClassificationRuleBook(copy);
};

describe('official outcome', () => {
  it('has at least the 31 vectors of the catalogue to check', () => {
    expect(catalogue.test_vectors.length).toBeGreaterThanOrEqual(31);
    expect(new Set(catalogue.test_vectors.map((vector) => vector.expected_rule)).size).toBe(book.rules.length);
  });

  it.each(catalogue.test_vectors.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
    const result = classifyEntity(book, vector.facts);
    expect([result.outcome, result.rule.id]).toEqual([vector.expected_outcome, vector.expected_rule]);
    expect(checkFacts(vector.facts, book.facts)).toEqual([]);
  });

  it('gives the numbers used', () => {
    const facts = { annex: 'I', entity_type: 'airport', headcount: 249, turnover_meur: 50, balance_meur: 44 };
    const result = classifyEntity(book, facts);
    expect(result.rule).toMatchObject({ id: 'r14', reference: 'Article 3(2)' });
    expect(result.reasons.map(({ fact, op, actual, limit, truth }) => [fact, actual, op, limit, truth])).toEqual([
      ['annex', 'I', 'in', ['I', 'II'], 'yes'],
      ['entity_type', 'airport', '==', 'pa-regional', 'no'],
      ['headcount', 249, '>=', 50, 'yes'],
      ['turnover_meur', 50, '>', 10, 'yes'],
      ['balance_meur', 44, '>', 10, 'yes'],
    ]);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    const notLarge = result.considered.find((each) => each.rule.id === 'r10');
    expect(notLarge?.verdict.truth).toBe('no');
    expect(notLarge?.verdict.reasons.map(({ fact, actual, limit }) => [fact, actual, limit])).toEqual([
      ['headcount', 249, 250],
      ['turnover_meur', 50, 50],
    ]);
  });

  it('takes the annex from the entity type when only that is known', () => {
    const size = { headcount: 300, turnover_meur: 20, balance_meur: 20 };
    expect(classifyEntity(book, { entity_type: 'airport', ...size }).outcome).toBe('essential');
    expect(classifyEntity(book, { entity_type: 'food-business', ...size }).outcome).toBe('important');
    expect(classifyEntity(book, { entity_type: 'education', ...size }).outcome).toBe('out_of_scope');
    expect(classifyEntity(book, { entity_type: 'airport', annex: 'II', ...size }).outcome).toBe('important');
    expect(classifyEntity(book, { entity_type: 'unheard-of', ...size }).possibleOutcomes).toContain('essential');
  });
});

const EVERY_FACT_STATED = {
  annex: 'I',
  entity_type: 'el-dso',
  headcount: 200,
  turnover_meur: 50,
  balance_meur: 60,
  qualified_trust_provider: false,
  cer_critical_entity: false,
  ms_identified: 'none',
  nis1_oes_kept: false,
  regional_pa_risk_assessed: false,
  ms_opt_in: false,
  security_defence_exclusion: false,
  dora_exempted: false,
  offers_in_union: true,
};

describe('what is not known', () => {
  it('is certain when every fact is stated', () => {
    const result = classifyEntity(book, EVERY_FACT_STATED);
    expect(result).toMatchObject({ outcome: 'important', isCertain: true, openFacts: [] });
    expect(result.possibleOutcomes).toEqual(['important']);
  });

  it('is named with the outcomes it could lead to, although the official outcome reads it as no', () => {
    const { cer_critical_entity: _c, offers_in_union: _o, ...facts } = EVERY_FACT_STATED;
    const result = classifyEntity(book, facts);
    expect(result).toMatchObject({ outcome: 'important', isCertain: false });
    expect(result.possibleOutcomes).toEqual(['important', 'out_of_scope', 'essential']);
    expect(result.openFacts).toEqual([
      { fact: 'offers_in_union', couldLeadTo: ['out_of_scope'], askedBy: ['r02'] },
      { fact: 'cer_critical_entity', couldLeadTo: ['essential'], askedBy: ['r03'] },
    ]);
  });

  it('does not ask for facts that cannot change the outcome', () => {
    const { nis1_oes_kept: _n, qualified_trust_provider: _q, ms_opt_in: _m, ...facts } = EVERY_FACT_STATED;
    expect(classifyEntity(book, { ...facts, cer_critical_entity: true }).isCertain).toBe(true);
    const asked = classifyEntity(book, facts).openFacts.map((open) => open.fact);
    expect(asked).toEqual(['nis1_oes_kept']);
  });

  it('asks for the size figures that matter and no others', () => {
    const { headcount: _h, turnover_meur: _t, balance_meur: _b, ...facts } = EVERY_FACT_STATED;
    const unsized = classifyEntity(book, facts);
    expect(unsized.possibleOutcomes).toEqual(['out_of_scope', 'essential', 'important']);
    expect(unsized.openFacts.map((open) => open.fact)).toEqual(['headcount', 'turnover_meur', 'balance_meur']);
    expect(classifyEntity(book, { ...facts, headcount: 260 }).isCertain).toBe(true);
    const lowTurnover = classifyEntity(book, { ...facts, headcount: 20, turnover_meur: 9 });
    expect(lowTurnover).toMatchObject({ outcome: 'out_of_scope', isCertain: true });
  });

  it('keeps looking behind a rule that holds only because something is not stated', () => {
    const { entity_type: _e, ...facts } = EVERY_FACT_STATED;
    const result = classifyEntity(book, facts);
    expect(result.rule.id).toBe('r14');
    expect(result.possibleOutcomes).toContain('out_of_scope');
    const open = result.openFacts.find((each) => each.fact === 'entity_type');
    expect(open?.askedBy).toContain('r14');
    expect(open?.couldLeadTo).toEqual(
      expect.arrayContaining(['essential', 'domain_registration_only', 'out_of_scope']),
    );
  });

  it('agrees with trying out every completion of the facts, exactly so once the entity type is known', () => {
    const values: Record<string, readonly FactValue[]> = {
      annex: ['I', 'II', 'none'],
      entity_type: [
        'el-dso',
        'dns',
        'trust',
        'pa-central',
        'pa-regional',
        'public-ecs',
        'domain-registration',
        'pa-local',
      ],
      headcount: [10, 49, 50, 249, 250],
      turnover_meur: [9, 10, 11, 50, 51],
      balance_meur: [9, 10, 11, 43, 44],
      ms_identified: ['essential', 'important', 'none'],
    };
    const names = [...book.facts.keys()];
    const domain = (name: string) => values[name] ?? [true, false];
    const complete = fc.record(Object.fromEntries(names.map((name) => [name, fc.constantFrom(...domain(name))])));
    const hidden = fc.subarray(names, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(complete, hidden, (all, missing) => {
        const known: Record<string, FactValue> = Object.fromEntries(
          Object.entries(all).filter(([name]) => !missing.includes(name)),
        );
        const result = classifyEntity({ ...book, entityTypes: new Map() }, known);
        let completions: Record<string, FactValue>[] = [known];
        for (const name of missing) {
          completions = completions.flatMap((facts) => domain(name).map((value) => ({ ...facts, [name]: value })));
        }
        const reached = new Set(completions.map((facts) => classifyEntity(book, facts).outcome));
        for (const outcome of reached) expect(result.possibleOutcomes).toContain(outcome);
        const surplus = result.possibleOutcomes.filter((outcome) => !reached.has(outcome));
        expect(missing.includes('entity_type') ? [] : surplus).toEqual([]);
        expect(result.isCertain).toBe(result.openFacts.length === 0);
        for (const open of result.openFacts) expect(missing).toContain(open.fact);
      }),
      { numRuns: 400 },
    );
  });
});

describe('the rule book', () => {
  it('knows the place of every entity type', () => {
    expect(book.entityTypes.get('cloud')).toMatchObject({
      annex: 'I',
      sector: 'digital-infrastructure',
      significanceType: 'cloud',
      isUnder2024_2690: true,
      lexSpecialis: null,
    });
    expect(book.entityTypes.get('credit-institution')?.lexSpecialis).toBe('dora');
    expect(book.entityTypes.get('education')).toMatchObject({ annex: 'none', sector: null, subsector: null });
  });

  it('refuses a book that could leave an entity without an outcome or names what is not declared', () => {
    expect(broken((copy) => copy.classification_rules.pop())).toThrow('the last rule must always hold');
    expect(broken((copy) => (copy.classification_rules[1]!.id = 'r01'))).toThrow('two rules have the same id');
    expect(broken((copy) => copy.classification_rules.splice(0))).toThrow('at least 1');
    expect(broken((copy) => (copy.classification_rules[0]!.outcome = 'nowhere'))).toThrow('outcome nowhere');
    expect(broken((copy) => (copy.classification_rules[0]!.condition = { size: 'tiny' }))).toThrow('tiny');
    expect(() => readClassificationRuleBook(null)).toThrow('must be an object');
  });
});
