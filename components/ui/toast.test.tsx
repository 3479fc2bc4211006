import { describe, expect, it, vi } from 'vitest';
import { click, eventually, only, render } from '@/test/render';
import { ToastProvider, useToast } from './toast';

function Withdraw({ undo }: { undo?: () => void }) {
  const toast = useToast();
  return (
    <button type="button" onClick={() => toast({ message: 'Withdrawn.', undo })}>
      Withdraw
    </button>
  );
}

describe('a toast', () => {
  it('says what was done and takes it back once', async () => {
    const undo = vi.fn<() => void>();
    await render(
      <ToastProvider>
        <Withdraw undo={undo} />
      </ToastProvider>,
    );
    await click(only('button', 'Withdraw'));
    expect(only('output').textContent).toContain('Withdrawn.');
    await click(only('button', 'Undo'));
    expect(undo).toHaveBeenCalledTimes(1);
    await eventually(() => expect(only('output').textContent).toBe(''));
  });

  it('offers nothing that cannot be taken back', async () => {
    await render(
      <ToastProvider>
        <Withdraw />
      </ToastProvider>,
    );
    await click(only('button', 'Withdraw'));
    expect(only('output').querySelector('button')).toBeNull();
  });
});
