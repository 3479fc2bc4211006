import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HOUR, SECOND } from '@/lib/domain/deadline/instant';
import { EVENT_MACHINE, type EventStep, stepEvent } from './event-machine';
import { awaitsAnswer, completeFiling, type Filing } from './filing';
import {
  closeBlockers,
  INCIDENT_MACHINE,
  type IncidentEvent,
  type IncidentState,
  stepIncident,
} from './incident-machine';
import { eventsOf, nextState, readReportingMachine } from './machine';
import { clockStanding, isOutstanding, type Obligation, obligationKey, type ObligationState } from './obligation';
import { applyToObligation, OBLIGATION_MACHINE, type ObligationAction } from './obligation-machine';

const anchorAt = Date.UTC(2026, 9, 20, 10);
const dueAt = anchorAt + 24 * HOUR;
const latestAt = anchorAt + 30 * HOUR;
const now = anchorAt + HOUR;
const obligation: Obligation = {
  key: 'k1',
  incident: 'INC-1',
  regime: 'nis2',
  stage: 'early_warning',
  recipient: 'csirt:BE',
  jurisdiction: 'BE',
  request: '',
  terms: {
    template: 'nis2.early_warning',
    templateVersion: '0.1.0',
    name: 'Early warning',
    reference: 'Article 23(4)(a)',
    wording: null,
    deadline: {
      anchor: 'aware_at',
      limit: { kind: 'period', duration: { n: 24, unit: 'hours' } },
      notLaterThan: null,
      roll: 'none',
      internalTarget: null,
    },
    isRollExempt: false,
    zone: 'Europe/Brussels',
    content: [],
    replacesStage: null,
    assumed: [],
  },
  deadline: { status: 'running', anchorAt, dueAt, latestAt, targetAt: null, isCapped: false, missing: [] },
  state: 'required',
  decision: null,
  supersededBy: null,
  filings: [],
};
const filing: Filing = {
  id: 'f1',
  filedAt: now,
  filedBy: 'ana',
  isComplete: true,
  contentDigest: 'abc',
  lateReason: null,
  acknowledgedAt: null,
  authorityReference: null,
  outcome: null,
  outcomeAt: null,
};
const asked: Filing = { ...filing, outcome: 'questions', outcomeAt: now };
const inState = (state: ObligationState, changes: Partial<Obligation> = {}): Obligation => ({
  ...obligation,
  state,
  ...changes,
});
const apply = (subject: Obligation, action: ObligationAction, others: readonly Obligation[] = [], at = now) => {
  const result = applyToObligation(subject, action, others, at);
  return result.ok ? result.value : result.refusal;
};
const file = (changes: Partial<Filing> = {}): ObligationAction => ({ type: 'file', filing: { ...filing, ...changes } });
const ACTIONS: readonly ObligationAction[] = [
  { type: 'decide_required', by: 'ana', reason: 'it is' },
  { type: 'decide_not_required', by: 'ana', confirmedBy: 'ben', reason: 'it is not' },
  { type: 'reopen', by: 'ana', reason: 'new facts' },
  { type: 'start_draft' },
  { type: 'submit_for_approval' },
  { type: 'return_to_draft' },
  file(),
  { type: 'satisfy', by: 'ana', reason: 'closed by the authority' },
  { type: 'supersede', by: 'ana', confirmedBy: 'ben', reason: 'merged', replacement: 'k2' },
];
const decide = (by: string, confirmedBy: string, reason: string) =>
  apply(inState('to_decide'), { type: 'decide_not_required', by, confirmedBy, reason });
const complete = (subject: Obligation, completion: object, filingId = 'f1') =>
  apply(subject, { type: 'complete_filing', filingId, completion });
const keyOf = (stage: string, recipient: string) => obligationKey({ ...obligation, stage, recipient });
const closed = (obligations: readonly Obligation[]) => stepIncident('review', 'close', obligations);
const other = inState('required', { key: 'k2' });

