import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportItem } from '@/lib/features/reports/schema';
import { useLocalServer } from '@/test/local-server';
import { click, eventually, navigations, only, render } from '@/test/render';
import { ApiProvider } from '../api-provider';
import { ReportsView } from './reports-view';

const { seen, onRequest } = useLocalServer();

// As wide as a phone: the PDF is offered as a link, and this browser, which draws none, is not asked to.
beforeAll(() => {
  const { happyDOM } = window as unknown as { happyDOM: { setViewport: (size: { width: number }) => void } };
  happyDOM.setViewport({ width: 600 });
});

const ITEM: ReportItem = {
  snapshot: 's-october',
  month: '2026-10',
  kind: 'month-end',
  asOf: '2026-10-31T22:50:00+01:00',
  proven: 59.4,
  claimed: 79.7,
  level: 2,
  digest: '3f'.repeat(32),
  method: 'R1',
  restates: null,
  restatedBy: null,
  report: null,
};

const PREPARED = {
  id: 'r1',
  version: 1,
  note: null,
  prepared: { id: 'p1', name: 'Miriam Vogt', at: '2026-11-02T09:00:00Z' },
  released: null,
  readers: [],
  mayRelease: true,
};

const page = (items: ReportItem[], more: { openId?: string; mayMake?: boolean } = {}) =>
  render(
    <ApiProvider>
      <ReportsView
        items={items}
        next={null}
        openId={more.openId ?? null}
        currentMonth="2026-11"
        mayMake={more.mayMake ?? false}
      />
    </ApiProvider>,
    { at: '/reports' },
  );

describe('the reports page', () => {
  it('teaches what a frozen month is when there is none, and offers to freeze only to who may', async () => {
    expect((await page([])).textContent).toContain('No month is frozen yet');
    expect(document.querySelectorAll('button')).toHaveLength(0);
    await page([], { mayMake: true });
    expect(only('button', 'Freeze November 2026')).toBeDefined();
  });

  it('says in a sentence what the newest month waits for', async () => {
    const sentenceOf = async (report: ReportItem['report']) =>
      (await page([{ ...ITEM, report }])).querySelector('header p')?.textContent;
    expect(await sentenceOf(null)).toBe('October 2026 is frozen. Nobody has signed its report as prepared.');
    expect(await sentenceOf(PREPARED)).toBe(
      'The report of October 2026 was prepared by Miriam Vogt and waits for somebody else to release it.',
    );
    const released = { ...PREPARED, released: { id: 'p2', name: 'Ole Petersen', at: '2026-11-03T09:00:00Z' } };
    expect(await sentenceOf(released)).toBe('The report of October 2026 is released; nobody has read it yet.');
  });

  it('passes over a month that was corrected since', async () => {
    const view = await page([
      { ...ITEM, snapshot: 's2', report: PREPARED },
      { ...ITEM, restatedBy: 's2' },
    ]);
    expect(view.querySelector('header p')?.textContent).toContain('waits for somebody else');
    expect(view.textContent).toContain('Corrected since');
  });

  it('shows the report beside the list with every format, and what stands behind it', async () => {
    const readers = [
      { id: 'p3', name: 'Jan de Wit', firstAt: '2026-11-04T10:00:00Z', lastAt: '2026-11-05T10:00:00Z', times: 2 },
    ];
    const view = await page([{ ...ITEM, report: { ...PREPARED, readers } }], { openId: ITEM.snapshot });
    const formats = [...view.querySelectorAll('a[download]')].map((link) => link.getAttribute('href'));
    expect(formats).toEqual(
      ['pdf', 'xlsx', 'csv', 'json'].map((format) => `/api/v1/snapshots/s-october/report?format=${format}&locale=en`),
    );
    expect(view.querySelector('iframe')).toBeNull();
    expect(view.textContent).toContain(ITEM.digest);
    expect(view.textContent).toContain('Jan de Wit, 5 Nov 2026, 11:00 (2 times)');
  });

  it('releases by the version that was seen, after asking', async () => {
    onRequest(() => ({ status: 200, body: { id: 'r1', version: 2 } }));
    await page([{ ...ITEM, report: PREPARED }], { openId: ITEM.snapshot });
    await click(only('button', 'Release'));
    await click(only('[role=dialog] button', 'Release the report'));
    await eventually(() => expect(navigations).toContain('refresh'));
    const sent = seen.find((request) => request.method === 'POST');
    expect(sent).toMatchObject({ path: '/api/v1/reports/r1/release' });
    expect(sent?.headers['if-match']).toBe('"1"');
  });

  it('tells who prepared a report that somebody else releases it', async () => {
    const view = await page([{ ...ITEM, report: { ...PREPARED, mayRelease: false } }], { openId: ITEM.snapshot });
    expect(view.textContent).toContain('You prepared it; somebody else releases it.');
    expect([...view.querySelectorAll('button')].map((button) => button.textContent)).not.toContain('Release');
  });

  it('says what a check of the seal found', async () => {
    onRequest(() => ({ status: 200, body: { ok: false, isChained: true } }));
    await page([ITEM], { openId: ITEM.snapshot });
    await click(only('button', 'Check the seal'));
    await eventually(() => expect(document.body.textContent).toContain('does not agree with its seal'));
  });
});
