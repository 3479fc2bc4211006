import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { HOUR } from '@/lib/domain/deadline/instant';
import { workCalendar } from '@/lib/domain/deadline/work-calendar';
import type { FactValue } from '@/lib/domain/rules/condition';
import { type AuthorityRequest, INCIDENT_INSTANTS, type IncidentInstant } from './anchors';
import { authorityZone } from './authority';
import { catalogueTemplates } from './catalogue-templates';
import { generateObligations } from './generate';
import { closeBlockers, stepIncident } from './incident-machine';
import { isOutstanding, isSettled, type Obligation } from './obligation';
import { applyToObligation, type ObligationAction } from './obligation-machine';
import { TRIGGER_FACTS } from './trigger-facts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../db/catalogue/${name}.json`, import.meta.url), 'utf8'));
const templates = catalogueTemplates(read('incident-reporting'), read('national-authorities'));
const calendars = new Map(
  [null, 'BE', 'CY', 'PT'].map((country) => [country, workCalendar(authorityZone(country), ['2026-12-25'])]),
);
const calendarOf = (country: string | null) => calendars.get(country) ?? workCalendar(authorityZone(country));
const start = Date.UTC(2026, 9, 20, 10);

/** Everything that can happen to an incident, in any order. */
type Step =
  | { readonly do: 'state'; readonly fact: string; readonly value: FactValue | null }
  | { readonly do: 'happen'; readonly instant: IncidentInstant; readonly hour: number | null }
  | { readonly do: 'learn'; readonly regime: string; readonly hour: number | null }
  | { readonly do: 'locate'; readonly countries: readonly string[] }
  | { readonly do: 'ask'; readonly what: readonly [regime: string, stage: string]; readonly hour: number | null }
  | { readonly do: 'publish'; readonly hours: number; readonly retire: number }
  | {
      readonly do: 'act';
      readonly which: number;
      readonly action: (others: readonly Obligation[], at: number) => ObligationAction;
    }
  /** What a person does who knows which reports can do for each other. */
  | { readonly do: 'merge'; readonly which: number }
  | { readonly do: 'wait'; readonly hours: number };

const value = (fact: string) =>
  fact === 'entity_type'
    ? fc.constantFrom('cloud', 'trust', 'credit-institution', null)
    : fact === 'lex_specialis'
      ? fc.constantFrom('none', 'dora', null)
      : fc.constantFrom(true, true, false, null);
const person = fc.constantFrom('ana', 'ben', 'ben');
const reason = fc.constantFrom('because', 'because', 'because', '');
const action = fc.oneof(
  fc.record({ type: fc.constant('decide_required' as const), by: person, reason }).map((each) => () => each),
  fc
    .record({ type: fc.constant('decide_not_required' as const), by: fc.constant('ana'), confirmedBy: person, reason })
    .map((each) => () => each),
  fc.record({ type: fc.constant('reopen' as const), by: person, reason }).map((each) => () => each),
  fc.constantFrom('start_draft', 'submit_for_approval', 'return_to_draft').map((type) => () => ({ type }) as const),
  fc.record({ id: fc.integer({ min: 1, max: 9 }), early: fc.integer({ min: -1, max: 30 }) }).map(
    ({ id, early }) =>
      (_others: readonly Obligation[], at: number) =>
        ({
          type: 'file',
          filing: {
            id: `f${id}`,
            filedAt: at - early * HOUR,
            filedBy: 'ana',
            isComplete: id > 4,
            contentDigest: 'abc',
            lateReason: id > 2 ? 'late' : null,
          },
        }) as const,
  ),
  fc
    .record({
      id: fc.integer({ min: 1, max: 9 }),
      outcome: fc.constantFrom('accepted', 'questions', 'rejected', undefined),
    })
    .map(
      ({ id, outcome }) =>
        (_others: readonly Obligation[], at: number) =>
          ({ type: 'complete_filing', filingId: `f${id}`, completion: { acknowledgedAt: at, outcome } }) as const,
    ),
  fc.record({ type: fc.constant('satisfy' as const), by: person, reason }).map((each) => () => each),
  fc
    .record({ which: fc.nat(8), confirmedBy: person, reason })
    .map(({ which, confirmedBy, reason: why }) => (others: readonly Obligation[]) => {
      const replacement = others[which % others.length]?.key ?? '';
      return { type: 'supersede', by: 'ana', confirmedBy, reason: why, replacement } as const;
    }),
);
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .constantFrom(...TRIGGER_FACTS.keys())
        .chain((fact) => value(fact).map((to): Step => ({ do: 'state', fact, value: to }))),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('happen' as const),
        instant: fc.constantFrom(...INCIDENT_INSTANTS),
        hour: fc.option(fc.integer({ min: 0, max: 100 })),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('learn' as const),
        regime: fc.constantFrom('nis2', 'gdpr', 'dora', 'cra_14'),
        hour: fc.option(fc.integer({ min: -50, max: 50 })),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('locate' as const), countries: fc.subarray(['BE', 'CY', 'PT']) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('ask' as const),
        what: fc.constantFrom(
          ['nis2', 'intermediate_report'] as const,
          ['nis2', 'public_information'] as const,
          ['dora', 'intermediate_report'] as const,
          ['gdpr', 'authority_notification'] as const,
        ),
        hour: fc.option(fc.integer({ min: 1, max: 90 })),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('publish' as const),
        hours: fc.integer({ min: 1, max: 200 }),
        retire: fc.nat(40),
      }),
    },
    { weight: 11, arbitrary: fc.record({ do: fc.constant('act' as const), which: fc.nat(8), action }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('merge' as const), which: fc.nat(100) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 40 }) }) },
  ),
  { minLength: 1, maxLength: 40 },
);

