import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import catalogue from '@/db/catalogue/controls.json';
import { dayFromCivil } from '../score/calendar';
import { applicabilityOf } from './applies';
import { lastDayOf, refusalsOf, stateOf, toScoreInput, type NotApplicableClaim } from './not-applicable';

describe('applicability by facts', () => {
  it('is given when every fact is true or unanswered, and names what it assumed', () => {
    expect(applicabilityOf([], {})).toEqual({ applies: true, assumed: [], ruledOutBy: [] });
    expect(applicabilityOf(['uses_ai'], { uses_ai: true })).toEqual({ applies: true, assumed: [], ruledOutBy: [] });
    expect(applicabilityOf(['uses_ai', 'uses_agents'], { uses_ai: true, uses_agents: null })).toEqual({
      applies: true,
      assumed: ['uses_agents'],
      ruledOutBy: [],
    });
  });

  it('ends with a single fact answered "no", and says which', () => {
    expect(applicabilityOf(['uses_ai', 'uses_agents'], { uses_agents: false })).toEqual({
      applies: false,
      assumed: [],
      ruledOutBy: ['uses_agents'],
    });
  });

  it('never shrinks by forgetting an answer', () => {
    const facts = catalogue.profile_facts.map((fact) => fact.id);
    const answers = fc.record(Object.fromEntries(facts.map((fact) => [fact, fc.constantFrom(true, false, null)])));
    fc.assert(
      fc.property(answers, fc.constantFrom(...facts), (known, forgotten) => {
        for (const control of catalogue.controls) {
          const before = applicabilityOf(control.applies_when, known).applies;
          const after = applicabilityOf(control.applies_when, { ...known, [forgotten]: null }).applies;
          expect(after || !before).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves an entity without AI and suppliers the 79 controls that always apply', () => {
    const none = Object.fromEntries(catalogue.profile_facts.map((fact) => [fact.id, false]));
    const applying = catalogue.controls.filter((control) => applicabilityOf(control.applies_when, none).applies);
    expect(applying).toHaveLength(79);
    expect(applying.every((control) => control.applicability === 'all')).toBe(true);
  });
});

describe('"not applicable"', () => {
  const approvedDay = dayFromCivil(2026, 2, 28);
  const claim: NotApplicableClaim = {
    reason: 'No wireless network is operated at this site.',
    proposedBy: 'first',
    approvedBy: 'second',
    sinceDay: approvedDay,
  };

  it('stands with a reason and a second person', () => {
    expect(refusalsOf(claim, false)).toEqual([]);
    expect(refusalsOf({ ...claim, approvedBy: null }, false)).toEqual([]);
  });

  it('is refused for a key control, without a written reason, and by one person alone', () => {
    expect(refusalsOf(claim, true)).toEqual(['key-control']);
    expect(refusalsOf({ ...claim, reason: '  not needed          ' }, false)).toEqual(['reason-too-short']);
    expect(refusalsOf({ ...claim, approvedBy: 'first' }, false)).toEqual(['needs-second-person']);
  });

  it('lapses the day after twelve months', () => {
    const lastDay = dayFromCivil(2027, 2, 28);
    expect(lastDayOf(approvedDay)).toBe(lastDay);
    expect(stateOf(claim, lastDay)).toBe('approved');
    expect(stateOf(claim, lastDay + 1)).toBe('lapsed');
  });

  it('waits while nobody else has approved it', () => {
    expect(stateOf({ ...claim, approvedBy: null }, approvedDay)).toBe('proposed');
    expect(stateOf({ ...claim, approvedBy: 'first' }, approvedDay)).toBe('proposed');
  });

  it('reaches the score with its last day, approved only by another person', () => {
    expect(toScoreInput(claim)).toEqual({ approved: true, untilDay: dayFromCivil(2027, 2, 28) });
    expect(toScoreInput({ ...claim, approvedBy: 'first' })).toMatchObject({ approved: false });
    expect(toScoreInput(null)).toBeNull();
  });
});