describe('the obligation machine', () => {
  it.each<[ObligationState, readonly string[]]>([
    ['to_decide', ['decide_required', 'decide_not_required', 'file', 'supersede']],
    ['not_required', ['reopen']],
    ['required', ['decide_not_required', 'start_draft', 'file', 'supersede']],
    ['drafting', ['decide_not_required', 'submit_for_approval', 'file', 'supersede']],
    ['in_approval', ['decide_not_required', 'return_to_draft', 'file', 'supersede']],
    ['filed', ['file', 'satisfy']],
    ['acknowledged', ['file', 'satisfy']],
    ['satisfied', ['file']],
    ['superseded', ['reopen']],
  ])('in state %s allows exactly %j', (state, allowed) => {
    const possible = ACTIONS.filter((action) => typeof apply(inState(state), action, [other]) === 'object');
    expect(possible.map((action) => action.type)).toEqual(allowed);
    const refusals = ACTIONS.filter((action) => !allowed.includes(action.type)).map((action) =>
      apply(inState(state), action),
    );
    expect(new Set(refusals)).toEqual(new Set(['not_possible_now']));
  });

  it('walks from a question to its end', () => {
    let subject = inState('to_decide');
    const path: ObligationAction[] = [
      { type: 'decide_required', by: 'ana', reason: 'significant' },
      { type: 'start_draft' },
      { type: 'submit_for_approval' },
      { type: 'return_to_draft' },
      { type: 'submit_for_approval' },
      file(),
      { type: 'complete_filing', filingId: 'f1', completion: { acknowledgedAt: now + HOUR } },
      { type: 'satisfy', by: 'ana', reason: 'no questions left' },
    ];
    const states = path.map((action) => {
      const result = applyToObligation(subject, action, [], now);
      if (!result.ok) throw new Error(result.refusal);
      subject = result.value;
      return subject.state;
    });
    expect(states).toEqual([
      'required',
      'drafting',
      'in_approval',
      'drafting',
      'in_approval',
      'filed',
      'acknowledged',
      'satisfied',
    ]);
    expect(subject.decision).toEqual({
      outcome: 'required',
      at: now,
      by: 'ana',
      confirmedBy: null,
      reason: 'significant',
    });
    expect(subject.filings).toEqual([{ ...filing, acknowledgedAt: now + HOUR }]);
  });

  it('asks for a second person and a reason before it gives an obligation up', () => {
    expect(decide('ana', 'ana', 'no')).toBe('second_person_missing');
    expect(decide('ana', ' ', 'no')).toBe('second_person_missing');
    expect(decide('ana', 'ben', ' ')).toBe('reason_missing');
    expect(decide('ana', 'ben', 'no')).toMatchObject({
      state: 'not_required',
      decision: { outcome: 'not_required', at: now, by: 'ana', confirmedBy: 'ben', reason: 'no' },
    });
  });

  it('opens a decision again, whole', () => {
    const decided = inState('superseded', { supersededBy: 'k2', decision: { ...decision, outcome: 'superseded' } });
    expect(apply(decided, { type: 'reopen', by: 'ana', reason: 'wrong merge' })).toMatchObject({
      state: 'to_decide',
      decision: null,
      supersededBy: null,
    });
    expect(apply(inState('not_required'), { type: 'reopen', by: 'ana', reason: '' })).toBe('reason_missing');
  });

  it('merges only into something that is still owed or filed', () => {
    const merge = (others: readonly Obligation[], replacement = 'k2') =>
      apply(obligation, { type: 'supersede', by: 'ana', confirmedBy: 'ben', reason: 'merged', replacement }, others);
    expect(merge([])).toBe('replacement_missing');
    expect(merge([obligation], 'k1')).toBe('replacement_missing');
    expect(merge([{ ...other, state: 'superseded' }])).toBe('replacement_not_owed');
    expect(merge([{ ...other, state: 'not_required' }])).toBe('replacement_not_owed');
    expect(merge([{ ...other, state: 'filed' }])).toMatchObject({ state: 'superseded' });
    expect(merge([other])).toMatchObject({
      state: 'superseded',
      supersededBy: 'k2',
      decision: { outcome: 'superseded', by: 'ana', confirmedBy: 'ben', reason: 'merged' },
    });
  });

  it('does not shed a duty by merging it into another report, nor by one person alone', () => {
    const satisfied = inState('satisfied', { key: 'k2', filings: [filing] });
    const supersede = (changes: Partial<Obligation>, confirmedBy = 'ben', replacement = satisfied) =>
      apply(
        inState('required', changes),
        { type: 'supersede', by: 'ana', confirmedBy, reason: 'merged', replacement: 'k2' },
        [replacement],
      );
    for (const changes of [{ stage: 'incident_notification' }, { regime: 'cra_14' }, { request: 'R-1' }]) {
      expect(supersede(changes)).toBe('replacement_of_another_stage');
    }
    const later = {
      ...satisfied,
      stage: 'late_warning',
      terms: { ...obligation.terms, replacesStage: 'early_warning' },
    };
    expect(supersede({}, 'ben', later)).toMatchObject({ state: 'superseded' });
    expect(supersede({ stage: 'final_report' }, 'ben', later)).toBe('replacement_of_another_stage');
    for (const nobody of ['ana', ' ', '']) expect(supersede({}, nobody)).toBe('second_person_missing');
  });

  it('does not give up an obligation that others were merged into', () => {
    const carried = inState('superseded', { key: 'k0', supersededBy: 'k1' });
    const action: ObligationAction = { type: 'decide_not_required', by: 'ana', confirmedBy: 'ben', reason: 'no' };
    expect(apply(inState('to_decide'), action, [carried])).toBe('carries_another_obligation');
    expect(apply(inState('to_decide'), action, [{ ...carried, supersededBy: 'k9' }])).toMatchObject({
      state: 'not_required',
    });
  });

  it('files at once from any state in which something is owed, also before the decision', () => {
    expect(apply(inState('to_decide'), file())).toMatchObject({
      state: 'filed',
      decision: { outcome: 'required', by: 'ana', reason: 'filed', at: now },
      filings: [filing],
    });
    expect(apply(inState('drafting', { decision }), file())).toMatchObject({ state: 'filed', decision });
  });

  it('wants a reason for a late filing, judged by the last instant the law allows', () => {
    const late = latestAt + SECOND;
    expect(apply(obligation, file({ filedAt: late }), [], late)).toBe('late_reason_missing');
    expect(apply(obligation, file({ filedAt: late, lateReason: ' ' }), [], late)).toBe('late_reason_missing');
    expect(apply(obligation, file({ filedAt: late, lateReason: 'portal down' }), [], late)).toMatchObject({
      state: 'filed',
    });
    expect(apply(obligation, file({ filedAt: latestAt }), [], late)).toMatchObject({ state: 'filed' });
    const pending: Obligation = { ...obligation, deadline: { status: 'pending', missing: ['aware_at'] } };
    expect(apply(pending, file({ filedAt: late }), [], late)).toMatchObject({ state: 'filed' });
    const corrected = inState('filed', { filings: [filing] });
    expect(apply(corrected, file({ id: 'f2', filedAt: late }), [], late)).toMatchObject({
      filings: [{}, { id: 'f2' }],
    });
  });

  it('refuses a filing from the future and the same filing twice', () => {
    expect(apply(obligation, file({ filedAt: now + 1 }))).toBe('filed_in_the_future');
    expect(apply(inState('filed', { filings: [filing] }), file())).toBe('filing_repeated');
  });

  it('takes corrections without undoing what the authority confirmed', () => {
    for (const state of ['filed', 'acknowledged', 'satisfied'] as const) {
      expect(apply(inState(state, { filings: [filing] }), file({ id: 'f2' }))).toMatchObject({ state });
    }
  });

  it('completes a filing wherever the obligation stands', () => {
    const sent = inState('filed', { filings: [filing] });
    expect(complete(sent, { acknowledgedAt: now })).toMatchObject({ state: 'acknowledged' });
    expect(complete(sent, { outcome: 'accepted' })).toMatchObject({
      state: 'filed',
      filings: [{ outcome: 'accepted' }],
    });
    const two = inState('satisfied', { filings: [filing, { ...filing, id: 'f2' }] });
    expect(complete(two, { acknowledgedAt: now }, 'f2')).toMatchObject({
      state: 'satisfied',
      filings: [{ acknowledgedAt: null }, { acknowledgedAt: now }],
    });
    expect(complete(sent, { outcome: 'accepted' }, 'f9')).toBe('filing_unknown');
    expect(complete(sent, {})).toBe('nothing_to_complete');
  });

  it('is not satisfied while the authority waits for an answer', () => {
    const satisfy: ObligationAction = { type: 'satisfy', by: 'ana', reason: 'done' };
    expect(apply(inState('acknowledged', { filings: [asked] }), satisfy)).toBe('authority_waits');
    const answered = inState('acknowledged', { filings: [asked, { ...filing, id: 'f2', filedAt: now + 1 }] });
    expect(apply(answered, satisfy)).toMatchObject({ state: 'satisfied' });
    expect(apply(answered, { ...satisfy, reason: '' })).toBe('reason_missing');
  });

  it('is not satisfied by an incomplete report, nor does its incident close, until a complete one follows', () => {
    const satisfy: ObligationAction = { type: 'satisfy', by: 'ana', reason: 'done' };
    for (const state of ['filed', 'acknowledged'] as const) {
      const early = inState(state, { filings: [{ ...filing, isComplete: false }] });
      expect(apply(early, satisfy)).toBe('report_incomplete');
      expect(closeBlockers([early])).toEqual([{ obligation: 'k1', because: 'incomplete' }]);
      const whole = apply(early, file({ id: 'f2' }));
      if (typeof whole === 'string') throw new Error(whole);
      expect(closeBlockers([whole])).toEqual([]);
      expect(apply(whole, satisfy)).toMatchObject({ state: 'satisfied' });
      const addition = apply(whole, file({ id: 'f3', isComplete: false }));
      expect(typeof addition === 'object' && apply(addition, satisfy)).toMatchObject({ state: 'satisfied' });
    }
  });

  it('never changes what it was given', () => {
    const frozen = JSON.stringify(obligation);
    for (const action of ACTIONS) apply(obligation, action, [other]);
    expect(JSON.stringify(obligation)).toBe(frozen);
    expect(OBLIGATION_MACHINE.initial).toBe('to_decide');
  });
});