class Model {
  facts: Record<string, FactValue | null> = { entity_type: 'cloud', lex_specialis: 'none', in_scope: true };
  instants: Partial<Record<IncidentInstant, number | null>> = { aware_at: start };
  awareness: Record<string, number | null> = {};
  countries: readonly string[] = [];
  requests: AuthorityRequest[] = [];
  templates = templates;
  obligations: readonly Obligation[] = [];
  unmatched: readonly string[] = [];
  now = start + HOUR;

  take(step: Step): void {
    switch (step.do) {
      case 'state':
        this.facts[step.fact] = step.value;
        break;
      case 'happen':
        this.instants[step.instant] = step.hour === null ? null : start + step.hour * HOUR;
        break;
      case 'learn':
        this.awareness[step.regime] = step.hour === null ? null : start + step.hour * HOUR;
        break;
      case 'locate':
        this.countries = step.countries;
        break;
      case 'ask':
        this.requests.push(this.request(...step.what, step.hour));
        break;
      case 'publish':
        this.templates = this.templates.map((template, index) => ({
          ...template,
          version: `${template.version}+`,
          status: index === step.retire ? 'retired' : template.status,
          deadline: { ...template.deadline, limit: { kind: 'period', duration: { n: step.hours, unit: 'hours' } } },
        }));
        break;
      case 'act':
        this.act(step.which, step.action);
        break;
      case 'merge':
        this.merge(step.which);
        break;
      default:
        this.now += step.hours * HOUR;
    }
    this.generate();
  }

  request(regime: string, stage: string, hour: number | null): AuthorityRequest {
    return {
      id: `R${this.requests.length}`,
      regime,
      stage,
      recipient: 'csirt:BE',
      jurisdiction: 'BE',
      requestedAt: this.now,
      dueAt: hour === null ? null : this.now + hour * HOUR,
    };
  }

  act(which: number, make: Extract<Step, { do: 'act' }>['action']): void {
    const subject = this.obligations[which % this.obligations.length];
    if (!subject) return;
    const result = applyToObligation(subject, make(this.obligations, this.now), this.obligations, this.now);
    if (result.ok) this.obligations = this.obligations.map((each) => (each.key === subject.key ? result.value : each));
  }

  merge(which: number): void {
    const pairs = this.obligations
      .filter(isOutstanding)
      .flatMap((duty) =>
        this.obligations
          .filter((carrier) => carrier !== duty && isSameDuty(duty, carrier))
          .map((carrier) => ({ index: this.obligations.indexOf(duty), replacement: carrier.key })),
      );
    const pair = pairs[which % pairs.length];
    const merged = { type: 'supersede', by: 'ana', confirmedBy: 'ben', reason: 'merged' } as const;
    if (pair) this.act(pair.index, () => ({ ...merged, replacement: pair.replacement }));
  }

