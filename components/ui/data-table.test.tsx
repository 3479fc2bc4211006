import { describe, expect, it, vi } from 'vitest';
import { click, only, render } from '@/test/render';
import type { Column } from './column';
import { DataTable } from './data-table';

interface Row {
  id: string;
  name: string;
  due: number | null;
}

const rows: Row[] = [
  { id: '1', name: 'Control 10', due: 3 },
  { id: '2', name: 'Control 9', due: null },
  { id: '3', name: 'Control 2', due: 1 },
];

const columns: Column<Row>[] = [
  { id: 'name', header: 'Name', isRowHeader: true, cell: (row) => row.name, sortValue: (row) => row.name },
  { id: 'due', header: 'Due', align: 'end', cell: (row) => row.due ?? '–', sortValue: (row) => row.due },
  { id: 'id', header: 'Id', cell: (row) => row.id },
];

const table = (at: string) =>
  render(<DataTable caption="Controls" columns={columns} rows={rows} rowKey={(row) => row.id} empty="None" />, { at });

const order = (page: HTMLElement) =>
  [...page.querySelectorAll('tbody tr')].map((row) => row.lastElementChild?.textContent);

describe('DataTable', () => {
  it('leaves the given order alone without a sort in the address', async () => {
    expect(order(await table('/controls'))).toEqual(['1', '2', '3']);
  });

  it('sorts names the way people count', async () => {
    const page = await table('/controls?sort=name');
    expect(order(page)).toEqual(['3', '2', '1']);
    expect(only('th[aria-sort]', undefined, page).getAttribute('aria-sort')).toBe('ascending');
  });

  it.each(['due', '-due'])('keeps empty values last for %s', async (sort) => {
    expect(order(await table(`/controls?sort=${sort}`)).at(-1)).toBe('2');
  });

  it('links to the other direction, keeping filters and leaving the cursor', async () => {
    const page = await table('/controls?sort=due&layer=L1&cursor=abc');
    expect(only('a', 'Due', page).getAttribute('href')).toBe('/controls?sort=-due&layer=L1');
    expect(only('a', 'Name', page).getAttribute('href')).toBe('/controls?sort=name&layer=L1');
  });

  it('offers no sort link where nothing can be sorted by', async () => {
    const page = await table('/controls');
    expect(page.querySelectorAll('thead a')).toHaveLength(2);
  });

  it('shows what to do instead of an empty table', async () => {
    const page = await render(
      <DataTable
        caption="Controls"
        columns={columns}
        rows={[]}
        rowKey={(row: Row) => row.id}
        empty={<p>Nothing yet</p>}
      />,
    );
    expect(page.textContent).toBe('Nothing yet');
    expect(page.querySelector('table')).toBeNull();
  });

  it('selects one row by name and all rows at once', async () => {
    const onChange = vi.fn<(selected: ReadonlySet<string>) => void>();
    const selection = { selected: new Set(['1']), onChange, labelOf: (row: Row) => row.name };
    await render(
      <DataTable caption="C" columns={columns} rows={rows} rowKey={(row) => row.id} empty="" selection={selection} />,
    );
    await click(only('input', 'Select Control 9'));
    await click(only('input', 'Select Control 10'));
    await click(only('input', 'Select all rows'));
    expect(onChange.mock.calls.map(([selected]) => [...selected])).toEqual([['1', '2'], [], ['1', '2', '3']]);
  });
});