const decision = { outcome: 'required', at: 0, by: 'rule', confirmedBy: null, reason: 'r' } as const;

describe('a filing', () => {
  it('can be completed once in each part', () => {
    const first = completeFiling(filing, { acknowledgedAt: now, authorityReference: 'CCB-7' }, now);
    expect(first).toEqual({ ok: true, value: { ...filing, acknowledgedAt: now, authorityReference: 'CCB-7' } });
    const known = { ...filing, acknowledgedAt: now, authorityReference: 'CCB-7' };
    expect(completeFiling(known, { outcome: 'accepted' }, now)).toMatchObject({
      value: { ...known, outcome: 'accepted', outcomeAt: now },
    });
    for (const again of [{ acknowledgedAt: now + 1 }, { authorityReference: 'x' }]) {
      expect(completeFiling(known, { ...again, outcome: 'accepted' }, now)).toEqual({
        ok: false,
        refusal: 'already_completed',
      });
    }
    expect(completeFiling({ ...asked, outcome: 'accepted' }, { outcome: 'rejected' }, now).ok).toBe(false);
    expect(completeFiling(filing, {}, now)).toEqual({ ok: false, refusal: 'nothing_to_complete' });
    expect(completeFiling(filing, { acknowledgedAt: now - 1 }, now)).toEqual({
      ok: false,
      refusal: 'acknowledged_before_filing',
    });
  });

  it('waits for an answer after a question or a rejection, until the next filing', () => {
    expect(awaitsAnswer([])).toBe(false);
    expect(awaitsAnswer([{ ...asked, outcome: 'accepted' }])).toBe(false);
    expect(awaitsAnswer([asked])).toBe(true);
    expect(awaitsAnswer([{ ...asked, outcome: 'rejected' }])).toBe(true);
    expect(awaitsAnswer([asked, { ...filing, id: 'f2', filedAt: now + 1 }])).toBe(false);
  });

  it('waits for an answer to a question on an earlier filing, which what was sent before cannot give', () => {
    const two = inState('filed', { filings: [filing, { ...filing, id: 'f2' }] });
    const questioned = complete(two, { outcome: 'questions' });
    if (typeof questioned === 'string') throw new Error(questioned);
    expect(closeBlockers([questioned])).toEqual([{ obligation: 'k1', because: 'authority_waits' }]);
    expect(apply(questioned, { type: 'satisfy', by: 'ana', reason: 'done' })).toBe('authority_waits');
    const late = apply(questioned, file({ id: 'f3', filedAt: now }), [], now + HOUR);
    const later = apply(questioned, file({ id: 'f3', filedAt: now + HOUR }), [], now + HOUR);
    const standing = [late, later].map((each) => typeof each === 'object' && awaitsAnswer(each.filings));
    expect(standing).toEqual([true, false]);
  });

  it('has its outcome when that came, which may be before it was recorded', () => {
    const learn = (outcomeAt: number) => completeFiling(filing, { outcome: 'questions', outcomeAt }, now + HOUR);
    expect(learn(now + 1)).toMatchObject({ value: { outcome: 'questions', outcomeAt: now + 1 } });
    expect(learn(now - 1)).toEqual({ ok: false, refusal: 'outcome_before_filing' });
    expect(learn(now + HOUR + 1)).toEqual({ ok: false, refusal: 'outcome_in_the_future' });
    expect(completeFiling(filing, { authorityReference: 'x', outcomeAt: 0 }, now)).toMatchObject({
      value: { outcome: null, outcomeAt: null },
    });
  });
});

