import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { REPORT_TEXTS } from '@/test/report-texts';
import { freezeInput } from '@/test/snapshot-fixture';
import { buildReport } from '@/lib/domain/report/build-report';
import { printReport } from '@/lib/domain/report/print';
import type { ReportLocale } from '@/lib/domain/report/model';
import { freeze } from '@/lib/domain/snapshot/freeze';
import { renderPdf } from './render-pdf';

describe('the monthly report as PDF', () => {
  let report: PDFDocumentProxy;
  let nodes: StructNode[];

  beforeAll(async () => {
    report = await open(await renderPdf('monthly-report', reportOf('en')));
    nodes = await structure(report);
  });

  test('names its title and its language', async () => {
    const { info, metadata } = await report.getMetadata();
    expect(info).toMatchObject({
      Title: 'Nordwind Holding SE – Monthly readiness report, October 2026',
      Language: 'en',
      IsAcroFormPresent: false,
    });
    expect(metadata.get('dc:title')).toContain('Monthly readiness report');
    expect(await report.getMarkInfo()).toMatchObject({ Marked: true });
    const german = await open(await renderPdf('monthly-report', reportOf('de')));
    expect((await german.getMetadata()).info).toMatchObject({ Language: 'de' });
  });

  test('carries the date of the snapshot and not the date of printing', async () => {
    const { info } = await report.getMetadata();
    expect(info).toMatchObject({ CreationDate: expect.stringMatching(/^D:20261031/) });
  });

  test('has headings in order: sections first, subsections only inside them', () => {
    const levels = nodes.filter((node) => /^H\d$/.test(node.role)).map((node) => Number(node.role[1]));
    expect(levels.length).toBeGreaterThan(15);
    expect(levels[0]).toBe(1);
    levels.forEach((level, index) => expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1));
  });

  test('marks every table with a head whose cells are headers and say something', async () => {
    const tables = nodes.filter((node) => node.role === 'Table');
    expect(tables.length).toBeGreaterThan(12);
    for (const table of tables) {
      const heads = descendants(table).filter((node) => node.role === 'THead');
      expect(heads.length, 'each page of a table has its head').toBeGreaterThanOrEqual(1);
      const headers = heads.flatMap(descendants).filter((node) => node.role === 'TH');
      expect(headers.length).toBeGreaterThan(1);
    }
    const texts = await textByMarkedContent(report);
    for (const header of nodes.filter((node) => node.role === 'TH')) {
      expect(
        contentIds(header)
          .map((id) => texts.get(id) ?? '')
          .join('')
          .trim(),
      ).not.toBe('');
    }
  });

  test('gives every figure an alternative text that tells its numbers', () => {
    const figures = nodes.filter((node) => node.role === 'Figure');
    expect(figures.length).toBe(2);
    for (const figure of figures) expect(figure.alt).toMatch(/\d+\.\d/);
  });

  test('prints snapshot id, hash, method and the instant with its zone on every page', async () => {
    for (let page = 1; page <= report.numPages; page += 1) {
      const text = await pageText(report, page);
      expect(text).toContain(SNAPSHOT.id);
      expect(text).toContain(SNAPSHOT.digest);
      expect(text).toContain('Method R1');
      expect(text).toContain('23:59 Europe/Berlin (UTC+01:00)');
    }
  });

  test('keeps the board part on two pages, with sixty-character names and German words too', async () => {
    for (const document of [report, await open(await renderPdf('monthly-report', reportOf('de', true)))]) {
      expect(await pageText(document, 3)).toMatch(/Annex A|Anhang A/);
    }
  });
});

