import { describe, expect, it } from 'vitest';
import { click, eventually, navigations, only, render, type } from '@/test/render';
import { FilterBar } from './filter-bar';
import type { FilterField } from './filter-field';

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

  it('shows what is chosen while the address names nothing, offers no "all" for it and never clears it', async () => {
    const options = ['a', 'b'].map((value) => ({ value, label: value }));
    const entity: FilterField = { kind: 'select', param: 'entity', label: 'Entity', options, chosen: 'b' };
    const page = await render(<FilterBar fields={[entity, ...fields]} />, { at: '/raci' });
    const select = page.querySelector('select');
    expect([select?.value, select?.options.length]).toEqual(['b', 2]);
    const other = await render(<FilterBar fields={[entity, ...fields]} />, { at: '/raci?entity=a&mine=1' });
    expect(other.querySelector('select')?.value).toBe('a');
    await click(only('button', 'Clear filters', other));
    expect(navigations).toEqual(['replace /raci?entity=a']);
  });
});
