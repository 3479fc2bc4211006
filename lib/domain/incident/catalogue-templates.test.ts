import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MalformedData } from '@/lib/domain/rules/read-json';
import { catalogueTemplateRows, catalogueTemplates } from './catalogue-templates';
import { readTemplate } from './template';

interface Clock {
  stage: string;
  anchor: string | null;
  duration: string | null;
  outer_limit: { anchor: string; duration: string | null } | null;
}
interface Reporting {
  stages: { id: string; deadline: { from: string; duration: string | null } }[];
  recipient_notices: { id: string }[];
  parallel_regimes: { id: string; status: string; clock: Clock[] }[];
}
interface Authorities {
  countries: { code: string; reporting: { early_warning_hours: number; notification_hours: number; final: string } }[];
}
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../db/catalogue/${name}.json`, import.meta.url), 'utf8'));
const reporting = read('incident-reporting') as Reporting;
const authorities = read('national-authorities') as Authorities;
const rows = catalogueTemplateRows(reporting, authorities);
const row = (id: string) => {
  const found = rows.find((each) => each.id === id);
  if (!found) throw new Error(`no row ${id}`);
  return found;
};
const changed = (change: (reporting: Reporting, authorities: Authorities) => void) => {
  const copies = [structuredClone(reporting), structuredClone(authorities)] as const;
  change(...copies);
  return () => catalogueTemplateRows(...copies);
};

describe('the shipped templates', () => {
  it('cover every stage, notice and clock of the catalogue, each with the catalogue’s own limit', () => {
    for (const stage of reporting.stages) expect(rows.map((each) => each.id)).toContain(`nis2.${stage.id}`);
    for (const notice of reporting.recipient_notices)
      expect(rows.map((each) => each.id)).toContain(`nis2.${notice.id}`);
    for (const regime of reporting.parallel_regimes) {
      const clocks = regime.clock.filter((clock) => clock.anchor !== null);
      const names = rows.filter((each) => each.regime === regime.id).map((each) => each.name);
      expect(new Set(names)).toEqual(new Set(clocks.map((clock) => clock.stage)));
    }
  });

  it('are all readable from plain JSON, with an id of their own', () => {
    const templates = catalogueTemplates(reporting, authorities);
    expect(templates).toHaveLength(rows.length);
    expect(new Set(rows.map((each) => each.id)).size).toBe(rows.length);
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
    const again = rows.map((each) => readTemplate(JSON.parse(JSON.stringify(each))));
    expect(again).toEqual(templates);
  });

  it.each([
    ['nis2.early_warning', 'aware_at', 24, 'hours', 'none'],
    ['nis2.incident_notification', 'aware_at', 72, 'hours', 'none'],
    ['nis2.incident_notification.trust', 'aware_at', 24, 'hours', 'none'],
    ['nis2.final_report', 'filed.first:incident_notification', 1, 'calendar_months', 'none'],
    ['nis2.progress_report', 'filed.first:incident_notification', 1, 'calendar_months', 'none'],
    ['nis2.final_report_after_progress', 'handled_at', 1, 'calendar_months', 'none'],
    ['nis2.early_warning.CY', 'aware_at', 6, 'hours', 'none'],
    ['nis2.end_of_impact_notice.PT', 'impact_ended_at', 24, 'hours', 'none'],
    ['nis2.final_report.PT', 'filed.first:end_of_impact_notice', 30, 'working_days', 'none'],
    ['gdpr.authority_notification', 'aware_at', 72, 'hours', 'none'],
    ['ai_act_73.serious_incident_report', 'aware_at', 15, 'days', 'next_working_day_end'],
    ['ai_act_73.serious_incident_report.death', 'aware_at', 10, 'days', 'next_working_day_end'],
    ['ai_act_73.serious_incident_report.widespread', 'aware_at', 2, 'days', 'next_working_day_end'],
    ['dora.initial_notification', 'classified_major_at', 4, 'hours', 'next_working_day_noon'],
    ['dora.intermediate_report', 'filed.first:initial_notification', 72, 'hours', 'next_working_day_noon'],
    ['dora.final_report', 'filed.latest:intermediate_report', 1, 'calendar_months', 'next_working_day_noon'],
    ['cra_14.early_warning.vulnerability', 'aware_at', 24, 'hours', 'none'],
    ['cra_14.notification.incident', 'aware_at', 72, 'hours', 'none'],
    ['cra_14.final_report_vulnerability', 'fix_available_at', 14, 'days', 'next_working_day_end'],
    ['cra_14.final_report_incident', 'filed.first:notification', 1, 'calendar_months', 'next_working_day_end'],
    ['eidas.notification', 'aware_at', 24, 'hours', 'none'],
    ['cer_15.initial_notification', 'aware_at', 24, 'hours', 'none'],
    ['cer_15.detailed_report', 'filed.first:initial_notification', 1, 'calendar_months', 'none'],
  ])('%s runs from %s for %d %s, roll %s', (id, anchor, n, unit, roll) => {
    expect(row(id).deadline).toMatchObject({ anchor, limit: { kind: 'period', duration: { n, unit } }, roll });
  });

  it('carry the outer limit of DORA, what has no limit in numbers, and what an authority dates', () => {
    expect(row('dora.initial_notification').deadline.notLaterThan).toEqual({
      anchor: 'aware_at',
      duration: { n: 24, unit: 'hours' },
    });
    expect(row('dora.final_report').deadline.notLaterThan).toBeNull();
    const undue = ['gdpr.data_subjects', 'gdpr.processor_notice', 'ai_act_55.report', 'nis2.recipient_incident'];
    for (const id of undue) expect(row(id).deadline.limit).toEqual({ kind: 'without_undue_delay' });
    const asked = rows.filter((each) => each.deadline.anchor === 'request_at');
    expect(asked.map((each) => each.id)).toEqual([
      'nis2.intermediate_report',
      'nis2.public_information',
      'dora.intermediate_report.on_request',
      'cra_14.intermediate_report',
    ]);
    for (const { conditions, deadline } of asked) {
      expect(deadline).toMatchObject({ limit: { kind: 'date_set' }, roll: 'none' });
      expect(conditions).toEqual([]);
    }
  });

  it('name national recipients per country and others once', () => {
    const shared = rows.filter((each) => !each.isRecipientNational).map((each) => each.recipient);
    expect(new Set(shared)).toEqual(
      new Set([
        'service-recipients',
        'public',
        'data-subjects',
        'controller',
        'ai-office',
        'single-reporting-platform',
      ]),
    );
    const aiAct = rows.filter((each) => each.regime.startsWith('ai_act')).map((each) => each.isDrillOnly);
    expect(aiAct).toEqual([true, true, true, false]);
    expect(row('nis2.final_report_after_progress').replacesStage).toBe('final_report');
    expect(row('nis2.early_warning').content.map((field) => field.id)).toEqual([
      'suspected_unlawful_or_malicious',
      'possible_cross_border_impact',
    ]);
    expect(row('nis2.recipient_threat').content[0]?.id).toBe('measures_or_remedies_recipients_can_take');
    expect(row('nis2.early_warning.CY').reference).toMatch(/^Article 23\(4\)\(a\); Law 60/);
  });
});

describe('a catalogue that has moved on', () => {
  it.each<[string, (reporting: Reporting, authorities: Authorities) => void]>([
    ['stage "second thoughts" of gdpr', (copy) => (copy.parallel_regimes[0]!.clock[0]!.stage = 'second thoughts')],
    ['regime gdpr2', (copy) => (copy.parallel_regimes[0]!.id = 'gdpr2')],
    ['anchor lunch_at', (copy) => (copy.parallel_regimes[0]!.clock[0]!.anchor = 'lunch_at')],
    ['stage rumour', (copy) => (copy.stages[0]!.id = 'rumour')],
    ['anchor lunch_at', (copy) => (copy.stages[0]!.deadline.from = 'lunch_at')],
    ['notice whisper', (copy) => (copy.recipient_notices[0]!.id = 'whisper')],
    ['"some day" is not mapped', (_copy, national) => (national.countries[0]!.reporting.final = 'some day')],
    ['the zone of ZZ', (_copy, national) => (national.countries[0]!.code = 'ZZ')],
    ['is not a count', (_copy, national) => (national.countries[0]!.reporting.early_warning_hours = 0)],
    ['is not a period', (copy) => (copy.stages[0]!.deadline.duration = 'PT90M')],
    ['an outer limit needs a period', (copy) => (dora(copy).outer_limit = { anchor: 'aware_at', duration: null })],
  ])('is refused where nobody has mapped it: %s', (message, change) => {
    expect(changed(change)).toThrow(MalformedData);
    expect(changed(change)).toThrow(message);
  });

  it('follows a country’s hours, with no row longer than before', () => {
    const moved = changed((_copy, national) => (national.countries[0]!.reporting.notification_hours = 36))();
    const own = moved.filter((each) => each.jurisdiction === authorities.countries[0]!.code);
    expect(own.map((each) => [each.id, each.deadline.limit, each.deadline.internalTarget])).toEqual([
      ['nis2.incident_notification.AT', { kind: 'period', duration: { n: 36, unit: 'hours' } }, null],
      ['nis2.incident_notification.trust.AT', { kind: 'period', duration: { n: 24, unit: 'hours' } }, null],
    ]);
    const roomy = changed((_copy, national) => (national.countries[0]!.reporting.notification_hours = 60))();
    expect(roomy.find((each) => each.id === 'nis2.incident_notification.AT')?.deadline.internalTarget).toEqual({
      n: 48,
      unit: 'hours',
    });
  });
});

describe('a stored row', () => {
  const stored = row('nis2.incident_notification');

  it.each<readonly [string, unknown, string]>([
    ['conditions', [{ fact: 'nobody', op: '==', value: true }], 'fact nobody is not declared'],
    ['rollExceptions', [{ fact: 'nobody', op: '==', value: true }], 'template.rollExceptions[0]'],
    ['deadline', { ...stored.deadline, roll: 'sideways' }, 'template.deadline.roll'],
    ['deadline', { ...stored.deadline, roll: 'next_working_day_end' }, 'template.deadline.roll: a period in hours'],
    [
      'deadline',
      {
        ...stored.deadline,
        limit: { kind: 'period', duration: { n: 3, unit: 'days' } },
        notLaterThan: { anchor: 'aware_at', duration: { n: 72, unit: 'hours' } },
        roll: 'next_working_day_end',
      },
      'template.deadline.roll: a period in hours',
    ],
    ['deadline', { ...stored.deadline, limit: { kind: 'soon' } }, 'template.deadline.limit.kind'],
    ['deadline', { ...stored.deadline, limit: { kind: 'period', duration: { n: 0, unit: 'hours' } } }, 'not a count'],
    [
      'deadline',
      { ...stored.deadline, notLaterThan: { anchor: 'aware_at' } },
      'template.deadline.notLaterThan.duration',
    ],
    ['deadline', { ...stored.deadline, internalTarget: 'soon' }, 'template.deadline.internalTarget'],
    ['status', 'maybe', 'template.status'],
    ...[true, [72], '72', '0x10', 1.5].map(
      (n) =>
        [
          'deadline',
          { ...stored.deadline, limit: { kind: 'period', duration: { n, unit: 'hours' } } },
          'count',
        ] as const,
    ),
    ['applicableFrom', '18.10.2024', 'template.applicableFrom'],
    ['applicableFrom', '2026-99-99', 'template.applicableFrom'],
    ['applicableTo', '2026-02-30', 'template.applicableTo'],
    ['isDrillOnly', 'no', 'template.isDrillOnly'],
    ['content', [{ id: 'x', label: 'y', required: 'perhaps' }], 'template.content[0].required'],
    ['recipient', '', 'template.recipient'],
  ])('is refused with the place named when %s is %j', (key, value, message) => {
    expect(() => readTemplate({ ...stored, [key]: value })).toThrow(message);
  });
});

function dora(copy: Reporting): Clock {
  const clock = copy.parallel_regimes.find((each) => each.id === 'dora')?.clock[0];
  if (!clock) throw new Error('no clock of DORA');
  return clock;
}
