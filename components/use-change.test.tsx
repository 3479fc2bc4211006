import { describe, expect, it } from 'vitest';
import { useLocalServer } from '@/test/local-server';
import { click, eventually, navigations, only, render, type } from '@/test/render';
import { ApiProvider } from './api-provider';
import { useChange } from './use-change';

const { seen, onRequest } = useLocalServer();

function AcceptButton() {
  const accept = useChange<string, { state: string }>({
    request: (id) => ({ method: 'POST', path: `/evidence/${id}/accept`, body: { comment: 'fine' }, ifMatch: 7 }),
  });
  return (
    <>
      <button type="button" onClick={() => accept.run('e1')}>
        Accept
      </button>
      <output data-testid="state">{accept.answer?.state ?? accept.problem?.code ?? ''}</output>
    </>
  );
}

const page = () =>
  render(
    <ApiProvider>
      <AcceptButton />
    </ApiProvider>,
  );

describe('a change from the screen', () => {
  it('sends JSON with version, key and own header, then renders the page again', async () => {
    onRequest(() => ({ status: 200, body: { state: 'accepted' } }));
    await page();
    await click(only('button', 'Accept'));
    await eventually(() => expect(only('[data-testid=state]').textContent).toBe('accepted'));
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/api/v1/evidence/e1/accept', body: { comment: 'fine' } });
    expect(seen[0]?.headers).toMatchObject({ 'if-match': '"7"', 'x-heptad-request': '1' });
    expect(seen[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
    expect(navigations).toContain('refresh');
  });

  it('tries again when the server is away, with the same key', async () => {
    onRequest(() => (seen.length < 2 ? { status: 503 } : { status: 200, body: { state: 'accepted' } }));
    await page();
    await click(only('button', 'Accept'));
    await eventually(() => expect(only('[data-testid=state]').textContent).toBe('accepted'), 6_000);
    const keys = seen.map((request) => request.headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it('does not repeat a refusal', async () => {
    onRequest(() => ({ status: 409, body: { code: 'CONFLICT', title: 'Stale', reason: 'stale-version' } }));
    await page();
    await click(only('button', 'Accept'));
    await eventually(() => expect(only('[data-testid=state]').textContent).toBe('CONFLICT'));
    expect(seen).toHaveLength(1);
  });

  it('asks for the password when the server wants a fresh sign-in, then repeats the same call', async () => {
    let isFresh = false;
    onRequest((request) => {
      if (request.path === '/api/v1/session/step-up') {
        isFresh = (request.body as { password: string }).password === 'right';
        return isFresh ? { status: 204 } : { status: 422, body: { code: 'INVALID', title: 'No' } };
      }
      return isFresh
        ? { status: 200, body: { state: 'accepted' } }
        : { status: 403, body: { code: 'FORBIDDEN', title: 'Confirm', reason: 'step-up' } };
    });
    await page();
    await click(only('button', 'Accept'));
    await eventually(() => only('[role=dialog]'));

    await type(only('input[name=password]'), 'wrong');
    await click(only('button[type=submit]'));
    await eventually(() => expect(only('[role=dialog]').textContent).toContain('does not match'));

    await type(only('input[name=password]'), 'right');
    await click(only('button[type=submit]'));
    await eventually(() => expect(only('[data-testid=state]').textContent).toBe('accepted'));
    const accepts = seen.filter((request) => request.path.endsWith('/accept'));
    expect(new Set(accepts.map((request) => request.headers['idempotency-key'])).size).toBe(1);
    expect(accepts).toHaveLength(2);
  });

  it('keeps the refusal when the person declines to confirm', async () => {
    onRequest(() => ({ status: 403, body: { code: 'FORBIDDEN', title: 'Confirm', reason: 'step-up' } }));
    await page();
    await click(only('button', 'Accept'));
    await eventually(() => only('[role=dialog]'));
    await click(only('button', 'Cancel'));
    await eventually(() => expect(only('[data-testid=state]').textContent).toBe('FORBIDDEN'));
    expect(seen).toHaveLength(1);
  });
});
