import { describe, expect, it } from 'vitest';
import { useLocalServer } from '@/test/local-server';
import { click, eventually, only, render, type } from '@/test/render';
import { SignInForm } from './sign-in-form';

const { seen, onRequest } = useLocalServer();

async function signIn(): Promise<void> {
  await render(<SignInForm next="/" />);
  expect(document.querySelector('input[name=password]')).toBeNull();
  await type(only('input[name=email]'), ' mara@nordwind.example ');
  await click(only('button', 'Continue'));
  await type(only('input[name=password]'), 'a long password');
  await click(only('button', 'Sign in'));
}

describe('the sign-in form', () => {
  it('asks one thing at a time and sends both', async () => {
    onRequest(() => ({ status: 401, body: { code: 'UNAUTHENTICATED', title: 'No' } }));
    await signIn();
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen[0]).toMatchObject({
      method: 'POST',
      path: '/api/v1/session',
      body: { email: 'mara@nordwind.example', password: 'a long password' },
    });
  });

  it('says the same whether account or password is wrong, and keeps what was typed', async () => {
    onRequest(() => ({ status: 401, body: { code: 'UNAUTHENTICATED', title: 'No' } }));
    await signIn();
    await eventually(() => expect(only('[role=alert]').textContent).toContain('Email or password is not right'));
    expect((only('input[name=password]') as HTMLInputElement).value).toBe('a long password');
  });

  it('counts down while the server asks to wait, and cannot be sent meanwhile', async () => {
    onRequest(() => ({ status: 429, body: { code: 'LIMITED', title: 'Wait', retryAfter: 2 } }));
    await signIn();
    await eventually(() => expect(only('[role=alert]').textContent).toContain('in 2 seconds'));
    expect((only('button', 'Sign in') as HTMLButtonElement).disabled).toBe(true);
    await eventually(() => expect(only('[role=alert]').textContent).toContain('try again now'), 5_000);
    expect((only('button', 'Sign in') as HTMLButtonElement).disabled).toBe(false);
  });
});
