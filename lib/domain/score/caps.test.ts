import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import scoring from '@/db/catalogue/scoring.json';
import { DAY, METHOD } from '@/test/readiness-arbitraries';
import { dayFromCivil } from './calendar';
import { openCaps, type CapFacts, type Moment } from './caps';

const NOW: Moment = { day: DAY, instant: DAY * 86_400_000 };

/** Facts under which nothing is wrong. */
const CLEAN: CapFacts = {
  boardApprovedDay: DAY,
  boardMembers: [{ appointedDay: DAY - 1_000, trainedUntilDay: DAY + 10 }],
  registration: { required: true, confirmedDay: DAY - 50, changeDueDay: null },
  openReportingDuties: [],
  openGaps: [],
  openProhibitedFindings: 0,
  criticalAiSystems: [{ authorisedUntilDay: DAY + 10 }],
};

const capsWith = (facts: Partial<CapFacts>, now = NOW) => openCaps({ ...CLEAN, ...facts }, now, METHOD);
const idsWith = (facts: Partial<CapFacts>, now = NOW) => capsWith(facts, now).map((cap) => cap.id);

const gap = (recordedDay: number, hasOwner: boolean, hasDueDate: boolean) =>
  idsWith({ openGaps: [{ recordedDay, hasOwner, hasDueDate }] });

const until = (authorisedUntilDay: number | null) => idsWith({ criticalAiSystems: [{ authorisedUntilDay }] });

describe('hard caps', () => {
  it('are all closed when nothing is wrong', () => {
    expect(capsWith({})).toEqual([]);
  });

  it('have the values of the catalogue, one rule each', () => {
    const everything = capsWith({
      boardApprovedDay: null,
      boardMembers: [{ appointedDay: DAY - 1_000, trainedUntilDay: null }],
      registration: { required: true, confirmedDay: null, changeDueDay: null },
      openReportingDuties: [{ dueAt: NOW.instant - 1 }],
      openGaps: [{ recordedDay: DAY - 31, hasOwner: false, hasDueDate: false }],
      openProhibitedFindings: 1,
      criticalAiSystems: [{ authorisedUntilDay: DAY - 1 }],
    });
    expect(everything.map(({ id, cap }) => [id, cap])).toEqual(
      scoring.hard_caps.map(({ id, cap }) => [id, Math.round(cap * 10_000)]),
    );
  });

  it('lets the board approval run twelve calendar months and names its last day', () => {
    const approved = dayFromCivil(2024, 2, 29);
    const lastDay = dayFromCivil(2025, 2, 28);
    const at = (day: number) => capsWith({ boardApprovedDay: approved }, { day, instant: day * 86_400_000 });
    expect(at(lastDay).map((cap) => cap.id)).not.toContain('cap-board-approval');
    expect(at(lastDay + 1)[0]).toEqual({
      id: 'cap-board-approval',
      cap: 4_900,
      reason: { key: 'score.caps.boardApproval.expired', params: { lastDay } },
    });
    expect(capsWith({ boardApprovedDay: null })[0]?.reason.key).toBe('score.caps.boardApproval.never');
  });

  it('gives a new board member three months before training is due', () => {
    const appointedDay = dayFromCivil(2026, 1, 31);
    const graceEnds = dayFromCivil(2026, 4, 30);
    const at = (day: number, trainedUntilDay: number | null = null) =>
      idsWith(
        { boardApprovedDay: day, boardMembers: [{ appointedDay, trainedUntilDay }], criticalAiSystems: [] },
        {
          day,
          instant: day * 86_400_000,
        },
      );
    expect(at(graceEnds)).toEqual([]);
    expect(at(graceEnds + 1)).toEqual(['cap-board-training']);
    expect(at(graceEnds + 1, graceEnds + 1)).toEqual([]);
    expect(at(graceEnds + 2, graceEnds + 1)).toEqual(['cap-board-training']);
  });

  it('counts the untrained among the members', () => {
    const trained = { appointedDay: DAY - 900, trainedUntilDay: DAY };
    const untrained = { appointedDay: DAY - 900, trainedUntilDay: DAY - 1 };
    const [cap] = capsWith({ boardMembers: [trained, untrained, untrained] });
    expect(cap?.reason).toEqual({ key: 'score.caps.boardTraining.untrained', params: { count: 2, total: 3 } });
  });

  it('asks for a confirmed registration only where one is owed', () => {
    const none = { confirmedDay: null, changeDueDay: null };
    expect(idsWith({ registration: { required: false, ...none } })).toEqual([]);
    expect(idsWith({ registration: { required: true, ...none } })).toEqual(['cap-registration']);
    const change = (changeDueDay: number) =>
      idsWith({ registration: { required: true, confirmedDay: 1, changeDueDay } });
    expect(change(DAY)).toEqual([]);
    expect(change(DAY - 1)).toEqual(['cap-registration']);
  });

  it('opens on a reporting duty one millisecond past its due time', () => {
    expect(idsWith({ openReportingDuties: [{ dueAt: NOW.instant }] })).toEqual([]);
    expect(idsWith({ openReportingDuties: [{ dueAt: NOW.instant - 1 }] })).toEqual(['cap-reporting']);
  });

  it('opens on a gap that lacks owner or date for more than 30 days', () => {
    expect(gap(DAY - 30, false, false)).toEqual([]);
    expect(gap(DAY - 31, false, false)).toEqual(['cap-known-gap']);
    expect(gap(DAY - 31, true, false)).toEqual(['cap-known-gap']);
    expect(gap(DAY - 31, false, true)).toEqual(['cap-known-gap']);
    expect(gap(DAY - 900, true, true)).toEqual([]);
  });

  it('opens on a critical AI system past its authorisation, not on its last day', () => {
    expect(until(DAY)).toEqual([]);
    expect(until(DAY - 1)).toEqual(['cap-expired-model']);
    expect(until(null)).toEqual([]);
  });

  it('never close by time alone', () => {
    const past = fc.integer({ min: DAY - 2_000, max: DAY });
    const facts: fc.Arbitrary<CapFacts> = fc.record({
      boardApprovedDay: fc.option(past),
      boardMembers: fc.array(
        fc.record({ appointedDay: past, trainedUntilDay: fc.option(fc.integer({ min: DAY - 300, max: DAY + 900 })) }),
        { maxLength: 3 },
      ),
      registration: fc.record({
        required: fc.boolean(),
        confirmedDay: fc.option(past),
        changeDueDay: fc.option(fc.integer({ min: DAY - 30, max: DAY + 60 })),
      }),
      openReportingDuties: fc.array(
        fc.record({ dueAt: fc.integer({ min: NOW.instant - 10 ** 9, max: NOW.instant + 10 ** 10 }) }),
        { maxLength: 2 },
      ),
      openGaps: fc.array(fc.record({ recordedDay: past, hasOwner: fc.boolean(), hasDueDate: fc.boolean() }), {
        maxLength: 2,
      }),
      openProhibitedFindings: fc.nat({ max: 1 }),
      criticalAiSystems: fc.array(
        fc.record({ authorisedUntilDay: fc.option(fc.integer({ min: DAY - 100, max: DAY + 400 })) }),
        { maxLength: 2 },
      ),
    });
    fc.assert(
      fc.property(facts, fc.nat({ max: 1_000 }), (known, days) => {
        const later = { day: DAY + days, instant: NOW.instant + days * 86_400_000 };
        const openLater = new Set(openCaps(known, later, METHOD).map((cap) => cap.id));
        for (const { id } of openCaps(known, NOW, METHOD)) expect(openLater).toContain(id);
      }),
      { numRuns: 1_000 },
    );
  });
});
