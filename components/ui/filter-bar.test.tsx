import { describe, expect, it } from 'vitest';
import { click, eventually, navigations, only, render, type } from '@/test/render';
import { FilterBar, type FilterField } from './filter-bar';

const fields: FilterField[] = [
  { kind: 'search', param: 'q', label: 'Find' },
  { kind: 'toggle', param: 'mine', label: 'Mine' },
];

describe('FilterBar', () => {
  it('writes what was typed into the address after a pause, from page one, keeping the rest', async () => {
    await render(<FilterBar fields={fields} />, { at: '/controls?sort=name&cursor=abc' });
    await type(only('input'), 'bac');
    await type(only('input'), 'backup ');
    expect(navigations).toEqual([]);
    await eventually(() => expect(navigations).toEqual(['replace /controls?sort=name&q=backup']));
  });

  it('switches a filter off by leaving its parameter out', async () => {
    await render(<FilterBar fields={fields} />, { at: '/controls?mine=1' });
    await click(only('button', 'Mine'));
    expect(navigations).toEqual(['replace /controls']);
  });

  it('clears all filters at once, and only offers it when there are some', async () => {
    const page = await render(<FilterBar fields={fields} />, { at: '/controls?mine=1&q=x&sort=name' });
    await click(only('button', 'Clear filters', page));
    expect(navigations).toEqual(['replace /controls?sort=name']);
    const other = await render(<FilterBar fields={fields} />, { at: '/controls?sort=name' });
    expect(other.textContent).not.toContain('Clear filters');
  });
});
