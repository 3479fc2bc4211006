import { afterEach, describe, expect, it } from 'vitest';
import { GET as isLive } from '@/app/api/health/live/route';
import { GET as isReady } from '@/app/api/health/ready/route';
import { POST as signIn } from '@/app/api/v1/session/route';
import { closeDatabase } from '@/db/client';
import { useDatabase } from '@/test/database';

useDatabase();

const none = { params: Promise.resolve({}) };
const kept = { ...process.env };

afterEach(async () => {
  for (const name of ['DATABASE_URL', 'DATA_DIR', 'AUTH_SECRET'])
    if (kept[name] !== undefined) process.env[name] = kept[name];
});

type Told = { status: string; checks: { name: string; ok: boolean; reason?: string }[] };
const ask = async (handler: typeof isReady) => {
  const response = await handler(new Request('http://localhost:3000/api/health/ready'), none);
  return { status: response.status, told: (await response.json()) as Told };
};
const failing = ({ told }: { told: Told }) => told.checks.filter(({ ok }) => !ok).map(({ name }) => name);

describe('health', () => {
  it('is ready with its database, disk and keys', async () => {
    Object.assign(kept, { ...process.env });
    const { status, told } = await ask(isReady);
    expect({ status, failing: failing({ told }) }).toEqual({ status: 200, failing: [] });
    expect(told.checks.map(({ name }) => name)).toEqual(['database', 'clock', 'migrations', 'disk', 'keys']);
  });

  it('is alive but not ready while the database is away, and says so to whoever signs in', async () => {
    process.env.DATABASE_URL = 'postgresql://nobody@127.0.0.1:1/nothing';
    const ready = await ask(isReady);
    expect({ status: ready.status, failing: failing(ready) }).toEqual({ status: 503, failing: ['database'] });
    expect((await ask(isLive)).status).toBe(200);
    const body = JSON.stringify({ email: 'a@example.test', password: 'x' });
    const headers = { 'content-type': 'application/json' };
    const answer = await signIn(
      new Request('http://localhost:3000/api/v1/session', { method: 'POST', headers, body }),
      none,
    );
    expect({ status: answer.status, after: answer.headers.get('retry-after') }).toEqual({ status: 503, after: '2' });
    expect(await answer.json()).toMatchObject({ code: 'UNAVAILABLE', key: 'system.unavailable' });
    await closeDatabase();
  });

  it('names a folder that cannot be written and a secret that is missing', async () => {
    process.env.DATA_DIR = '/proc/nowhere';
    delete process.env.AUTH_SECRET;
    const ready = await ask(isReady);
    expect({ status: ready.status, failing: failing(ready) }).toEqual({ status: 503, failing: ['disk', 'keys'] });
  });
});