describe('the standing of a clock', () => {
  it.each([
    [anchorAt, 'on_time'],
    [anchorAt + 18 * HOUR - 1, 'on_time'],
    [anchorAt + 18 * HOUR, 'due_soon'],
    [dueAt, 'due_soon'],
    [dueAt + SECOND - 1, 'due_soon'],
    [dueAt + SECOND, 'in_grace'],
    [latestAt, 'in_grace'],
    [latestAt + SECOND - 1, 'in_grace'],
    [latestAt + SECOND, 'overdue'],
  ])('at %d is %s', (at, standing) => {
    expect(clockStanding(obligation, at)).toBe(standing);
  });

  it('is derived from filings, decisions and anchors', () => {
    const filedAt = (...instants: number[]) =>
      inState('filed', { filings: instants.map((at) => ({ ...filing, filedAt: at })) });
    expect(clockStanding(filedAt(latestAt), latestAt + HOUR)).toBe('filed_on_time');
    expect(clockStanding(filedAt(latestAt + SECOND - 1), latestAt + HOUR)).toBe('filed_on_time');
    expect(clockStanding(filedAt(latestAt + SECOND), 0)).toBe('filed_late');
    expect(clockStanding(filedAt(latestAt, latestAt + SECOND), 0)).toBe('filed_on_time');
    expect(clockStanding(filedAt(latestAt + SECOND, latestAt), 0)).toBe('filed_on_time');
    expect(clockStanding(inState('not_required'), latestAt + SECOND)).toBe('not_owed');
    expect(clockStanding(inState('superseded'), latestAt + SECOND)).toBe('not_owed');
    const pending = inState('required', { deadline: { status: 'pending', missing: ['aware_at'] } });
    expect(clockStanding(pending, latestAt + SECOND)).toBe('pending_anchor');
    const early = inState('filed', { deadline: pending.deadline, filings: [filing] });
    expect(clockStanding(early, latestAt)).toBe('filed_unclocked');
    const uncapped: Obligation = {
      ...filedAt(latestAt),
      deadline: {
        status: 'running',
        anchorAt,
        dueAt,
        latestAt,
        targetAt: null,
        isCapped: false,
        missing: ['aware_at'],
      },
    };
    expect(clockStanding(uncapped, latestAt)).toBe('filed_unclocked');
    expect(clockStanding({ ...uncapped, filings: [{ ...filing, filedAt: latestAt + SECOND }] }, 0)).toBe('filed_late');
    const unlimited = inState('required', { deadline: { status: 'unlimited', anchorAt, targetAt: null } });
    expect(clockStanding(unlimited, latestAt + SECOND)).toBe('no_limit');
  });

  it('counts as outstanding exactly while a decision or a filing is owed', () => {
    const states: ObligationState[] = ['to_decide', 'required', 'drafting', 'in_approval'];
    expect(states.every((state) => isOutstanding(inState(state)))).toBe(true);
    const settled: ObligationState[] = ['not_required', 'filed', 'acknowledged', 'satisfied', 'superseded'];
    expect(settled.some((state) => isOutstanding(inState(state)))).toBe(false);
  });

  it('has a key in which no part can pass for two', () => {
    expect(keyOf('a|b', 'c')).not.toBe(keyOf('a', 'b|c'));
    expect(keyOf('a', '')).not.toBe(keyOf('', 'a'));
  });
});

