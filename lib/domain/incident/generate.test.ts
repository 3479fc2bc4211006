import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HOUR, parseInstant, showInstant } from '@/lib/domain/deadline/instant';
import { workCalendar } from '@/lib/domain/deadline/work-calendar';
import { authorityZone, MEMBER_STATES } from './authority';
import { catalogueTemplates } from './catalogue-templates';
import { generateObligations } from './generate';
import { closeBlockers } from './incident-machine';
import type { Generation, GenerationInput } from './generation';
import { clockStanding, type Obligation } from './obligation';
import { applyToObligation, type ObligationAction } from './obligation-machine';
import type { ObligationTemplate } from './template';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../db/catalogue/${name}.json`, import.meta.url), 'utf8'));
const templates = catalogueTemplates(read('incident-reporting'), read('national-authorities'));
const aware = parseInstant('2026-10-20T10:00:00+02:00');
const now = aware + HOUR;

/** A cloud provider in Belgium whose incident touches nothing but NIS2; every fact is stated. */
const QUIET = {
  entity_type: 'cloud',
  lex_specialis: 'none',
  in_scope: true,
  acts_as_controller: true,
  acts_as_processor: false,
  trust_service_provider: false,
  cer_critical_entity: false,
  product_manufacturer: false,
  ai_high_risk_provider: false,
  gpai_systemic_provider: false,
  significant: true,
  recipients_may_be_affected: false,
  significant_cyber_threat: false,
  personal_data_breach: false,
};
const base: GenerationInput = {
  incident: 'INC-1',
  facts: QUIET,
  instants: { aware_at: aware },
  requests: [],
  jurisdictions: { nis2: ['BE'], gdpr: ['BE'], dora: ['BE'], ai_act_73: ['BE'] },
  templates,
  existing: [],
  isDrill: false,
  calendarOf: (jurisdiction) => workCalendar(authorityZone(jurisdiction)),
  now,
};
const run = (changes: Partial<GenerationInput> = {}): Generation => generateObligations({ ...base, ...changes });
const withFacts = (facts: GenerationInput['facts'], existing: readonly Obligation[] = []) =>
  run({ facts: { ...QUIET, ...facts }, existing });
const stages = (generation: Generation) =>
  generation.obligations.map((each) => `${each.regime} ${each.stage} ${each.recipient} ${each.state}`);
const of = (generation: Generation, stage: string): Obligation => {
  const found = generation.obligations.find((each) => each.stage === stage);
  if (!found) throw new Error(`no obligation ${stage} in ${stages(generation).join('; ')}`);
  return found;
};
const hoursAfterAwareness = (obligation: Obligation) =>
  obligation.deadline.status === 'running' ? (obligation.deadline.dueAt - aware) / HOUR : obligation.deadline.status;

const act = (obligations: readonly Obligation[], stage: string, action: ObligationAction, at = now) =>
  change(obligations, (each) => each.stage === stage, action, at);

function change(
  obligations: readonly Obligation[],
  isMeant: (each: Obligation) => boolean,
  action: ObligationAction,
  at = now,
) {
  return obligations.map((each) => {
    if (!isMeant(each)) return each;
    const result = applyToObligation(each, action, obligations, at);
    if (!result.ok) throw new Error(result.refusal);
    return result.value;
  });
}
const filed = (obligations: readonly Obligation[], what: string, filedAt: number, id = `${what}-1`) =>
  change(
    obligations,
    (each) => each.stage === what || each.key === what,
    {
      type: 'file',
      filing: { id, filedAt, filedBy: 'ana', isComplete: true, contentDigest: 'abc', lateReason: 'test' },
    },
    filedAt,
  );

const keyOf = (stage: string, country: string, incident = 'INC-1') => `${incident}|nis2|${stage}|csirt%3A${country}|`;
const merge = (obligations: readonly Obligation[], key: string, replacement: string) =>
  change(obligations, (each) => each.key === key, {
    type: 'supersede',
    by: 'ana',
    confirmedBy: 'ben',
    reason: 'merged',
    replacement,
  });

describe('a significant incident', () => {
  const generation = run();

  it('starts the three reports of Article 23, two with running clocks', () => {
    expect(stages(generation)).toEqual([
      'nis2 early_warning csirt:BE required',
      'nis2 incident_notification csirt:BE required',
      'nis2 final_report csirt:BE required',
    ]);
    expect(generation.obligations.map(hoursAfterAwareness)).toEqual([24, 72, 'pending']);
    expect(generation.created).toEqual(generation.obligations.map((each) => each.key));
    expect(generation.obligations[0]).toMatchObject({
      key: 'INC-1|nis2|early_warning|csirt%3ABE|',
      decision: { outcome: 'required', by: 'rule', reason: 'nis2.early_warning 0.1.0', at: now },
      terms: { templateVersion: '0.1.0', reference: 'Article 23(4)(a)', zone: 'Europe/Brussels', assumed: [] },
      deadline: { targetAt: aware + 12 * HOUR },
    });
  });

  it('runs the final report from the first notification, one calendar month, whatever is corrected later', () => {
    const notified = filed(generation.obligations, 'incident_notification', parseInstant('2026-10-31T09:00:00+01:00'));
    const final = of(run({ existing: notified }), 'final_report');
    if (final.deadline.status !== 'running') throw new Error('the clock must run');
    expect(showInstant(final.deadline.dueAt, 'Europe/Brussels').local).toBe('2026-11-30T09:00:00+01:00');
    const corrected = filed(notified, 'incident_notification', parseInstant('2026-11-05T09:00:00+01:00'), 'second');
    expect(of(run({ existing: corrected }), 'final_report').deadline).toEqual(final.deadline);
  });

  it('changes nothing when it is run again', () => {
    const again = run({ existing: generation.obligations });
    expect(again).toEqual({ ...generation, created: [] });
    expect(again.moved).toEqual([]);
  });

  it('is not one of NIS2 for a financial entity, which reports under DORA', () => {
    const dora = run({
      facts: { ...QUIET, entity_type: 'credit-institution', lex_specialis: 'dora', major_ict_incident: true },
      instants: { aware_at: aware, classified_major_at: aware + 22 * HOUR },
    });
    expect(stages(dora)).toEqual([
      'dora initial_notification financial-authority:BE required',
      'dora intermediate_report financial-authority:BE required',
      'dora final_report financial-authority:BE required',
    ]);
    expect(of(dora, 'initial_notification').deadline).toMatchObject({ dueAt: aware + 24 * HOUR, isCapped: true });
  });

  it('owes nothing new when it is not significant or the entity is not in scope', () => {
    expect(withFacts({ significant: false }).obligations).toEqual([]);
    expect(withFacts({ in_scope: false }).obligations).toEqual([]);
  });
});

describe('unknown facts', () => {
  it('make obligations to decide with their clock already running', () => {
    const open = withFacts({ significant: null });
    expect(stages(open)[0]).toBe('nis2 early_warning csirt:BE to_decide');
    expect(open.obligations.map(hoursAfterAwareness)).toEqual([24, 72, 'pending']);
    expect(of(open, 'early_warning')).toMatchObject({ decision: null, terms: { assumed: ['significant'] } });
    const decided = withFacts({}, open.obligations);
    expect(of(decided, 'early_warning')).toMatchObject({ state: 'required', decision: { by: 'rule' } });
    expect(of(decided, 'early_warning').terms.assumed).toEqual([]);
    expect(decided.created).toEqual([]);
  });

  it('of the country suppress nothing, and its discovery adds and proposes to merge', () => {
    const undetermined = run({ jurisdictions: {} });
    expect(stages(undetermined)[0]).toBe('nis2 early_warning csirt:undetermined required');
    expect(of(undetermined, 'early_warning').jurisdiction).toBeNull();
    const known = run({ existing: undetermined.obligations, jurisdictions: { nis2: ['BE', 'CY'] } });
    expect(known.obligations).toHaveLength(9);
    expect(known.toSupersede).toEqual(
      ['early_warning', 'incident_notification', 'final_report'].map((stage) => ({
        obligation: `INC-1|nis2|${stage}|csirt%3Aundetermined|`,
        replacement: `INC-1|nis2|${stage}|csirt%3ABE|`,
      })),
    );
  });

  it('of the country keep the clock of the final report, whoever follows the proposals', () => {
    const undetermined = run({ jurisdictions: {} });
    const warned = filed(undetermined.obligations, 'early_warning', now);
    const notified = filed(warned, 'incident_notification', now + HOUR);
    const jurisdictions = { nis2: ['DE'] };
    const due = parseInstant('2026-11-20T12:00:00+01:00');
    const known = run({ existing: notified, jurisdictions });
    const finals = ['undetermined', 'DE'].map((country) => `INC-1|nis2|final_report|csirt%3A${country}|`);
    expect(known.toSupersede).toEqual([]);
    const merged = ['early_warning', 'incident_notification'].reduce(
      (obligations, stage) => merge(obligations, keyOf(stage, 'DE'), keyOf(stage, 'undetermined')),
      known.obligations,
    );
    const followed = run({ existing: merged, jurisdictions });
    expect(followed.toSupersede).toEqual([{ obligation: finals[0], replacement: finals[1] }]);
    const accepted = run({ existing: merge(followed.obligations, finals[0]!, finals[1]!), jurisdictions });
    const final = accepted.obligations.find((each) => each.key === finals[1]);
    expect(final?.deadline).toMatchObject({ status: 'running', anchorAt: now + HOUR, dueAt: due });
    expect(final && clockStanding(final, due + 24 * HOUR)).toBe('overdue');
  });

  it('of the country keep it too when the final report was merged before anything was sent', () => {
    const jurisdictions = { nis2: ['DE'] };
    const known = run({ existing: run({ jurisdictions: {} }).obligations, jurisdictions });
    const merged = merge(known.obligations, keyOf('final_report', 'undetermined'), keyOf('final_report', 'DE'));
    const notified = filed(merged, keyOf('incident_notification', 'undetermined'), now);
    const later = filed(notified, keyOf('incident_notification', 'DE'), now + HOUR);
    for (const existing of [notified, later]) {
      const final = run({ existing, jurisdictions }).obligations.find(
        (each) => each.key === keyOf('final_report', 'DE'),
      );
      expect(final?.deadline).toMatchObject({ status: 'running', anchorAt: now });
    }
  });

  it('of the country do not put the final report off to that of a second notification', () => {
    const notified = filed(run({ jurisdictions: {} }).obligations, 'incident_notification', now);
    const jurisdictions = { nis2: ['DE'] };
    const known = run({ existing: notified, jurisdictions });
    const again = filed(known.obligations, keyOf('incident_notification', 'DE'), now + 24 * HOUR);
    expect(run({ existing: again, jurisdictions }).toSupersede.map((each) => each.obligation)).toEqual([
      keyOf('early_warning', 'undetermined'),
    ]);
  });

  it('take the strictest terms that could apply, and give them back once the fact is stated', () => {
    const trust = { ...QUIET, entity_type: 'trust', trust_service_provider: true, trust_service_breach: false };
    const open = run({ facts: trust });
    expect(of(open, 'incident_notification')).toMatchObject({
      state: 'required',
      terms: { template: 'nis2.incident_notification.trust', assumed: ['trust_services_affected'] },
    });
    expect(hoursAfterAwareness(of(open, 'incident_notification'))).toBe(24);
    const certain = run({ facts: { ...trust, trust_services_affected: true }, existing: open.obligations });
    expect(of(certain, 'incident_notification').terms.assumed).toEqual([]);
    expect(certain.moved).toEqual([]);
    const settled = run({ facts: { ...trust, trust_services_affected: false }, existing: open.obligations });
    expect(hoursAfterAwareness(of(settled, 'incident_notification'))).toBe(72);
    expect(settled.moved).toMatchObject([{ because: 'assumption_settled' }]);
    const withdrawn = templates.filter((template) => template.id !== 'nis2.incident_notification.trust');
    const facts = { ...trust, trust_services_affected: false };
    const kept = run({ facts, templates: withdrawn, existing: open.obligations });
    expect(hoursAfterAwareness(of(kept, 'incident_notification'))).toBe(24);
    const notLoosened = run({ facts: { ...trust, trust_services_affected: false }, existing: certain.obligations });
    expect(hoursAfterAwareness(of(notLoosened, 'incident_notification'))).toBe(24);
  });
});

describe('new facts', () => {
  it('add obligations and remove none, even when they turn round', () => {
    const first = run();
    const breach = withFacts({ personal_data_breach: true, risk_to_persons_unlikely: false }, first.obligations);
    expect(breach.created).toHaveLength(2);
    expect(stages(breach).slice(3)).toEqual([
      'gdpr authority_notification data-protection-authority:BE required',
      'gdpr data_subjects data-subjects to_decide',
    ]);
    const undone = withFacts({ significant: false, personal_data_breach: false }, breach.obligations);
    expect(undone.obligations).toEqual(breach.obligations);
  });

  it('tighten an unfiled obligation when a stricter row comes to apply', () => {
    const serious = {
      ai_high_risk_provider: true,
      ai_serious_incident: true,
      ai_death: false,
      ai_widespread_or_critical: false,
    };
    const first = run({ facts: { ...QUIET, ...serious }, isDrill: true });
    const before = of(first, 'serious_incident_report');
    expect(hoursAfterAwareness(before)).toBe(15 * 24 + 1);
    const facts = { ...QUIET, ...serious, ai_death: true };
    const tightened = run({ facts, isDrill: true, existing: first.obligations });
    expect(hoursAfterAwareness(of(tightened, 'serious_incident_report'))).toBe(10 * 24 + 1);
    expect(tightened.moved).toEqual([
      {
        obligation: before.key,
        before: before.deadline,
        after: of(tightened, 'serious_incident_report').deadline,
        because: 'stricter_rule',
      },
    ]);
    const sent = filed(first.obligations, 'serious_incident_report', now);
    expect(of(run({ facts, isDrill: true, existing: sent }), 'serious_incident_report').deadline).toEqual(
      before.deadline,
    );
  });

  it('ask to reconsider what was decided away', () => {
    const open = withFacts({ significant: null });
    const away = act(open.obligations, 'early_warning', {
      type: 'decide_not_required',
      by: 'ana',
      confirmedBy: 'ben',
      reason: 'a false alarm',
    });
    expect(withFacts({ significant: null }, away).toReconsider).toEqual([]);
    const certain = withFacts({}, away);
    expect(certain.toReconsider).toEqual(['INC-1|nis2|early_warning|csirt%3ABE|']);
    expect(of(certain, 'early_warning').state).toBe('not_required');
  });

  it('let two persons take back what is not filed when the incident proves not significant, and only that', () => {
    const warned = filed(run().obligations, 'early_warning', now);
    const reassess = (obligations: readonly Obligation[], stage: string, confirmedBy = 'ben') =>
      act(obligations, stage, { type: 'decide_not_required', by: 'ana', confirmedBy, reason: 'reassessed: 3 users' });
    const away = reassess(reassess(warned, 'incident_notification'), 'final_report');
    const reassessed = withFacts({ significant: false }, away);
    expect(reassessed.obligations.map((each) => each.state)).toEqual(['filed', 'not_required', 'not_required']);
    expect([of(reassessed, 'early_warning').filings.length, closeBlockers(reassessed.obligations)]).toEqual([1, []]);
    expect(reassessed.toReconsider).toEqual([]);
    expect(withFacts({}, away).toReconsider).toHaveLength(2);
    expect(() => reassess(warned, 'incident_notification', 'ana')).toThrow('second_person_missing');
    expect(() => reassess(warned, 'early_warning')).toThrow('not_possible_now');
    const notified = run({ existing: filed(warned, 'incident_notification', now) }).obligations;
    expect(() => reassess(notified, 'final_report')).toThrow('authority_waits');
    const request = { id: 'R-1', regime: 'nis2', stage: 'intermediate_report', recipient: 'csirt:BE' };
    const asked = run({ requests: [{ ...request, jurisdiction: 'BE', requestedAt: now, dueAt: null }] });
    expect(() => reassess(asked.obligations, 'intermediate_report')).toThrow('authority_waits');
  });

  it('replace the final report by progress and a later final when the incident goes on', () => {
    const notified = filed(run().obligations, 'incident_notification', now);
    const ongoing = withFacts({ ongoing_when_final_due: true }, notified);
    expect(ongoing.created).toHaveLength(2);
    expect(of(ongoing, 'progress_report').deadline).toMatchObject({ status: 'running', anchorAt: now });
    expect(of(ongoing, 'final_report_after_progress').deadline).toEqual({ status: 'pending', missing: ['handled_at'] });
    const withoutProgress = ongoing.obligations.map((each) =>
      each.stage === 'progress_report' ? { ...each, state: 'not_required' as const } : each,
    );
    expect(withFacts({ ongoing_when_final_due: true }, withoutProgress).toSupersede).toEqual([]);
    expect(ongoing.toSupersede).toEqual([
      {
        obligation: of(ongoing, 'final_report').key,
        replacement: of(ongoing, 'final_report_after_progress').key,
      },
    ]);
  });

  it('make one obligation per request of the authority', () => {
    const request = {
      id: 'R-1',
      regime: 'nis2',
      stage: 'intermediate_report',
      recipient: 'csirt:BE',
      jurisdiction: 'BE',
      requestedAt: now,
      dueAt: now + 5 * HOUR,
    };
    const requests = [request, { ...request, id: 'R-2', dueAt: null }];
    const asked = run({ requests });
    const reports = asked.obligations.filter((each) => each.stage === 'intermediate_report');
    expect(reports.map((each) => [each.request, each.state, each.deadline])).toEqual([
      [
        'R-1',
        'required',
        {
          status: 'running',
          anchorAt: now,
          dueAt: now + 5 * HOUR,
          latestAt: now + 5 * HOUR,
          targetAt: now + 5 * HOUR,
          isCapped: false,
          missing: [],
        },
      ],
      ['R-2', 'required', { status: 'unlimited', anchorAt: now, targetAt: now + 24 * HOUR }],
    ]);
  });
});

describe('a request of an authority', () => {
  const request = {
    id: 'R-1',
    regime: 'dora',
    stage: 'intermediate_report',
    recipient: 'financial-authority:BE',
    jurisdiction: 'BE',
    requestedAt: now,
    dueAt: now + 5 * HOUR,
  };
  const platform = {
    ...request,
    id: 'R-2',
    regime: 'cra_14',
    recipient: 'single-reporting-platform',
    jurisdiction: null,
  };

  it('makes a duty in each regime that knows it, beside the statutory one', () => {
    const requests = [request, platform];
    const facts = { ...QUIET, entity_type: 'credit-institution', lex_specialis: 'dora', major_ict_incident: true };
    const asked = run({ facts, requests });
    const reports = asked.obligations.filter((each) => each.stage === 'intermediate_report');
    expect(reports.map((each) => [each.regime, each.request, each.state, each.deadline.status])).toEqual([
      ['dora', '', 'required', 'pending'],
      ['dora', 'R-1', 'required', 'running'],
      ['cra_14', 'R-2', 'required', 'running'],
    ]);
    expect(asked.unmatchedRequests).toEqual([]);
    expect(run({ requests }).obligations.filter((each) => each.request !== '')).toHaveLength(2);
  });

  it('is told when no rule makes a duty of it, never dropped', () => {
    const requests = [
      { ...request, id: 'R-3', regime: 'gdpr', stage: 'authority_notification' },
      { ...request, id: 'R-4', regime: 'gossip' },
      platform,
    ];
    expect(run({ requests }).unmatchedRequests).toEqual(['R-3', 'R-4']);
    const first = run({ requests: [platform] });
    const withdrawn = templates.filter((template) => template.id !== 'cra_14.intermediate_report');
    expect(run({ requests: [platform], templates: withdrawn }).unmatchedRequests).toEqual(['R-2']);
    const held = run({ requests: [platform], templates: withdrawn, existing: first.obligations });
    expect(held.unmatchedRequests).toEqual([]);
  });

  it('of a country with a row of its own for the statutory report keeps the row for requests, and the other way', () => {
    const facts = { ...QUIET, entity_type: 'credit-institution', lex_specialis: 'dora', major_ict_incident: true };
    const rowOf = (id: string) => templates.find((template) => template.id === id)!;
    for (const id of ['dora.intermediate_report', 'dora.intermediate_report.on_request']) {
      const own = { ...rowOf(id), id: `${id}.BE`, jurisdiction: 'BE' };
      const asked = run({ facts, requests: [request], templates: [...templates, own] });
      const reports = asked.obligations.filter((each) => each.stage === 'intermediate_report');
      expect(reports.map((each) => each.request).toSorted()).toEqual(['', 'R-1']);
    }
  });

  it('is not proposed to be answered by another report', () => {
    const undetermined = { ...request, recipient: 'financial-authority:undetermined', jurisdiction: null };
    const requests = [undetermined, { ...request, id: 'R-5' }];
    expect(run({ requests }).toSupersede).toEqual([]);
  });
});

describe('an incident merged into another', () => {
  it('runs its final report from what the other one sent, and leaves the other one alone', () => {
    const first = filed(run().obligations, 'incident_notification', now);
    const second = run({ incident: 'INC-2', instants: { aware_at: aware + HOUR } }).obligations;
    const all = [...second, ...first];
    const merged = merge(all, keyOf('incident_notification', 'BE', 'INC-2'), keyOf('incident_notification', 'BE'));
    const again = run({ incident: 'INC-2', instants: { aware_at: aware + HOUR }, existing: merged });
    expect(of(again, 'final_report')).toMatchObject({ incident: 'INC-2', deadline: { anchorAt: now } });
    expect(again.obligations.slice(3)).toEqual(first);
    expect(again.toSupersede).toEqual([]);
  });

  it('comes to an end even if what is stored runs in a circle', () => {
    const [warning, ...rest] = run().obligations;
    const circle = [{ ...warning!, state: 'superseded' as const, supersededBy: warning!.key }, ...rest];
    expect(of(run({ existing: circle }), 'final_report').deadline.status).toBe('pending');
  });
});

describe('corrected awareness', () => {
  const later = { aware_at: aware + 3 * HOUR };

  it('moves what is not filed and leaves an entry for the audit trail', () => {
    const first = run();
    const corrected = run({ existing: first.obligations, instants: later });
    expect(corrected.obligations.map(hoursAfterAwareness)).toEqual([27, 75, 'pending']);
    expect(corrected.moved.map((change) => [change.obligation, change.because])).toEqual([
      [first.obligations[0]?.key, 'anchor_changed'],
      [first.obligations[1]?.key, 'anchor_changed'],
    ]);
  });

  it('of one regime moves that regime alone', () => {
    const facts = { personal_data_breach: true, risk_to_persons_unlikely: false, high_risk_to_persons: false };
    const first = withFacts(facts);
    expect(hoursAfterAwareness(of(first, 'authority_notification'))).toBe(72);
    const awareness = { gdpr: aware - 30 * HOUR, cra_14: aware - 50 * HOUR, nis2: null };
    const earlier = run({ facts: { ...QUIET, ...facts }, awareness, existing: first.obligations });
    expect(hoursAfterAwareness(of(earlier, 'authority_notification'))).toBe(42);
    expect(earlier.moved.map((change) => [change.obligation, change.because])).toEqual([
      [of(first, 'authority_notification').key, 'anchor_changed'],
    ]);
  });

  it('of one regime decides whether its rows applied already', () => {
    const facts = {
      product_manufacturer: true,
      actively_exploited_vulnerability: true,
      severe_product_incident: false,
    };
    const regimes = (at: string) =>
      run({ facts: { ...QUIET, ...facts }, awareness: { cra_14: parseInstant(at) } }).obligations.map(
        (each) => each.regime,
      );
    expect(regimes('2026-09-10T23:59:59+02:00')).not.toContain('cra_14');
    expect(regimes('2026-09-11T00:00:00+02:00')).toContain('cra_14');
  });

  it('never moves what is filed', () => {
    const sent = filed(run().obligations, 'early_warning', now);
    const corrected = run({ existing: sent, instants: later });
    expect(hoursAfterAwareness(of(corrected, 'early_warning'))).toBe(24);
    expect(corrected.moved.map((change) => change.obligation)).toEqual([of(corrected, 'incident_notification').key]);
  });
});

describe('a report filed before its clock was known', () => {
  const unaware = run({ instants: {} });
  const sent = filed(unaware.obligations, 'early_warning', aware + 99 * HOUR);

  it('is neither in time nor late until the instant is stated, and then judged once', () => {
    expect(clockStanding(of(run({ instants: {}, existing: sent }), 'early_warning'), now)).toBe('filed_unclocked');
    const stated = run({ existing: sent });
    const warning = of(stated, 'early_warning');
    expect([hoursAfterAwareness(warning), clockStanding(warning, now)]).toEqual([24, 'filed_late']);
    expect(stated.moved).toContainEqual({
      obligation: warning.key,
      before: { status: 'pending', missing: ['aware_at'] },
      after: warning.deadline,
      because: 'anchor_changed',
    });
    const corrected = run({ existing: stated.obligations, instants: { aware_at: aware + 90 * HOUR } });
    expect(of(corrected, 'early_warning').deadline).toEqual(warning.deadline);
  });

  it('keeps the clock it had when an outer limit becomes known', () => {
    const facts = { ...QUIET, entity_type: 'credit-institution', lex_specialis: 'dora', major_ict_incident: true };
    const classified = run({ facts, instants: { classified_major_at: now } });
    const initial = filed(classified.obligations, 'initial_notification', now + HOUR);
    expect(clockStanding(of(run({ facts, instants: {}, existing: initial }), 'initial_notification'), now)).toBe(
      'filed_unclocked',
    );
    const instants = { classified_major_at: now + 9 * HOUR, aware_at: now - 23.5 * HOUR };
    const stated = of(run({ facts, instants, existing: initial }), 'initial_notification');
    expect(stated.deadline).toMatchObject({ anchorAt: now, dueAt: now + HOUR / 2, isCapped: true, missing: [] });
    expect(clockStanding(stated, now)).toBe('filed_late');
  });
});

/** An investment firm outside NIS2 whose major incident was classified on a Saturday. */
const ON_A_SATURDAY = {
  entity_type: 'investment-firm',
  lex_specialis: 'dora',
  in_scope: false,
  systemic_financial_entity: false,
  major_ict_incident: true,
} as const;
const classifiedAt = parseInstant('2026-10-24T10:00:00+02:00');
const weekendRun = (facts: GenerationInput['facts'], existing: readonly Obligation[] = []) =>
  run({
    facts: { ...QUIET, ...ON_A_SATURDAY, ...facts },
    instants: { aware_at: classifiedAt, classified_major_at: classifiedAt },
    existing,
  });
const latest = (obligation: Obligation) =>
  obligation.deadline.status === 'running' ? showInstant(obligation.deadline.latestAt, 'Europe/Brussels').local : null;
const withEachTemplate = (change: Partial<ObligationTemplate>) =>
  run({ templates: templates.map((template) => ({ ...template, ...change })) });

describe('terms', () => {
  it('stay as they were when the catalogue moves on', () => {
    const first = run();
    const newer = templates.map((template) => ({
      ...template,
      version: '9.0.0',
      deadline: { ...template.deadline, limit: { kind: 'period', duration: { n: 1, unit: 'hours' } } as const },
    }));
    expect(run({ templates: newer, existing: first.obligations }).obligations).toEqual(first.obligations);
    expect(of(run({ templates: newer }), 'early_warning').terms.templateVersion).toBe('9.0.0');
  });

  it('follow the country where its law differs', () => {
    const cyprus = run({ jurisdictions: { nis2: ['CY', 'DE'] } });
    const warnings = cyprus.obligations.filter((each) => each.stage === 'early_warning');
    expect(warnings.map((each) => [each.recipient, each.terms.zone, hoursAfterAwareness(each)])).toEqual([
      ['csirt:DE', 'Europe/Berlin', 24],
      ['csirt:CY', 'Asia/Nicosia', 6],
    ]);
    const portugal = run({
      jurisdictions: { nis2: ['PT'] },
      instants: { aware_at: aware, impact_ended_at: aware + 10 * HOUR },
    });
    expect(hoursAfterAwareness(of(portugal, 'end_of_impact_notice'))).toBe(34);
    const notice = filed(portugal.obligations, 'end_of_impact_notice', parseInstant('2026-10-21T12:00:00+01:00'));
    const final = of(run({ jurisdictions: { nis2: ['PT'] }, existing: notice }), 'final_report');
    if (final.deadline.status !== 'running') throw new Error('the clock must run');
    expect(showInstant(final.deadline.dueAt, 'Europe/Lisbon').local).toBe('2026-12-02T12:00:00+00:00');
  });

  it.each<[string, GenerationInput['facts'], string]>([
    ['for an entity that may wait, until noon of Monday', {}, '2026-10-26T12:00:00+01:00'],
    ['not for a bank', { entity_type: 'credit-institution' }, '2026-10-24T14:00:00+02:00'],
    ['not for an essential or important entity', { in_scope: true }, '2026-10-24T14:00:00+02:00'],
    ['not where the authority said systemic', { systemic_financial_entity: true }, '2026-10-24T14:00:00+02:00'],
    ['not while the class is unknown', { entity_type: null }, '2026-10-24T14:00:00+02:00'],
    ['not while its standing under NIS2 is unknown', { in_scope: null }, '2026-10-24T14:00:00+02:00'],
    ['not while nobody asked the authority', { systemic_financial_entity: null }, '2026-10-24T14:00:00+02:00'],
  ])('roll over the weekend under DORA %s', (_name, facts, expected) => {
    const initial = of(weekendRun(facts), 'initial_notification');
    expect(latest(initial)).toBe(expected);
    expect(initial.terms.deadline.roll).toBe('next_working_day_noon');
    expect(hoursAfterAwareness(initial)).toBe((classifiedAt - aware) / HOUR + 4);
  });

  it('roll the final report of DORA for every entity, as only the first two reports are excepted', () => {
    const facts = { entity_type: 'credit-institution' };
    const initial = filed(weekendRun(facts).obligations, 'initial_notification', classifiedAt);
    const sent = filed(
      weekendRun(facts, initial).obligations,
      'intermediate_report',
      parseInstant('2026-11-22T10:00:00+01:00'),
    );
    expect(latest(of(weekendRun(facts, sent), 'final_report'))).toBe('2026-12-22T10:00:00+01:00');
    const saturday = filed(
      weekendRun(facts, initial).obligations,
      'intermediate_report',
      parseInstant('2026-11-19T10:00:00+01:00'),
    );
    expect(latest(of(weekendRun(facts, saturday), 'final_report'))).toBe('2026-12-21T12:00:00+01:00');
  });

  it('follow the facts on who may wait for Monday, both ways, while nothing is filed', () => {
    const free = weekendRun({}).obligations;
    const bound = weekendRun({ in_scope: true }, free);
    expect(latest(of(bound, 'initial_notification'))).toBe('2026-10-24T14:00:00+02:00');
    expect(bound.moved.map((change) => change.because)).toEqual(['roll_exemption_changed']);
    expect(latest(of(weekendRun({}, bound.obligations), 'initial_notification'))).toBe('2026-10-26T12:00:00+01:00');
    const sent = filed(free, 'initial_notification', classifiedAt);
    expect(latest(of(weekendRun({ in_scope: true }, sent), 'initial_notification'))).toBe('2026-10-26T12:00:00+01:00');
  });

  it('apply only between their dates, once approved, and in exercises before they apply', () => {
    const firstDay = parseInstant('2024-10-17T23:30:00Z');
    expect(run({ instants: { aware_at: firstDay - 2 * HOUR } }).obligations).toEqual([]);
    expect(run({ instants: { aware_at: firstDay } }).obligations).toHaveLength(3);
    expect(withEachTemplate({ applicableTo: '2026-10-20' }).obligations).toHaveLength(3);
    expect(withEachTemplate({ applicableTo: '2026-10-19' }).obligations).toEqual([]);
    expect(withEachTemplate({ status: 'draft' }).obligations).toEqual([]);
    expect(withEachTemplate({ isDrillOnly: true }).obligations).toEqual([]);
    const facts = { ...QUIET, ai_high_risk_provider: true, ai_serious_incident: true };
    expect(run({ facts }).obligations.map((each) => each.regime)).not.toContain('ai_act_73');
    expect(run({ facts, isDrill: true }).obligations.map((each) => each.regime)).toContain('ai_act_73');
  });

  it('of a country that is not approved yet leave those of the Directive in place', () => {
    const pending = templates.map((template) =>
      template.jurisdiction === 'CY' ? { ...template, status: 'draft' as const } : template,
    );
    const cyprus = run({ templates: pending, jurisdictions: { nis2: ['CY'] } });
    expect(hoursAfterAwareness(of(cyprus, 'early_warning'))).toBe(24);
  });
});

describe('the de-duplication key', () => {
  it('is one per incident, regime, stage, recipient and request', () => {
    const both = withFacts({
      product_manufacturer: true,
      actively_exploited_vulnerability: true,
      severe_product_incident: true,
    });
    const cra = both.obligations.filter((each) => each.regime === 'cra_14');
    expect(cra.map((each) => each.stage)).toEqual([
      'early_warning',
      'notification',
      'final_report_vulnerability',
      'final_report_incident',
    ]);
    expect(new Set(both.obligations.map((each) => each.key)).size).toBe(both.obligations.length);
  });

  it('knows the zone of every Member State', () => {
    expect(MEMBER_STATES).toHaveLength(27);
    expect(MEMBER_STATES.map((country) => workCalendar(authorityZone(country)).zone)).toContain('Asia/Nicosia');
    expect(authorityZone(null)).toBe('Europe/Brussels');
    expect(authorityZone('US')).toBe('Europe/Brussels');
  });
});
