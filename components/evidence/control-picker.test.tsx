import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { click, eventually, only, render, type } from '@/test/render';
import { ControlPicker } from './control-picker';

const ASSESSMENTS = ['CUL-01', 'RSK-10', 'TRU-15'].map((control) => ({
  id: `id of ${control}`,
  control,
  entityName: 'Nordwind Netze',
  unit: null,
}));

afterEach(() => vi.unstubAllGlobals());

describe('ControlPicker', () => {
  it('keeps what is typed while the page renders, and chooses the control that was typed', async () => {
    vi.stubGlobal('fetch', async () => Response.json({ items: ASSESSMENTS, next: null }));
    const chosen = vi.fn<(ids: string[]) => void>();
    await render(<Form onChoose={chosen} />);
    const field = only('input[role=combobox]') as HTMLInputElement;
    await click(field);
    await type(field, 'rsk-10');
    await eventually(() => only('[role=option]', 'RSK-10'));
    expect(field.value).toBe('rsk-10');
    await click(only('[role=option]'));
    expect(chosen.mock.calls).toEqual([[['id of RSK-10']]]);
    expect(only('.MuiChip-root').textContent).toContain('RSK-10');
    expect(field.value).toBe('');
  });

  it('keeps what was typed before the controls arrived', async () => {
    const waiting: ((answer: Response) => void)[] = [];
    vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => waiting.push(resolve)));
    await render(<Form onChoose={() => undefined} />);
    const field = only('input[role=combobox]') as HTMLInputElement;
    await click(field);
    await type(field, 'rsk-10');
    waiting[0]!(Response.json({ items: ASSESSMENTS, next: null }));
    await eventually(() => only('[role=option]', 'RSK-10'));
    expect(field.value).toBe('rsk-10');
    expect(document.querySelectorAll('[role=option]').length).toBe(1);
  });
});

function Form({ onChoose }: { onChoose: (ids: string[]) => void }) {
  const [client] = useState(() => new QueryClient());
  const [ids, setIds] = useState<readonly string[]>([]);
  return (
    <QueryClientProvider client={client}>
      <ControlPicker
        name="assessments"
        label="Proves these controls"
        value={ids}
        onChange={(all) => {
          setIds(all);
          onChoose(all);
        }}
      />
    </QueryClientProvider>
  );
}