  generate(): void {
    const { facts, instants, awareness, requests, now, obligations } = this;
    const jurisdictions = { nis2: this.countries, gdpr: this.countries, dora: this.countries };
    const generation = generateObligations({
      incident: 'INC-1',
      facts,
      instants,
      awareness,
      requests,
      jurisdictions,
      templates: this.templates,
      existing: obligations,
      isDrill: false,
      calendarOf,
      now,
    });
    this.obligations = generation.obligations;
    this.unmatched = generation.unmatchedRequests;
  }
}

/** What one report can do for both: nothing but the stage itself, or the later final report of Article 23(4)(e). */
function isSameDuty(duty: Obligation, carrier: Obligation): boolean {
  const stages = duty.stage === 'final_report' ? ['final_report', 'final_report_after_progress'] : [duty.stage];
  return duty.regime === carrier.regime && duty.request === carrier.request && stages.includes(carrier.stage);
}

function isBySecondPerson({ decision }: Obligation): boolean {
  return decision !== null && decision.reason !== '' && ![null, '', decision.by].includes(decision.confirmedBy);
}

/** Follows merges to the obligation that carries the duty. */
function carrierOf(obligation: Obligation, all: readonly Obligation[]): Obligation {
  let carrier = obligation;
  for (let hops = 0; carrier.supersededBy !== null; hops += 1) {
    if (hops > all.length) throw new Error('a merge leads in a circle');
    const next = all.find((each) => each.key === carrier.supersededBy);
    if (!next) throw new Error('a merge leads nowhere');
    if (!isSameDuty(carrier, next) || !isBySecondPerson(carrier)) throw new Error(`${carrier.key} was shed`);
    carrier = next;
  }
  return carrier;
}

/** What of a filing may never change. */
function sentOf(obligation: Obligation) {
  return obligation.filings.map(({ id, filedAt, filedBy, contentDigest, isComplete }) => ({
    id,
    filedAt,
    filedBy,
    contentDigest,
    isComplete,
  }));
}

function checkStep(before: readonly Obligation[], after: readonly Obligation[]): void {
  const byKey = new Map(after.map((each) => [each.key, each]));
  expect(byKey.size).toBe(after.length);
  for (const old of before) {
    const now = byKey.get(old.key);
    if (!now) throw new Error(`${old.key} was lost`);
    expect(sentOf(now).slice(0, old.filings.length)).toEqual(sentOf(old));
    if (old.filings.length === 0) continue;
    expect(now.terms).toEqual(old.terms);
    if (isSettled(old.deadline)) expect(now.deadline).toEqual(old.deadline);
    // A clock that ran already keeps its start when an outer limit becomes known.
    if (old.deadline.status === 'running') expect(now.deadline).toMatchObject({ anchorAt: old.deadline.anchorAt });
  }
  for (const obligation of after) {
    const carrier = carrierOf(obligation, after);
    const isHeld = isOutstanding(carrier) || carrier.filings.length > 0;
    const isDecidedAway = carrier.decision?.outcome === 'not_required' && isBySecondPerson(carrier);
    expect([obligation.key, isHeld || (carrier === obligation && isDecidedAway)]).toEqual([obligation.key, true]);
  }
}

it('no order of facts, corrections, decisions, merges and filings loses an obligation or moves a filed one', () => {
  const seen = { filed: 0, superseded: 0, notRequired: 0 };
  fc.assert(
    fc.property(steps, (sequence) => {
      const model = new Model();
      model.generate();
      for (const step of sequence) {
        const before = model.obligations;
        model.take(step);
        checkStep(before, model.obligations);
        const answered = new Set([...model.obligations.map((each) => each.request), ...model.unmatched]);
        expect(model.requests.filter((request) => !answered.has(request.id))).toEqual([]);
        const settled = model.obligations;
        model.generate();
        expect(model.obligations).toEqual(settled);
        const closes = stepIncident('review', 'close', model.obligations).ok;
        expect(closes).toBe(closeBlockers(model.obligations).length === 0);
        const isLeft = ({ filings, ...each }: Obligation) =>
          isOutstanding({ ...each, filings }) || (filings.length > 0 && filings.every((sent) => !sent.isComplete));
        expect(closes && model.obligations.some(isLeft)).toBe(false);
      }
      seen.filed += model.obligations.filter((each) => each.filings.length > 0).length;
      seen.superseded += model.obligations.filter((each) => each.state === 'superseded').length;
      seen.notRequired += model.obligations.filter((each) => each.state === 'not_required').length;
    }),
    { numRuns: 300 },
  );
  for (const [what, count] of Object.entries(seen)) expect([what, count > 20]).toEqual([what, true]);
});