describe('the incident machine', () => {
  it.each<[IncidentState, readonly IncidentEvent[]]>([
    ['open', ['contain', 'recover', 'reclassify']],
    ['contained', ['recover', 'reopen', 'reclassify']],
    ['recovered', ['start_review', 'reopen', 'reclassify']],
    ['review', ['close', 'reopen', 'reclassify']],
    ['closed', ['reopen']],
  ])('in state %s allows exactly %j', (state, events) => {
    expect(new Set(eventsOf(INCIDENT_MACHINE, state))).toEqual(new Set(events));
  });

  it('walks from open to closed, back, and stays where it is when reclassified', () => {
    const walk: [IncidentState, IncidentEvent, IncidentState][] = [
      ['open', 'contain', 'contained'],
      ['contained', 'recover', 'recovered'],
      ['open', 'recover', 'recovered'],
      ['recovered', 'start_review', 'review'],
      ['review', 'close', 'closed'],
      ['closed', 'reopen', 'open'],
      ['contained', 'reclassify', 'contained'],
    ];
    for (const [from, event, to] of walk) expect(stepIncident(from, event, [])).toEqual({ ok: true, value: to });
    expect(stepIncident('open', 'close', [])).toEqual({ ok: false, refusal: 'not_possible_now' });
    expect(INCIDENT_MACHINE.initial).toBe('open');
  });

  it('does not close while anything is owed', () => {
    for (const state of ['to_decide', 'required', 'drafting', 'in_approval'] as const) {
      expect(closed([inState(state)])).toEqual({ ok: false, refusal: 'obligations_outstanding' });
      expect(stepIncident('open', 'recover', [inState(state)]).ok).toBe(true);
    }
    for (const state of ['not_required', 'filed', 'acknowledged', 'satisfied', 'superseded'] as const) {
      expect(closed([inState(state)])).toEqual({ ok: true, value: 'closed' });
    }
  });

  it('names what holds it open', () => {
    const blockers = closeBlockers([
      inState('to_decide', { key: 'a' }),
      inState('drafting', { key: 'b' }),
      inState('required', { key: 'c', request: 'R-1' }),
      inState('acknowledged', { key: 'd', filings: [asked] }),
      inState('satisfied', { key: 'e' }),
    ]);
    expect(blockers).toEqual([
      { obligation: 'a', because: 'undecided' },
      { obligation: 'b', because: 'unfiled' },
      { obligation: 'c', because: 'authority_waits' },
      { obligation: 'd', because: 'authority_waits' },
    ]);
  });
});

