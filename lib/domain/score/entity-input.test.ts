import { describe, expect, it } from 'vitest';
import controls from '@/db/catalogue/controls.json';
import evidenceTypes from '@/db/catalogue/evidence-types.json';
import scoring from '@/db/catalogue/scoring.json';
import { DAY } from '@/test/readiness-arbitraries';
import { entityInput, type ScoringRules, type StoredAssessment, type StoredEntity, targetLevel } from './entity-input';
import type { Strength } from './method';

const RULES: ScoringRules = {
  controls: controls.controls,
  evidenceTypes: new Map(
    evidenceTypes.evidence_types.map((type) => [type.id, { ...type, strength: type.strength as Strength }]),
  ),
  targetLevels: scoring.target_levels,
};

const BARE: StoredEntity = {
  id: 'e',
  criticality: 2,
  classification: 'essential',
  facts: {},
  units: [],
  assessments: [],
};

const row = (control: string, more: Partial<StoredAssessment> = {}): StoredAssessment => ({
  control,
  unit: null,
  documentation: null,
  implementation: null,
  target: null,
  excludedUntilDay: null,
  evidence: [],
  ...more,
});

const itemOf = (type: string) => ({ strength: 'document' as const, type, collectedDay: DAY, validUntilDay: null });

const inputOf = (entity: Partial<StoredEntity>) => entityInput({ ...BARE, ...entity }, RULES);
const controlOf = (id: string, entity: Partial<StoredEntity>) =>
  inputOf(entity).controls.find((control) => control.id === id);

describe('scoring input of an entity', () => {
  it('has every control while no fact is answered, blank where there is no row', () => {
    const input = inputOf({});
    expect(input.controls).toHaveLength(120);
    expect(controlOf('GOV-01', {})).toMatchObject({
      layer: 'L1',
      weight: 3,
      key: true,
      documentation: null,
      target: 4,
      evidence: [],
      expectedStrength: 'document',
      notApplicable: null,
    });
  });

  it('leaves out controls that the facts rule out', () => {
    expect(inputOf({ facts: { uses_ai: false, uses_suppliers: false } }).controls).toHaveLength(79);
  });

  it('takes the target of the row, else of class and weight', () => {
    expect(controlOf('GOV-01', { assessments: [row('GOV-01', { target: 2 })] })?.target).toBe(2);
    expect(controlOf('GOV-01', { classification: 'important' })?.target).toBe(3);
    expect(targetLevel(RULES, 'out_of_scope', 1)).toBe(2);
    expect(targetLevel(RULES, 'essential', 3)).toBe(4);
  });

  it('gives evidence the validity of the control’s entry, else of its type, else a year', () => {
    const evidence = ['certificate', 'board_minutes', 'made-up'].map(itemOf);
    const assessments = [row('GOV-01', { evidence: [...evidence, { ...itemOf('made-up'), id: 'kept' }] })];
    expect(controlOf('GOV-01', { assessments })?.evidence).toMatchObject([
      { validityDays: 1095 },
      { validityDays: 365 },
      { validityDays: 365 },
      { id: 'kept' },
    ]);
    const stricter = RULES.controls.map((control) => ({
      ...control,
      evidence: [{ type: 'board_minutes', validity_days: 90, primary: true }],
    }));
    const [first] = entityInput({ ...BARE, assessments }, { ...RULES, controls: stricter }).controls;
    expect(first?.evidence.map((item) => item.validityDays)).toEqual([1095, 90, 365, 365]);
  });

  it('splits a control into the units it is assessed for, and only those', () => {
    const units = [
      { id: 'model', kind: 'ai_system', criticality: 3 },
      { id: 'tool', kind: 'ai_system', criticality: 1 },
      { id: 'cloud', kind: 'supplier', criticality: 2 },
    ];
    const assessments = [row('LIF-06', { unit: 'model', documentation: 4, implementation: 3, excludedUntilDay: DAY })];
    expect(controlOf('LIF-06', { units, assessments })?.units).toMatchObject([
      {
        id: 'model',
        criticality: 3,
        critical: true,
        documentation: 4,
        implementation: 3,
        notApplicable: { approved: true, untilDay: DAY },
      },
      { id: 'tool', criticality: 1, critical: false, documentation: null, notApplicable: null },
    ]);
    expect(controlOf('GOV-01', { units })?.units).toEqual([]);
  });

  it('carries an approved exclusion with its last day', () => {
    const excluded = row('RSK-19', { excludedUntilDay: DAY + 9 });
    expect(controlOf('RSK-19', { assessments: [excluded] })?.notApplicable).toEqual({
      approved: true,
      untilDay: DAY + 9,
    });
  });
});