describe('renderPdf', () => {
  test('gives the same bytes again, in this process and in a fresh one', async () => {
    const data = reportOf('en');
    const first = sha256(await renderPdf('monthly-report', data));
    await renderPdf('monthly-report', reportOf('de'));
    expect(sha256(await renderPdf('monthly-report', data))).toBe(first);
    const script = `
      import('./lib/adapters/pdf/render-pdf.ts').then(async ({ renderPdf }) => {
        let text = '';
        for await (const chunk of process.stdin) text += chunk;
        const pdf = await renderPdf('monthly-report', JSON.parse(text));
        console.log((await import('node:crypto')).createHash('sha256').update(pdf).digest('hex'));
      });`;
    const child = promisify(execFile)(process.execPath, ['--import', 'tsx', '--eval', script]);
    child.child.stdin?.end(JSON.stringify(data));
    expect((await child).stdout.trim()).toBe(first);
  });

  test('treats text as text: markup in a name is printed, not run', async () => {
    const organisation = '#panic("no") *b* $x$ <a> \\ "q"';
    const data = { ...reportOf('en'), organisation };
    const document = await open(await renderPdf('monthly-report', data));
    expect(await pageText(document, 1)).toContain(organisation);
  });

  test('leaves the event loop free while it sets a page', async () => {
    let longestGap = 0;
    let last = performance.now();
    const start = last;
    const timer = setInterval(() => {
      longestGap = Math.max(longestGap, performance.now() - last);
      last = performance.now();
    }, 5);
    await renderPdf('monthly-report', { ...reportOf('en'), subtitle: 'set anew' });
    clearInterval(timer);
    // Set in this thread, the one gap would be as long as the whole; a share holds on a busy machine too.
    expect(longestGap).toBeLessThan((performance.now() - start) / 2);
  });

  test('says what is wrong with the data or the name, and goes on working', async () => {
    await expect(renderPdf('no-such-report', {})).rejects.toThrow('There is no template no-such-report');
    await expect(renderPdf('monthly-report', {})).rejects.toThrow(/did not compile: .*monthly-report\.typ:\d+/);
    const pdf = await renderPdf('monthly-report', reportOf('en'));
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
  });
});

const SNAPSHOT = { id: '01926b3c-0000-7000-8000-0000deadbeef', digest: '3f'.repeat(32) };

function reportOf(locale: ReportLocale, hasLongNames = false) {
  const content = freeze(freezeInput({ entities: 12, hasLongNames }));
  return printReport(
    buildReport({ snapshot: { ...SNAPSHOT, content }, locale, texts: REPORT_TEXTS[locale] }),
    REPORT_TEXTS[locale],
  );
}

interface StructNode {
  readonly role: string;
  readonly alt?: string;
  readonly children: readonly (StructNode | { readonly type: string; readonly id: string })[];
}

function open(pdf: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({ data: pdf.slice(), verbosity: 0, useSystemFonts: false }).promise;
}

async function structure(document: PDFDocumentProxy): Promise<StructNode[]> {
  const nodes: StructNode[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const tree = await (await document.getPage(number)).getStructTree();
    if (tree) nodes.push(...descendants(tree));
  }
  return nodes;
}

function descendants(node: StructNode): StructNode[] {
  const children = node.children.filter((child): child is StructNode => 'role' in child);
  return [node, ...children.flatMap(descendants)];
}

function contentIds(node: StructNode): string[] {
  return node.children.flatMap((child) => ('role' in child ? contentIds(child) : [child.id]));
}

async function textByMarkedContent(document: PDFDocumentProxy): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent({ includeMarkedContent: true });
    const open: (string | undefined)[] = [];
    for (const item of items) {
      if ('str' in item) {
        const id = open.findLast((entry) => entry !== undefined);
        if (id) texts.set(id, (texts.get(id) ?? '') + item.str);
      } else if (item.type === 'endMarkedContent') open.pop();
      else open.push(item.id);
    }
  }
  return texts;
}

async function pageText(document: PDFDocumentProxy, number: number): Promise<string> {
  const { items } = await (await document.getPage(number)).getTextContent();
  return items.map((item) => ('str' in item ? item.str : '')).join('');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
