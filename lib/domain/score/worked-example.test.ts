import { describe, expect, it } from 'vitest';
import evidenceTypes from '@/db/catalogue/evidence-types.json';
import scoring from '@/db/catalogue/scoring.json';
import { evaluateEntity } from './entity';
import { evaluateGroup, groupScore } from './group';
import type { ControlInput, EntityInput, Mark, OpenCap } from './input';
import { methodFromCatalogue, type MethodR1, type Strength } from './method';
import { toPoints, toWholePoints } from './points';
import { entityScore } from './result';

const DAY = 1000;

/** The example's domains stand in for layers. */
const METHOD: MethodR1 = {
  ...methodFromCatalogue(scoring, evidenceTypes),
  layers: [
    { id: 'Governance', weight: 3 },
    { id: 'Incident', weight: 3 },
    { id: 'Supply', weight: 2 },
    { id: 'AI', weight: 2 },
  ],
};

/** Marks and target that make a claim of so many tenths: c = (documentation + implementation) / (2 × 5). */
function marks(tenths: number | null): Pick<ControlInput, 'documentation' | 'implementation' | 'target'> {
  if (tenths === null) return { documentation: null, implementation: null, target: 5 };
  return { documentation: Math.ceil(tenths / 2) as Mark, implementation: Math.floor(tenths / 2) as Mark, target: 5 };
}

function control(
  layer: string,
  id: string,
  weight: number,
  tenths: number | null,
  proof: readonly [strength: Strength, age: number, validityDays: number] | null,
): ControlInput {
  const evidence = proof === null ? [] : [{ strength: proof[0], collectedDay: DAY - proof[1], validityDays: proof[2] }];
  return { id, layer, weight, key: weight === 3, notApplicable: null, evidence, ...marks(tenths) };
}

function example(criticalSuppliers = 4): EntityInput {
  return {
    id: 'worked-example',
    criticality: 1,
    caps: [],
    controls: [
      control('Governance', 'board approval', 3, 10, ['document', 120, 365]),
      control('Governance', 'training', 2, 8, ['document', 500, 365]),
      control('Governance', 'roles', 1, 10, ['attestation', 30, 180]),
      control('Incident', '24 h process drilled', 3, 6, ['system', 40, 180]),
      control('Incident', 'contact list', 1, 10, ['document', 200, 180]),
      control('Incident', 'templates', 2, 10, ['document', 60, 365]),
      control('Supply', 'critical suppliers', 3, criticalSuppliers, ['document', 90, 365]),
      control('Supply', 'clauses', 2, 8, null),
      control('Supply', 'register', 1, 10, ['system', 10, 90]),
      control('AI', 'inventory', 3, 9, ['system', 20, 90]),
      control('AI', 'risk class', 2, 9, ['independent', 200, 365]),
      control('AI', 'oversight', 1, null, null),
    ],
  };
}

const score = (entity: EntityInput, day = DAY) => entityScore(evaluateEntity(entity, day, METHOD));

describe('the worked example of method R1', () => {
  const result = score(example());

  it('has the support q of each control', () => {
    const q = result.controls.map((row) => Math.round(row.support / 10) / 1000);
    expect(q).toEqual([0.6, 0.378, 0.3, 0.85, 0.533, 0.6, 0.6, 0, 0.85, 0.85, 1, 0]);
  });

  it('has the effective value v of each control', () => {
    const v = result.controls.map((row) => Math.round(row.proven / 10) / 1000);
    expect(v).toEqual([0.68, 0.502, 0.44, 0.6, 0.627, 0.68, 0.4, 0.2, 0.88, 0.88, 0.9, 0]);
  });

  it('has the layer scores 58.1 / 63.1 / 41.3 / 74.0', () => {
    expect(result.layers.map((layer) => layer.score)).toEqual([5808, 6311, 4133, 7400]);
    expect(result.layers.map((layer) => toPoints(layer.score))).toEqual([58.1, 63.1, 41.3, 74]);
  });

  it('has the mean 59.4, held by no weakest link', () => {
    expect(result.mean).toBe(5942);
    expect(result.proven).toBe(result.mean);
    expect(result.weakestLayerId).toBe('Supply');
  });

  it('is 59.4 proven, 79.7 claimed, 83.0 open', () => {
    expect([result.proven, result.claimed, result.open]).toEqual([5942, 7966, 8300]);
    expect([result.proven, result.claimed, result.open].map(toPoints)).toEqual([59.4, 79.7, 83]);
    expect(toWholePoints(result.proven)).toBe(59);
  });

  it('reaches level 2', () => {
    expect(result.level).toBe(2);
  });

  it('would be 85.5 as the plain mean of what was answered', () => {
    const answered = result.controls.filter((row) => row.id !== 'oversight');
    const mean = answered.reduce((sum, row) => sum + row.claimed, 0) / answered.length;
    expect(Math.round(mean / 10) / 10).toBe(85.5);
  });

  it('answers 23 of 24 parts of the weight', () => {
    expect(result.coverage).toBe(Math.floor((10_000 * 23) / 24));
  });

  it('rises to 62.2 when critical suppliers go from .4 to .8', () => {
    const better = score(example(8));
    expect(better.proven).toBe(6222);
    expect(toPoints(better.proven)).toBe(62.2);
  });

  it('falls to 49.0 under one open hard cap', () => {
    const cap: OpenCap = {
      id: 'cap-reporting',
      cap: 4900,
      reason: { key: 'score.caps.reporting.overdue', params: {} },
    };
    const capped = score({ ...example(), caps: [cap] });
    expect(toPoints(capped.proven)).toBe(49);
    expect(capped.mean).toBe(result.mean);
  });

  it('falls to 45.7 when nothing is renewed for 180 days, while the claim stays 79.7', () => {
    const later = score(example(), DAY + 180);
    expect(toPoints(later.proven)).toBe(45.7);
    expect(later.claimed).toBe(result.claimed);
  });

  it('is the group score of a group of one', () => {
    const group = groupScore(evaluateGroup([evaluateEntity(example(), DAY, METHOD)], METHOD));
    expect(group).toMatchObject({ proven: 5942, claimed: 7966, open: 8300, level: 2, coverage: result.coverage });
  });

  it('agrees with the example kept in the catalogue', () => {
    const { layers, expected_readiness } = scoring.worked_example;
    expect(Math.abs(toPoints(result.proven) - expected_readiness)).toBeLessThan(0.05);
    layers.forEach((layer, index) => {
      expect(toPoints(result.layers[index]?.score ?? Number.NaN)).toBe(layer.expected);
    });
  });
});
