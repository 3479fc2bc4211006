import { describe, expect, it } from 'vitest';
import { render } from '@/test/render';
import { Problem, problemOf } from '../problem';
import { ErrorPanel } from './error-panel';

const refusal = {
  status: 422,
  code: 'INVALID',
  title: 'Some of this cannot be taken as it is',
  detail: 'One field needs attention.',
  key: 'field.attention',
  values: { count: 1 },
  issues: [{ path: 'collectedOn', message: 'Evidence cannot be collected in the future.', key: 'evidence.future' }],
};

async function shown(body: object, locale: 'en' | 'de'): Promise<string> {
  const status = 'status' in body ? Number(body.status) : 500;
  const problem = await problemOf(new Response(JSON.stringify(body), { status }));
  return (await render(<ErrorPanel problem={problem} />, { locale })).textContent;
}

describe('the error panel', () => {
  it('says in German what the server refused, and which field in words', async () => {
    const text = await shown(refusal, 'de');
    expect(text).toContain('Erhoben am: Ein Nachweis kann nicht in der Zukunft erhoben sein.');
    expect(text).not.toContain('future');
  });

  it('puts the values into the sentence', async () => {
    const text = await shown(
      {
        status: 413,
        code: 'INVALID',
        title: 'x',
        detail: 'Files may have up to 50 MB.',
        key: 'upload.tooLarge',
        values: { limit: 50 },
      },
      'de',
    );
    expect(text).toContain('Eine Datei darf höchstens 50 MB haben.');
  });

  it('shows why a right is refused, not only that it is', async () => {
    const body = {
      status: 403,
      code: 'FORBIDDEN',
      title: 'x',
      detail: 'Nobody approves their own work.',
      key: 'right.ownWork',
    };
    expect(await shown(body, 'de')).toContain('Niemand gibt die eigene Arbeit frei');
  });

  it('falls back to the server’s English for a sentence this release does not know', async () => {
    const body = { status: 409, code: 'CONFLICT', title: 'x', detail: 'The moon is full.', key: 'moon.full' };
    expect(await shown(body, 'de')).toContain('The moon is full.');
  });

  it('says no more than the code when there is no sentence', async () => {
    const page = await render(<ErrorPanel problem={new Problem({ status: 0, code: 'NO_ANSWER', title: '' })} />, {
      locale: 'de',
    });
    expect(page.querySelector('[role=alert]')).not.toBeNull();
  });
});
