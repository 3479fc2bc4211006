import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import controls from '@/db/catalogue/controls.json';
import evidenceTypes from '@/db/catalogue/evidence-types.json';
import scoring from '@/db/catalogue/scoring.json';
import { DAY, METHOD } from '@/test/readiness-arbitraries';
import { CAP_IDS, type Strength } from '../score/method';
import { entityScore } from '../score/result';
import { capFactsOf, type BoardMember } from './cap-facts';
import { heatmapTable, partsAt, scoresOf, type HeatmapAxis } from './heatmap-table';
import { type BoardRules, liveScoreboard, type StoredScore, within } from './scoreboard';
import { lineText, reasonText, stepText, subjectName } from './words';

const RULES: BoardRules = {
  method: METHOD,
  controls: controls.controls,
  evidenceTypes: new Map(
    evidenceTypes.evidence_types.map((type) => [type.id, { ...type, strength: type.strength as Strength }]),
  ),
  targetLevels: scoring.target_levels,
  measures: new Map(controls.controls.map((control) => [control.id, control.weight])),
};
const NOW = { day: DAY, instant: DAY * 86_400_000 };
const MEMBER: BoardMember = { appointedDay: DAY - 900, trainedDay: DAY - 10, entityIds: null };

const entity = (id: string, more: Partial<StoredScore> = {}): StoredScore => ({
  id,
  name: `Entity ${id}`,
  country: 'DE',
  sector: 'energy',
  criticality: 2,
  classification: 'essential',
  facts: {},
  units: [],
  assessments: [],
  boardApprovedDay: DAY - 1,
  registrationConfirmedDay: DAY - 1,
  aiSystems: [],
  unmanagedMarks: [],
  ...more,
});

const marked = (id: string, mark: number, more: Partial<StoredScore> = {}) =>
  entity(id, {
    assessments: controls.controls.map(({ id: control }) => ({
      control,
      unit: null,
      documentation: mark,
      implementation: mark,
      target: 5,
      excludedUntilDay: null,
      evidence: [{ strength: 'independent', type: 'audit_report', collectedDay: DAY, validUntilDay: null }],
    })),
    ...more,
  });

const board = (stored: StoredScore[], members: BoardMember[] = [MEMBER]) =>
  liveScoreboard({ stored, members, now: NOW }, RULES);

