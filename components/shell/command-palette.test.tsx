import { describe, expect, it } from 'vitest';
import { useLocalServer } from '@/test/local-server';
import { eventually, navigations, only, press, render, type } from '@/test/render';
import { ApiProvider } from '../api-provider';
import { CommandPalette } from './command-palette';

const { seen, onRequest } = useLocalServer();

const open = (at = '/') =>
  render(
    <ApiProvider>
      <CommandPalette allowed={['overview', 'heatmap', 'log']} onClose={() => navigations.push('closed')} />
    </ApiProvider>,
    { at },
  );

const options = () => [...document.querySelectorAll('[role=option]')].map((option) => option.textContent);

describe('the command palette', () => {
  it('offers the pages the person may open, and asks nobody for that', async () => {
    await open();
    expect(options()).toEqual(['Overview', 'Heatmap', 'Log']);
    expect(seen).toEqual([]);
  });

  it('goes to the page that is chosen, in the present scope', async () => {
    await open('/?entity=e1&asOf=2026-10');
    await type(only('[role=combobox]'), 'heat');
    await press(only('[role=combobox]'), 'Enter');
    expect(navigations).toEqual(['closed', 'push /heatmap?entity=e1&asOf=2026-10']);
  });

  it('finds things by name and leads to their page', async () => {
    const items = [
      { kind: 'control', title: 'RSK-01 Risk register', detail: 'Risk', href: '/controls/RSK-01' },
      { kind: 'entity', title: 'Alpenstrom', detail: 'AT', href: '/entities/e7' },
    ];
    onRequest(() => ({ status: 200, body: { items } }));
    await open();
    await type(only('[role=combobox]'), 'al & re');
    await eventually(() => expect(options()).toEqual(['AlpenstromAT', 'RSK-01 Risk registerRisk']));
    expect(seen.at(-1)?.path).toBe('/api/v1/search?q=al%20%26%20re&locale=en');
    await press(only('[role=combobox]'), 'Enter');
    expect(navigations).toContain('push /entities/e7');
  });
});
