import { describe, expect, it } from 'vitest';
import { METHOD } from '@/test/readiness-arbitraries';
import { bandOf, levelOf, type LevelFacts } from './level';
import { toUnits } from './units';

/** Facts that reach level 5. */
const BEST: LevelFacts = {
  readiness: toUnits(9_500),
  weakestLayer: toUnits(9_000),
  weakestKey: toUnits(9_000),
  coverage: toUnits(10_000),
  independentShare: toUnits(8_000),
  hasOpenCap: false,
};

const level = (facts: Partial<LevelFacts>) => levelOf({ ...BEST, ...facts }, METHOD);

describe('levels', () => {
  it('are all reached when everything is met', () => {
    expect(level({})).toBe(5);
  });

  it.each([
    // [readiness, level at it, level one unit below it]
    [2_000, 1, 0],
    [4_000, 2, 1],
    [6_000, 3, 2],
    [7_500, 4, 3],
    [8_800, 5, 4],
  ])('begin exactly at readiness %i: level %i, one unit less is level %i', (basisPoints, at, below) => {
    expect(level({ readiness: toUnits(basisPoints) })).toBe(at);
    expect(level({ readiness: toUnits(basisPoints) - 1 })).toBe(below);
  });

  it.each([
    [2_500, 2, 1],
    [4_500, 3, 2],
    [6_000, 4, 3],
    [7_500, 5, 4],
  ])('need every layer at %i: level %i, one unit less is level %i', (basisPoints, at, below) => {
    expect(level({ weakestLayer: toUnits(basisPoints) })).toBe(at);
    expect(level({ weakestLayer: toUnits(basisPoints) - 1 })).toBe(below);
  });

  it.each([
    [5_000, 3, 2],
    [6_500, 5, 3],
  ])('need every key control at %i: level %i, one unit less is level %i', (basisPoints, at, below) => {
    expect(level({ weakestKey: toUnits(basisPoints) })).toBe(at);
    expect(level({ weakestKey: toUnits(basisPoints) - 1 })).toBe(below);
  });

  it('need 90 % of the marks from level 3 on', () => {
    expect(level({ coverage: toUnits(9_000) })).toBe(5);
    expect(level({ coverage: toUnits(9_000) - 1 })).toBe(2);
  });

  it('need a quarter of independent evidence for level 4 and half for level 5', () => {
    expect(level({ independentShare: toUnits(2_500) - 1 })).toBe(3);
    expect(level({ independentShare: toUnits(2_500) })).toBe(4);
    expect(level({ independentShare: toUnits(5_000) - 1 })).toBe(4);
    expect(level({ independentShare: toUnits(5_000) })).toBe(5);
  });

  it('stop at 3 while a cap is open', () => {
    expect(level({ hasOpenCap: true })).toBe(3);
  });

  it('are all or nothing: what is missing low down is not made up for high up', () => {
    expect(level({ weakestLayer: toUnits(2_000) })).toBe(1);
    expect(level({ readiness: 0 })).toBe(0);
    const easyTop = {
      ...METHOD,
      levels: METHOD.levels.map((rule) => (rule.level === 5 ? { ...rule, minCoverage: 0 } : rule)),
    };
    expect(levelOf({ ...BEST, coverage: 0 }, easyTop)).toBe(2);
  });
});

describe('bands', () => {
  it.each([
    [0, 0],
    [1_999, 0],
    [2_000, 1],
    [5_999, 2],
    [6_000, 3],
    [7_499, 3],
    [7_500, 4],
    [8_799, 4],
    [8_800, 5],
    [10_000, 5],
  ])('put %i basis points into band %i', (basisPoints, band) => {
    expect(bandOf(basisPoints, METHOD)).toBe(band);
  });
});