describe('a live scoreboard', () => {
  it('keeps what did not change, and is the same as one made afresh', () => {
    const change = fc.record({
      which: fc.nat({ max: 2 }),
      mark: fc.integer({ min: 0, max: 5 }),
      days: fc.integer({ min: 0, max: 3 }),
      approvedDay: fc.option(fc.integer({ min: DAY - 800, max: DAY })),
      trainedDay: fc.option(fc.integer({ min: DAY - 800, max: DAY })),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
        const stored = [marked('a', 1), marked('b', 2), marked('c', 3)];
        let members = [MEMBER];
        let current = board(stored);
        for (const { which, mark, days, approvedDay, trainedDay } of changes) {
          const { id } = stored[which]!;
          stored[which] = marked(id, mark, { boardApprovedDay: approvedDay });
          members = [{ ...MEMBER, trainedDay }];
          const source = { stored, members, now: { day: DAY + days, instant: NOW.instant } };
          const next = liveScoreboard(source, RULES, current);
          const afresh = liveScoreboard(source, RULES);
          const scores = (one: typeof next) => one.entities.map(({ evaluation }) => entityScore(evaluation));
          expect(scores(next)).toEqual(scores(afresh));
          current = next;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('scores only the entity whose row is another object', () => {
    const rows = [marked('a', 1), marked('b', 2)];
    const before = board(rows);
    const after = liveScoreboard({ stored: [rows[0]!, marked('b', 4)], members: [MEMBER], now: NOW }, RULES, before);
    expect(after.entities[0]).toBe(before.entities[0]);
    expect(after.entities[1]).not.toBe(before.entities[1]);
  });

  it('stands in the order of names and narrows to the entities of a membership', () => {
    const all = board([marked('b', 1, { name: 'Alpha' }), marked('a', 1, { name: 'Beta' })]);
    expect(all.entities.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(within(all, ['a']).entities.map(({ id }) => id)).toEqual(['a']);
    expect(within(all, null)).toBe(all);
  });
});

const system = (criticality: number, isProhibited = false) => ({
  criticality,
  isProhibited,
  authorisedUntilDay: DAY,
});

describe('cap facts', () => {
  const applicable = new Set(controls.controls.map(({ id }) => id));
  const gap = {
    control: 'RSK-01',
    documentation: 1,
    implementation: 2,
    target: null,
    assessedDay: 1,
    hasOwner: false,
    hasDueDate: true,
  };
  const factsOf = (more: Partial<StoredScore>, members = [MEMBER]) =>
    capFactsOf(entity('e', more), applicable, members, RULES);

  it('count a gap only below the target, for a measure that applies', () => {
    expect(factsOf({ unmanagedMarks: [gap] }).openGaps).toEqual([
      { recordedDay: 1, hasOwner: false, hasDueDate: true },
    ]);
    expect(factsOf({ unmanagedMarks: [{ ...gap, documentation: 5, implementation: 5 }] }).openGaps).toEqual([]);
    expect(factsOf({ unmanagedMarks: [{ ...gap, target: 1 }] }).openGaps).toEqual([]);
    expect(factsOf({ unmanagedMarks: [{ ...gap, control: 'X-1' }] }).openGaps).toEqual([]);
    expect(capFactsOf(entity('e', { unmanagedMarks: [gap] }), new Set(), [], RULES).openGaps).toEqual([]);
  });

  it('ask a registration only of classes that owe one', () => {
    expect(factsOf({ classification: 'essential' }).registration.required).toBe(true);
    expect(factsOf({ classification: 'domain_registration_only' }).registration.required).toBe(true);
    expect(factsOf({ classification: 'out_of_scope' }).registration.required).toBe(false);
  });

  it('count the members whose seat covers the entity, trained for a year', () => {
    const elsewhere = { ...MEMBER, entityIds: ['other'] };
    const here = { ...MEMBER, trainedDay: null, entityIds: ['e'] };
    expect(factsOf({}, [MEMBER, elsewhere, here]).boardMembers).toEqual([
      { appointedDay: DAY - 900, trainedUntilDay: DAY - 10 + 365 },
      { appointedDay: DAY - 900, trainedUntilDay: null },
    ]);
  });

  it('take the AI systems of the highest criticality, and every prohibited one', () => {
    const facts = factsOf({ aiSystems: [system(1, true), system(2), system(3)] });
    expect(facts.openProhibitedFindings).toBe(1);
    expect(facts.criticalAiSystems).toHaveLength(1);
  });
});

const cellAt = (table: ReturnType<typeof heatmapTable>, row: string, column: string) =>
  [...table.cells, ...table.totals].find((cell) => cell.row === row && cell.column === column);

describe('the heatmap table', () => {
  const axis: HeatmapAxis = { by: 'layer', rows: METHOD.layers.map(({ id }) => ({ id, name: id })) };
  const low = board([marked('a', 2), marked('b', 3)]);
  const high = board([marked('a', 2), marked('b', 4)]);
  it('has a cell for each row and entity and a total for each, for all and for both', () => {
    const table = heatmapTable(low, axis);
    expect(table.cells).toHaveLength(14);
    expect(table.totals).toHaveLength(7 + 2 + 1);
    expect(cellAt(table, 'L1', 'a')?.cell).toMatchObject({ state: 'scored', proven: 4_000 });
    expect(cellAt(table, 'L1', '*')?.cell).toMatchObject({ proven: 5_000 });
    expect(cellAt(table, '*', '*')?.cell).toMatchObject({ proven: 5_000 });
  });

  it('tells the change of each cell under the same method, and none for a cell that was not there', () => {
    const table = heatmapTable(high, axis, scoresOf(low, axis));
    expect(cellAt(table, 'L1', 'a')?.delta).toBeNull();
    expect(cellAt(table, 'L1', 'b')?.delta).toBe(2_000);
    expect(cellAt(table, '*', '*')?.delta).toBe(1_000);
    const other = { ...scoresOf(low, axis), method: 'R0' };
    expect(cellAt(heatmapTable(high, axis, other), 'L1', 'b')?.delta).toBeNull();
    expect(cellAt(heatmapTable(high, axis, scoresOf(within(low, ['a']), axis)), 'L1', 'b')?.delta).toBeNull();
  });

  it('names the parts of a cell and of a total', () => {
    expect(partsAt(low, axis, 'L1', 'a').map(({ id }) => id)).toEqual(['a']);
    expect(partsAt(low, axis, 'L1', '*').map(({ id }) => id)).toEqual(['a', 'b']);
    expect(partsAt(low, axis, '*', 'b')[0]?.figure.proven).toBe(low.entities[1]?.evaluation.proven.value);
  });
});

describe('the words', () => {
  const names = { control: (id: string) => `name of ${id}`, part: (id: string) => `part ${id}` };

  it('say a reason for every cap and show an unknown key as it is', () => {
    const stored = marked('e', 1, {
      boardApprovedDay: null,
      registrationConfirmedDay: null,
      aiSystems: [{ criticality: 3, isProhibited: true, authorisedUntilDay: DAY - 1 }],
      unmanagedMarks: [
        {
          control: 'RSK-01',
          documentation: 1,
          implementation: 1,
          target: null,
          assessedDay: 1,
          hasOwner: false,
          hasDueDate: false,
        },
      ],
    });
    const { caps } = board([stored], [{ ...MEMBER, trainedDay: null }]).entities[0]!.evaluation.input;
    expect(caps.map(({ id }) => id)).toEqual(CAP_IDS.filter((id) => id !== 'cap-reporting'));
    for (const { reason } of caps) expect(reasonText(reason)).toMatch(/^[A-Z0-9].*\.$/);
    expect(reasonText({ key: 'score.caps.boardApproval.expired', params: { lastDay: 20_000 } })).toContain(
      '2024-10-04',
    );
    expect(reasonText({ key: 'made.up', params: {} })).toBe('made.up');
  });

  it('name what lines and steps are about', () => {
    expect(subjectName({ kind: 'weakest-loss', id: 'L1' }, names)).toBe('part L1');
    expect(subjectName({ kind: 'cap-loss', id: 'cap-reporting' }, names)).toBe('cap-reporting');
    expect(lineText({ kind: 'control', id: 'GOV-01' }, names)).toBe('GOV-01 name of GOV-01');
    expect(lineText({ kind: 'key-loss', id: 'GOV-01' }, names)).toContain('weak key control GOV-01');
    const place = { controlId: 'GOV-01', unitId: null, gain: 1, meanGain: 1 };
    expect(stepText({ kind: 'documentation', from: 1, to: 4, ...place }, names)).toContain('raise documentation to 4');
    expect(stepText({ kind: 'renewal', evidenceId: null, strength: 'document', ...place }, names)).toContain(
      'renew the evidence',
    );
    expect(stepText({ kind: 'evidence', strength: 'system', ...place }, names)).toContain('add evidence (system)');
    expect(stepText({ kind: 'cap', capId: 'cap-reporting', gain: 1, meanGain: 0 }, names)).toContain('cap-reporting');
  });
});