describe('the event machine', () => {
  const entry = { at: now, by: 'ana', reason: 'because', refersTo: 'INC-1' };
  const assessing: EventStep[] = [{ ...entry, to: 'assessing' }];

  it('leads from a report to one verdict with a reason', () => {
    expect(stepEvent([], 'assess', { ...entry, reason: '' })).toMatchObject({ ok: true, value: [{ to: 'assessing' }] });
    for (const verdict of ['incident', 'weakness', 'duplicate', 'false_positive', 'no_action'] as const) {
      expect(stepEvent(assessing, verdict, entry)).toEqual({
        ok: true,
        value: [...assessing, { ...entry, to: verdict }],
      });
      expect(stepEvent(assessing, verdict, { ...entry, reason: ' ' })).toEqual({
        ok: false,
        refusal: 'reason_missing',
      });
      expect(stepEvent([], verdict, entry)).toEqual({ ok: false, refusal: 'not_possible_now' });
    }
  });

  it('wants to know which incident or which event it repeats', () => {
    const nameless = { ...entry, refersTo: null };
    expect(stepEvent(assessing, 'incident', nameless)).toEqual({ ok: false, refusal: 'reference_missing' });
    expect(stepEvent(assessing, 'duplicate', { ...entry, refersTo: ' ' })).toEqual({
      ok: false,
      refusal: 'reference_missing',
    });
    expect(stepEvent(assessing, 'weakness', nameless).ok).toBe(true);
  });

  it('is assessed again on new facts, except once it is an incident', () => {
    const verdict = (to: EventStep['to']) => [...assessing, { ...entry, to }];
    expect(stepEvent(verdict('no_action'), 'new_facts', entry)).toMatchObject({ ok: true });
    expect(stepEvent(verdict('no_action'), 'new_facts', { ...entry, reason: '' }).ok).toBe(false);
    expect(stepEvent(verdict('incident'), 'new_facts', entry)).toEqual({ ok: false, refusal: 'not_possible_now' });
    expect(EVENT_MACHINE.final).toHaveLength(5);
  });
});

