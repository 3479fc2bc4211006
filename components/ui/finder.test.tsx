import { describe, expect, it, vi } from 'vitest';
import { only, press, render } from '@/test/render';
import { Finder, type FinderOption } from './finder';

const groups = [
  { label: 'Pages', options: [{ id: '/', label: 'Overview' }] },
  { label: 'Empty', options: [] },
  { label: 'Entities', options: [{ id: '/entities/1', label: 'Alpenstrom', detail: 'AT' }] },
];

describe('Finder', () => {
  it('is walked by arrows over group borders and chosen by Enter, focus staying in the field', async () => {
    const onChoose = vi.fn<(option: FinderOption) => void>();
    await render(
      <Finder
        label="Go to"
        query=""
        onQuery={() => undefined}
        groups={groups}
        onChoose={onChoose}
        onClose={() => undefined}
      />,
    );
    const field = only('[role=combobox]');
    expect(document.activeElement).toBe(field);
    await press(field, 'ArrowDown');
    const active = document.querySelector(`#${CSS.escape(field.getAttribute('aria-activedescendant') ?? '')}`);
    expect(active?.textContent).toContain('Alpenstrom');
    await press(field, 'Enter');
    await press(field, 'ArrowDown');
    await press(field, 'Enter');
    expect(onChoose.mock.calls.map(([option]) => option.id)).toEqual(['/entities/1', '/']);
    expect(document.activeElement).toBe(field);
  });

  it('says how much was found, and nothing when nothing', async () => {
    await render(
      <Finder
        label="Go to"
        query="x"
        onQuery={() => undefined}
        groups={[]}
        onChoose={() => undefined}
        onClose={() => undefined}
      />,
    );
    expect(only('output').textContent).toBe('Nothing found');
    expect(only('[role=combobox]').hasAttribute('aria-activedescendant')).toBe(false);
  });
});
