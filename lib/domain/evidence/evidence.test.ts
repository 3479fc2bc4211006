import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agedWorth, freshnessOn } from './freshness';
import {
  EVIDENCE_ACTIONS,
  EVIDENCE_STATES,
  EVIDENCE_TRANSITIONS,
  nextEvidenceState,
  type EvidenceAction,
  type EvidenceContext,
} from './life';
import { resolveValidityDays } from './validity';

const DAY = 20_000;

/** A context in which every guard is content. */
const CONTENT: EvidenceContext = {
  actorId: 'second',
  uploaderId: 'first',
  withdrawalProposerId: 'first',
  reason: 'Shows another site.',
  collectedDay: DAY,
  today: DAY,
  hasAcceptedSuccessor: true,
};

const refusal = (action: EvidenceAction, context: Partial<EvidenceContext>) => {
  const [from] = EVIDENCE_TRANSITIONS[action].from;
  const outcome = nextEvidenceState(from ?? 'requested', action, { ...CONTENT, ...context });
  return outcome.ok ? null : outcome.refusal;
};

describe('the life of evidence', () => {
  it('has exactly these transitions when every guard is content', () => {
    const allowed = EVIDENCE_STATES.flatMap((state) =>
      EVIDENCE_ACTIONS.flatMap((action) => {
        const outcome = nextEvidenceState(state, action, CONTENT);
        return outcome.ok ? [`${state} ${action} ${outcome.state}`] : [];
      }),
    );
    expect(allowed).toEqual([
      'requested submit submitted',
      'requested cancel withdrawn',
      'submitted accept accepted',
      'submitted reject rejected',
      'submitted withdraw withdrawn',
      'accepted supersede superseded',
      'accepted withdraw withdrawn',
      'rejected submit submitted',
      'rejected withdraw withdrawn',
      'superseded withdraw withdrawn',
    ]);
  });

  it('refuses every other action from its state, whatever the context', () => {
    expect(nextEvidenceState('withdrawn', 'accept', CONTENT)).toEqual({ ok: false, refusal: 'wrong-state' });
    expect(nextEvidenceState('accepted', 'accept', CONTENT)).toEqual({ ok: false, refusal: 'wrong-state' });
  });

  it('lets nobody accept or reject what they uploaded', () => {
    for (const action of ['accept', 'reject'] as const) {
      expect(refusal(action, { actorId: 'first' })).toBe('own-upload');
      expect(refusal(action, { uploaderId: null })).toBe('own-upload');
      expect(refusal(action, {})).toBeNull();
    }
  });

  it('withdraws only with a second person and a reason', () => {
    expect(refusal('withdraw', { actorId: 'first' })).toBe('needs-second-person');
    expect(refusal('withdraw', { withdrawalProposerId: null })).toBe('needs-second-person');
    expect(refusal('withdraw', { reason: '  ' })).toBe('needs-reason');
  });

  it('asks for a reason to reject and to cancel a request', () => {
    expect(refusal('reject', { reason: null })).toBe('needs-reason');
    expect(refusal('cancel', { reason: '' })).toBe('needs-reason');
  });

  it('takes nothing dated ahead or undated', () => {
    for (const action of ['submit', 'accept'] as const) {
      expect(refusal(action, { collectedDay: DAY + 1 })).toBe('collected-in-future');
      expect(refusal(action, { collectedDay: null })).toBe('needs-collected-day');
    }
  });

  it('supersedes only by something accepted', () => {
    expect(refusal('supersede', { hasAcceptedSuccessor: false })).toBe('needs-successor');
  });

  it('never leads back to accepted by the uploader alone, however many steps they take', () => {
    const steps = fc.array(fc.constantFrom(...EVIDENCE_ACTIONS), { maxLength: 12 });
    fc.assert(
      fc.property(steps, (actions) => {
        const alone = { ...CONTENT, actorId: 'first' };
        let state: (typeof EVIDENCE_STATES)[number] = 'requested';
        for (const action of actions) {
          const outcome = nextEvidenceState(state, action, alone);
          if (outcome.ok) state = outcome.state;
          expect(state).not.toBe('accepted');
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('freshness', () => {
  const item = { collectedDay: DAY, validityDays: 100 };

  it.each([
    // [age, state, factor, days left]
    [0, 'fresh', 10_000, 100],
    [100, 'fresh', 10_000, 0],
    [101, 'ageing', 9_900, -1],
    [150, 'ageing', 5_000, -50],
    [199, 'ageing', 100, -99],
    [200, 'stale', 0, -100],
    [900, 'stale', 0, -800],
  ])('at age %i is %s, worth %i, with %i days left', (age, state, factor, daysLeft) => {
    expect(freshnessOn(item, DAY + age)).toEqual({ state, factor, daysLeft, worthlessDay: DAY + 200 });
  });

  it('is "future" and worth nothing before the day of collection', () => {
    expect(freshnessOn(item, DAY - 1)).toMatchObject({ state: 'future', factor: 0 });
  });

  it('is shortened by an end date of its own, never lengthened', () => {
    expect(freshnessOn({ ...item, validUntilDay: DAY + 10 }, DAY + 15)).toMatchObject({
      state: 'ageing',
      factor: 5_000,
    });
    expect(freshnessOn({ ...item, validUntilDay: DAY + 900 }, DAY + 101)).toMatchObject({ state: 'ageing' });
  });

  it('ends on the next day when there is no validity at all, and never begins when it ended before', () => {
    const oneDay = { collectedDay: DAY, validityDays: 0 };
    expect(freshnessOn(oneDay, DAY)).toMatchObject({ state: 'fresh', factor: 10_000 });
    expect(freshnessOn(oneDay, DAY + 1)).toMatchObject({ state: 'stale', worthlessDay: DAY + 1 });
    expect(freshnessOn({ ...item, validUntilDay: DAY - 1 }, DAY)).toMatchObject({ state: 'stale', factor: 0 });
  });

  it('never grows with age, and never exceeds the worth when fresh', () => {
    const days = fc.integer({ min: 0, max: 1_500 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), days, days, days, (worth, validity, one, other) => {
        const [younger, older] = [Math.min(one, other), Math.max(one, other)];
        expect(agedWorth(worth, older, validity)).toBeLessThanOrEqual(agedWorth(worth, younger, validity));
        expect(agedWorth(worth, younger, validity)).toBeLessThanOrEqual(worth);
        expect(agedWorth(worth, older, validity)).toBeGreaterThanOrEqual(0);
        expect(agedWorth(worth, one, validity)).toBeLessThanOrEqual(agedWorth(worth, one, validity + 1));
      }),
      { numRuns: 2_000 },
    );
  });

  it('rounds what is left down, never up', () => {
    // 10 × 2 / 3 = 6.67
    expect(agedWorth(10, 4, 3)).toBe(6);
  });

  it('turns stale on the day it is worth nothing, and not a day sooner', () => {
    const validity = fc.integer({ min: 0, max: 1_100 });
    fc.assert(
      fc.property(validity, fc.option(fc.integer({ min: -50, max: 1_500 })), (validityDays, until) => {
        const dates = { collectedDay: DAY, validityDays, validUntilDay: until === null ? null : DAY + until };
        const { worthlessDay } = freshnessOn(dates, DAY);
        expect(freshnessOn(dates, worthlessDay)).toMatchObject({ state: 'stale', factor: 0 });
        expect(freshnessOn(dates, worthlessDay - 1).state).not.toBe('stale');
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('validity', () => {
  it('comes from the control, else from the type', () => {
    expect(resolveValidityDays({ controlDays: 90, typeDays: 365 })).toBe(90);
    expect(resolveValidityDays({ controlDays: 730, typeDays: 365 })).toBe(730);
    expect(resolveValidityDays({ controlDays: null, typeDays: 365 })).toBe(365);
  });

  it('may be shortened by the organisation, not lengthened', () => {
    expect(resolveValidityDays({ controlDays: 90, typeDays: 365, organisationDays: 30 })).toBe(30);
    expect(resolveValidityDays({ controlDays: 90, typeDays: 365, organisationDays: 365 })).toBe(90);
    expect(resolveValidityDays({ controlDays: null, typeDays: 365, organisationDays: null })).toBe(365);
  });
});