type Catalogue = {
  states: { id: string }[];
  initial_state: string;
  transitions: { from: string; event: string; to: string }[];
};

const withoutReview = (copy: Catalogue) =>
  (copy.transitions = copy.transitions.map((each) =>
    each.event === 'review_completed' ? { ...each, from: 'notified' } : each,
  ));

describe('the reporting machine of the catalogue', () => {
  const catalogue = JSON.parse(
    readFileSync(new URL('../../../db/catalogue/incident-reporting.json', import.meta.url), 'utf8'),
  ) as Catalogue;
  const broken = (change: (copy: Catalogue) => void) => () => {
    const copy = structuredClone(catalogue);
    change(copy);
    return readReportingMachine(copy);
  };

  it('leads from detection over both reports to the end', () => {
    const machine = readReportingMachine(catalogue);
    const events = [
      'triage_started',
      'decided_significant',
      'early_warning_submitted',
      'intermediate_requested',
      'intermediate_submitted_before_notification',
      'notification_submitted',
      'progress_submitted',
      'final_submitted_after_handling',
      'review_completed',
    ];
    const path = events.reduce(
      (states, event) => [...states, nextState(machine, states.at(-1) ?? '', event) ?? `stuck at ${event}`],
      [machine.initial],
    );
    expect(path).toEqual([
      'detected',
      'assessing',
      'significant_aware',
      'early_warned',
      'intermediate_requested',
      'early_warned',
      'notified',
      'progress_reported',
      'final_reported',
      'closed',
    ]);
    expect(machine.final).toContain('closed');
    expect(machine.transitions).toHaveLength(catalogue.transitions.length);
    expect(nextState(machine, 'detected', 'final_submitted')).toBeNull();
    expect(eventsOf(machine, 'assessing')).toEqual(['decided_not_significant', 'decided_significant']);
  });

  it('is refused when a state is unknown, unreachable or a dead end, or an event leads two ways', () => {
    expect(broken((copy) => (copy.initial_state = 'asleep'))).toThrow('state asleep is not declared');
    expect(broken((copy) => (copy.transitions[0]!.to = 'asleep'))).toThrow('state asleep is not declared');
    expect(broken((copy) => copy.states.push({ id: 'limbo' }))).toThrow('state limbo cannot be reached');
    expect(broken((copy) => copy.transitions.push({ ...copy.transitions[0]!, to: 'closed' }))).toThrow(
      'leads two ways',
    );
    expect(broken(withoutReview)).toThrow('state final_reported cannot be left');
  });
});
