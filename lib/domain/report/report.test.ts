import { describe, expect, test } from 'vitest';
import { REPORT_TEXTS } from '@/test/report-texts';
import { freezeInput } from '@/test/snapshot-fixture';
import type { ReportFacts } from '../snapshot/facts';
import { toPoints } from '../score/points';
import { freeze, type FreezeInput } from '../snapshot/freeze';
import type { SnapshotContent } from '../snapshot/content';
import { buildReport } from './build-report';
import { clip, reportFormat, shortRef } from './format';
import type { ReportLocale, ReportModel } from './model';
import { printReport } from './print';
import { reportRecords } from './records';
import type { SheetColumnKind } from './sheet';
import { reportSheets } from './sheets';
import { fill, fillCounted } from './texts';

const ID = '01926b3c-0000-7000-8000-0000deadbeef';

describe('the monthly report', () => {
  const september = freeze(freezeInput({ entities: 5, month: '2026-09' }));
  const october = after(september, freezeInput({ entities: 5, month: '2026-10' }));
  const report = reportOf(october);

  test('opens with one sentence: what can be proven, and what holds it back', () => {
    const { sentence, provenBp, weakest } = report.headline;
    expect(sentence).toBe(
      `Nordwind Holding SE can prove ${Math.floor(provenBp / 100)} of 100. ${weakest?.name} holds it back.`,
    );
    const lowest = Math.min(...october.group.layers.map((layer) => layer.score));
    expect(weakest?.scoreBp).toBe(lowest);
  });

  test('splits the change into causes that add up to what the headline moved', () => {
    expect(report.change?.totalBp).toBe(october.group.proven - september.group.proven);
    expect(report.change?.parts.reduce((sum, part) => sum + part.deltaBp, 0)).toBe(report.change?.totalBp);
    expect(report.change?.parts.map((part) => part.cause)).toEqual(['real', 'decay', 'scope', 'method']);
  });

  test('says so when it is the first month', () => {
    const first = reportOf(freeze(freezeInput({ entities: 2 })));
    expect(first.change).toBeNull();
    expect(printReport(first, REPORT_TEXTS.en).first.change).toMatchObject({
      heading: 'The first month on record',
      rows: [],
    });
  });

  test('shows every entity with all seven layers, weakest first', () => {
    expect(report.heatmap).toHaveLength(5);
    for (const row of report.heatmap) expect(row.cells).toHaveLength(7);
    const proven = report.heatmap.map((row) => row.whole.provenBp);
    expect(proven).toEqual(proven.toSorted((a, b) => a - b));
  });

  test('marks moves only from two points on, and none against a month that lacks the entity', () => {
    const fewer = after(freeze({ ...september, entities: september.entities.slice(1) }), freezeInput({ entities: 5 }));
    const rows = reportOf(fewer).heatmap;
    const isNew = rows.find((row) => row.entity === september.entities[0]?.input.id);
    expect(isNew?.cells.every((cell) => cell.deltaBp === null)).toBe(true);
    const deltas = report.heatmap
      .flatMap((row) => row.cells.map((cell) => cell.deltaBp))
      .filter((delta) => delta !== null);
    for (const delta of deltas) expect(Math.abs(delta)).toBeGreaterThanOrEqual(200);
  });

  test('finds in the controls exactly what the layers lack before their limits', () => {
    const lossBp = report.costliest.reduce((sum, control) => sum + control.lossBp, 0);
    const criticality = october.entities.reduce((sum, entity) => sum + entity.input.criticality, 0);
    const missing = october.entities.reduce((sum, { input, score }) => {
      const layers = score.layers.filter((layer) => layer.state !== 'not-applicable');
      const weights = layers.map((layer) => october.method.layers.find(({ id }) => id === layer.id)!.weight);
      const total = weights.reduce((all, weight) => all + weight, 0);
      const base = layers.reduce((all, layer, index) => all + (layer.base * weights[index]!) / total, 0);
      return sum + ((10_000 - base) * input.criticality) / criticality;
    }, 0);
    // Each printed loss is rounded to a whole basis point, and losses below a tenth of a point are left out.
    expect(Math.abs(lossBp - missing)).toBeLessThan(
      0.5 * report.costliest.length + 10 * (120 - report.costliest.length),
    );
    expect(report.costliest.map((control) => control.lossBp)).toEqual(
      report.costliest.map((control) => control.lossBp).toSorted((a, b) => b - a),
    );
  });

  test('names the record behind every line', () => {
    const lines = [
      ...report.decisions,
      ...report.costliest,
      ...report.aiSystems.dated,
      ...report.suppliers.unassessed,
      ...report.overdue.flatMap((backlog) => backlog.items),
      ...report.renewals,
      ...report.notApplicable,
      ...report.caps,
    ];
    expect(lines.length).toBeGreaterThan(40);
    for (const { ref } of lines) expect(ref.id).toMatch(/^([0-9a-f-]{36}|[A-Z]{3}-\d{2})$/);
  });

  test('lists overdue work by owner: nobody first, then whoever owes most', () => {
    const [first, ...rest] = report.overdue;
    expect(first?.owner).toBeNull();
    const counts = rest.map((backlog) => backlog.count);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(report.overdue.reduce((sum, backlog) => sum + backlog.count, 0)).toBe(october.facts.overdue.length);
  });

  test('counts a duty as owed by bound entities only, and as met where its cap is not open', () => {
    const input = freezeInput({ entities: 4 });
    const open = { id: 'cap-board-approval', cap: 4_900, reason: { key: 'never', params: {} } } as const;
    const content = freeze({
      ...input,
      entities: input.entities.map((entity, index) => ({
        ...entity,
        name: `Entity ${index}`,
        classification: index === 3 ? 'out_of_scope' : 'essential',
        input: { ...entity.input, caps: index === 0 || index === 3 ? [open] : [] },
      })),
    });
    const duties = reportOf(content).duties;
    expect(duties.find(({ duty }) => duty === 'approval')).toMatchObject({ met: 2, of: 3, lacking: ['Entity 0'] });
    expect(duties.find(({ duty }) => duty === 'training')).toMatchObject({ met: 3, of: 3, lacking: [] });
  });

  test('tells expired AI systems from those that end soon and those without a date', () => {
    const aiSystems = [
      system('a', '2026-10-30'),
      system('b', '2026-10-31'),
      system('c', '2027-01-29'),
      system('d', '2027-01-30'),
      system('e', null),
    ];
    const { classes } = reportOf(withFacts({ aiSystems })).aiSystems;
    expect(classes).toEqual([{ riskClass: 'high', total: 5, expired: 1, expiring: 2, undated: 1 }]);
  });

  test('says that reports are late before it praises the reporting controls', () => {
    const input = freezeInput({ entities: 1 });
    const late = {
      id: 'cap-reporting',
      cap: 4_900,
      reason: { key: 'score.caps.reporting.overdue', params: { count: 1 } },
    } as const;
    const content = freeze({
      ...input,
      entities: input.entities.map((entity) => ({ ...entity, input: { ...entity.input, caps: [late] } })),
    });
    expect(reportOf(content).reporting).toMatchObject({
      sentence: 'One entity has a report undecided or unfiled past its due time.',
      entitiesLate: 1,
    });
  });

  test('states how much is answered, proven, excluded and stale', () => {
    const { confidence } = report;
    expect(confidence.coverageBp).toBe(october.group.coverage);
    expect(confidence.acceptedEvidence).toBe(october.evidence.length);
    expect(confidence.staleEvidence).toBeGreaterThan(0);
    expect(confidence.staleEvidence).toBeLessThan(confidence.acceptedEvidence);
    expect(confidence.notApplicableBp).toBeGreaterThan(0);
  });

  test.each(['en', 'de'] as const)('leaves no placeholder unfilled and no number unformatted (%s)', (locale) => {
    const print = printReport(reportOf(october, locale), REPORT_TEXTS[locale]);
    const { t, ...said } = print;
    expect(JSON.stringify(said)).not.toMatch(/\{\w+\}|undefined|NaN|\[object/);
    expect(t.pageOf).toContain('{page}');
  });

  test('is an equal report for ever: same snapshot, same print', () => {
    expect(printReport(reportOf(october), REPORT_TEXTS.en)).toEqual(printReport(reportOf(october), REPORT_TEXTS.en));
  });
});

describe('the report as sheets and as records', () => {
  const report = reportOf(freeze(freezeInput({ entities: 5 })));

  test.each(['en', 'de'] as const)('names its sheets so that a spreadsheet takes them (%s)', (locale) => {
    const names = reportSheets(report, REPORT_TEXTS[locale]).map((sheet) => sheet.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[^[\]/\\:*?]{1,31}$/);
  });

  test('puts into each column only what its kind promises', () => {
    for (const { name, columns, rows } of reportSheets(report, REPORT_TEXTS.de)) {
      for (const row of rows) {
        expect(row).toHaveLength(columns.length);
        columns.forEach(({ kind, header }, index) =>
          expect(fits(row[index] ?? null, kind), `${name} ${header}`).toBe(true),
        );
      }
    }
  });

  test('shows the numbers of the heatmap both wide and long', () => {
    const [, , wide, long] = reportSheets(report, REPORT_TEXTS.en);
    expect(wide?.rows).toHaveLength(5);
    expect(long?.rows).toHaveLength(5 * 8);
    expect(wide?.rows[0]?.slice(3, 11)).toEqual(long?.rows.slice(0, 8).map((row) => row[3]));
  });

  test('names the record behind each single number', () => {
    const records = [...reportRecords(report)];
    expect(records.length).toBeGreaterThan(300);
    for (const { record, recordKind } of records) {
      expect(record).toMatch(/^([0-9a-f-]{36}|[A-Z]{3}-\d{2})$/);
      expect(recordKind).not.toBe('');
    }
    expect(records).toContainEqual({
      section: 'group',
      measure: 'proven',
      value: toPoints(report.headline.provenBp),
      unit: 'points',
      entity: null,
      layer: null,
      control: null,
      recordKind: 'snapshot',
      record: ID,
    });
  });
});

describe('numbers and dates in print', () => {
  const en = reportFormat('en', REPORT_TEXTS.en);
  const de = reportFormat('de', REPORT_TEXTS.de);

  test('show a score to one decimal without rounding it into the next point', () => {
    expect([en.score(5_938), en.score(5_996), en.score(0), en.score(10_000)]).toEqual(['59.4', '59.9', '0.0', '100.0']);
    expect(de.score(5_938)).toBe('59,4');
  });

  test('sign differences, and show none where the tenth is nought', () => {
    expect([en.points(134), en.points(-86), en.points(4), en.points(-4)]).toEqual(['+1.3', '−0.9', '0.0', '0.0']);
  });

  test('round shares down', () => {
    expect([en.share(9_999), de.share(2_960)]).toEqual(['99%', '29\u00a0%']);
  });

  test('write dates the way each language does', () => {
    expect([en.day('2026-03-01'), de.day('2026-03-01')]).toEqual(['1 March 2026', '1. März 2026']);
    expect([en.dayShort('2026-03-01'), de.dayShort('2026-03-01')]).toEqual(['1\u00a0Mar\u00a02026', '01.03.2026']);
    expect(de.instant('2026-10-31T23:59:59+01:00', 'Europe/Berlin')).toBe(
      '31. Oktober 2026, 23:59 Europe/Berlin (UTC+01:00)',
    );
    expect(en.instant('2026-10-31T23:59:59Z', 'UTC')).toBe('31 October 2026, 23:59 UTC (UTC)');
  });

  test('shorten at a word where one is near, and ids to their last eight characters', () => {
    expect(clip('Aquapur Wasserwerke – Gesellschaft', 24)).toBe('Aquapur Wasserwerke…');
    expect(clip('Donaudampfschifffahrtsgesellschaft', 10)).toBe('Donaudamp…');
    expect(clip('short', 10)).toBe('short');
    expect([shortRef(ID), shortRef('GOV-01')]).toEqual(['deadbeef', 'GOV-01']);
  });

  test('fill the places of a text and leave an unknown one visible', () => {
    expect(fill('{a} of {b}, {c}', { a: 1, b: 'two' })).toBe('1 of two, {c}');
    expect(fillCounted({ one: '{count} thing', other: '{count} things' }, 1)).toBe('1 thing');
    expect(fillCounted({ one: '{count} thing', other: '{count} things' }, 0)).toBe('0 things');
  });
});

const system = (id: string, expiresOn: string | null) => ({
  id,
  expiresOn,
  name: 'Triage',
  entity: 'e1',
  riskClass: 'high',
  criticality: 3,
});

function withFacts(facts: Partial<ReportFacts>): SnapshotContent {
  const input = freezeInput({ entities: 1 });
  return freeze({ ...input, facts: { ...input.facts, ...facts } });
}

function after(previous: SnapshotContent, input: FreezeInput): SnapshotContent {
  return freeze({ ...input, previous: { id: ID, month: previous.month, digest: 'a'.repeat(64) } }, previous);
}

function reportOf(content: SnapshotContent, locale: ReportLocale = 'en'): ReportModel {
  return buildReport({ snapshot: { id: ID, digest: '3f'.repeat(32), content }, locale, texts: REPORT_TEXTS[locale] });
}

function fits(value: string | number | null, kind: SheetColumnKind): boolean {
  if (value === null) return true;
  if (kind === 'text') return typeof value === 'string';
  if (kind === 'day') return /^\d{4}-\d{2}-\d{2}$/.test(String(value));
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return kind === 'count' ? Number.isInteger(value) : Math.abs(value) <= 100;
}
