import { readFileSync } from 'node:fs';
import { differences, randomCases } from './clock-oracle';
import { classifyEntity } from '@/lib/domain/classification/classify';
import { readClassificationRuleBook } from '@/lib/domain/classification/rule-book';
import { computeDeadline, type DeadlineTerms } from '@/lib/domain/deadline/deadline';
import type { Duration, Roll } from '@/lib/domain/deadline/duration';
import { HOUR } from '@/lib/domain/deadline/instant';
import { workCalendar } from '@/lib/domain/deadline/work-calendar';
import { authorityZone } from '@/lib/domain/incident/authority';
import { catalogueTemplates } from '@/lib/domain/incident/catalogue-templates';
import { generateObligations } from '@/lib/domain/incident/generate';
import { assessSignificance } from '@/lib/domain/significance/assess';
import { readSignificanceRuleBook } from '@/lib/domain/significance/rule-book';
import type { Facts } from '@/lib/domain/rules/condition';
import type { BenchRow } from './row';

export interface BenchOptions {
  /** A tenth of the work, to see that everything runs. */
  readonly quick?: boolean;
}

const SEED = 20_261_020;
const START = Date.UTC(2026, 9, 20, 10);

/** Measures the clocks: agreement with an independent calendar, and the speed of what a page or a sweep waits for. */
export async function run(options: BenchOptions = {}): Promise<BenchRow[]> {
  const scale = options.quick ? 0.1 : 1;
  return [
    ...agreement(Math.round(200_000 * scale)),
    ...deadlines(Math.round(50_000 * scale)),
    ...engines(scale),
    generation(Math.round(500 * scale)),
  ];
}

/** Both implementations on the same random cases, in batches of one Python process each. */
function agreement(count: number): readonly BenchRow[] {
  const batch = 20_000;
  let different = 0;
  for (let done = 0; done < count; done += batch) {
    different += differences(randomCases(Math.min(batch, count - done), SEED + done)).length;
  }
  return [
    {
      name: 'random cases against python3 zoneinfo',
      value: count,
      unit: 'cases',
      goal: '≥ 10 000',
      met: count >= 10_000,
    },
    { name: 'differences of a millisecond or more', value: different, unit: 'cases', goal: '0', met: different === 0 },
  ];
}

function deadlines(count: number): readonly BenchRow[] {
  const calendar = workCalendar('Europe/Brussels', ['2026-12-25']);
  const perSecond = (
    name: string,
    duration: Duration,
    goal: number,
    roll: Roll = 'next_working_day_noon',
  ): BenchRow => {
    const terms: DeadlineTerms = {
      anchor: 'at',
      limit: { kind: 'period', duration },
      notLaterThan: null,
      roll,
      internalTarget: null,
    };
    const rate = rateOf(count, (index) => computeDeadline(terms, { at: START + index * HOUR }, calendar));
    return faster(`deadlines ${name}, rolled, per second`, rate, goal);
  };
  return [
    perSecond('of 72 hours', { n: 72, unit: 'hours' }, 20_000),
    perSecond('of one month', { n: 1, unit: 'calendar_months' }, 10_000),
    perSecond('of 15 days under Regulation 1182/71', { n: 15, unit: 'days' }, 10_000, 'next_working_day_end'),
    perSecond('of 30 working days', { n: 30, unit: 'working_days' }, 5_000),
  ];
}

function engines(scale: number): readonly BenchRow[] {
  const sectors = catalogue('sectors');
  const criteria = catalogue('incident-significance');
  const entities = vectorsOf(sectors);
  const incidents = vectorsOf(criteria);
  const classificationBook = readClassificationRuleBook(sectors);
  const significanceBook = readSignificanceRuleBook(criteria);
  const classified = rateOf(Math.round(50_000 * scale), (index) =>
    classifyEntity(classificationBook, entities[index % entities.length] ?? {}),
  );
  const assessed = rateOf(Math.round(50_000 * scale), (index) =>
    assessSignificance(significanceBook, incidents[index % incidents.length] ?? {}),
  );
  return [
    faster('entities classified per second', classified, 10_000),
    faster('incidents assessed for significance per second', assessed, 10_000),
  ];
}

/** The obligations of an incident that touches every regime in three countries, made and then recomputed. */
function generation(count: number): BenchRow {
  const templates = catalogueTemplates(catalogue('incident-reporting'), catalogue('national-authorities'));
  const calendars = new Map([null, 'BE', 'CY', 'PT'].map((code) => [code, workCalendar(authorityZone(code))]));
  const brussels = workCalendar(authorityZone(null));
  const countries = ['BE', 'CY', 'PT'];
  const input = {
    facts: { entity_type: 'trust', lex_specialis: 'none', in_scope: true, significant: true },
    requests: [],
    jurisdictions: { nis2: countries, gdpr: countries, eidas: countries, cer_15: countries },
    templates,
    isDrill: false,
    calendarOf: (code: string | null) => calendars.get(code) ?? brussels,
    now: START,
  };
  const times = Array.from({ length: count }, (_, index) => {
    const started = performance.now();
    const incident = `INC-${index}`;
    const first = generateObligations({ ...input, incident, instants: { aware_at: START }, existing: [] });
    generateObligations({ ...input, incident, instants: { aware_at: START + HOUR }, existing: first.obligations });
    return performance.now() - started;
  }).toSorted((left, right) => left - right);
  const p95 = times[Math.floor(times.length * 0.95)] ?? Number.NaN;
  const name = 'obligations of one incident in three countries, made and moved, p95';
  return { name, value: round(p95), unit: 'ms', goal: '≤ 25', met: p95 <= 25 };
}

/** Calls per second after a tenth of the calls as warm-up. */
function rateOf(count: number, call: (index: number) => unknown): number {
  for (let index = 0; index < count / 10; index += 1) call(index);
  const started = performance.now();
  for (let index = 0; index < count; index += 1) call(index);
  return (count * 1_000) / (performance.now() - started);
}

function faster(name: string, rate: number, goal: number): BenchRow {
  return { name, value: Math.round(rate), unit: '/s', goal: `≥ ${goal.toLocaleString('en')}`, met: rate >= goal };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function catalogue(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../db/catalogue/${name}.json`, import.meta.url), 'utf8'));
}

function vectorsOf(file: unknown): readonly Facts[] {
  return (file as { readonly test_vectors: readonly { readonly facts: Facts }[] }).test_vectors.map(
    (vector) => vector.facts,
  );
}
