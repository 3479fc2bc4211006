import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { POST as changePassword } from '@/app/api/v1/account/password/route';
import { DELETE as signOutEverywhere } from '@/app/api/v1/account/sessions/route';
import { DELETE as signOut, GET as whoAmI, POST as signIn } from '@/app/api/v1/session/route';
import { POST as stepUp } from '@/app/api/v1/session/step-up/route';
import { inTransaction } from '@/db/client';
import { authOptions } from '@/lib/auth/options';
import { hashPassword } from '@/lib/auth/password';
import { asSuperuser, databaseName, useDatabase } from '@/test/database';
import { makeWorld, type World } from '@/test/factories';

useDatabase();

const PASSWORD = 'four unrelated words here';
const none = { params: Promise.resolve({}) };
const SITE = { host: 'localhost:3000', origin: 'http://localhost:3000', 'content-type': 'application/json' };

process.env.AUTH_SECRET ??= 'x'.repeat(64);

let world: World;
let email: string;

beforeAll(async () => {
  world = await makeWorld();
  const hash = await hashPassword(PASSWORD);
  const person = world.people.compliance;
  await inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) =>
    db.execute(sql`select change_password_hash(${person}, ${hash})`),
  );
  const { rows } = await inTransaction({ organisationId: world.organisationId, access: 'read' }, ({ db }) =>
    db.execute<{ email: string }>(sql`select email from person where id = ${person}`),
  );
  email = rows[0]!.email;
});

beforeEach(() => asSuperuser((client) => client.query('delete from heptad.sign_in_throttle'), databaseName()));

async function call(
  handler: typeof signIn,
  { body, method = 'POST', headers = {} }: { body?: unknown; method?: string; headers?: Record<string, string> },
) {
  const init = { method, headers: { ...SITE, ...headers }, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await handler(new Request('http://localhost:3000/api/v1/session', init), none);
  const text = await response.text();
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!);
  return { status: response.status, told: text === '' ? null : (JSON.parse(text) as Record<string, unknown>), cookies };
}

const attempt = (password: string, headers: Record<string, string> = {}, as = email) =>
  call(signIn, { body: { email: as, password }, headers });

describe('signing in', () => {
  it('says the same of an unknown address, a wrong password and one that was shut out', async () => {
    const wrong = await attempt('not this one');
    const unknown = await attempt('not this one', {}, 'nobody@example.test');
    const { requestId: _one, ...said } = wrong.told!;
    const { requestId: _other, ...saidOfNobody } = unknown.told!;
    expect(wrong.status).toBe(401);
    expect(saidOfNobody).toEqual(said);
  });

  it('takes as long for an unknown address as for a wrong password', async () => {
    const lasting = async (as: string) => {
      const since = performance.now();
      await attempt('not this one', {}, as);
      return performance.now() - since;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      await asSuperuser((client) => client.query('delete from heptad.sign_in_throttle'), databaseName());
      known.push(await lasting(email));
      unknown.push(await lasting(`nobody-${turn}@example.test`));
    }
    const median = (times: number[]) => times.toSorted((a, b) => a - b)[4]!;
    expect(median(unknown)).toBeGreaterThan(median(known) / 3);
    expect(median(unknown)).toBeLessThan(median(known) * 3);
  });

  it('gives many wrong passwords at once no more tries than one after another', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, number) => attempt(`guess ${number}`)));
    const tried = answers.filter(({ status }) => status === 401).length;
    expect(tried).toBe(4);
    expect(answers.filter(({ status }) => status === 429).length).toBe(8);
    expect((await attempt(PASSWORD)).told).toMatchObject({ code: 'LIMITED', retryAfter: expect.any(Number) });
  });

  it('lets many right passwords at once in', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => attempt(PASSWORD)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
  });

  it('never makes a browser wait that its owner used before, whatever strangers try', async () => {
    const first = await attempt(PASSWORD);
    const device = first.cookies.find((cookie) => cookie.startsWith('heptad.device='))!;
    for (let turn = 0; turn < 6; turn += 1) await attempt('stranger');
    expect((await attempt(PASSWORD)).status).toBe(429);
    expect((await attempt(PASSWORD, { cookie: device })).status).toBe(200);
    const ofOther = await attempt('x', { cookie: device }, 'nobody@example.test');
    expect(ofOther.status).toBe(401);
  });

  it('counts the failures of a known browser too, and takes no forged one', async () => {
    const first = await attempt(PASSWORD);
    const device = first.cookies.find((cookie) => cookie.startsWith('heptad.device='))!;
    for (let turn = 0; turn < 6; turn += 1) await attempt('wrong', { cookie: device });
    expect((await attempt(PASSWORD, { cookie: device })).status).toBe(429);
    expect((await attempt(PASSWORD)).status).toBe(200);
    for (let turn = 0; turn < 6; turn += 1) await attempt('stranger');
    const session = first.cookies.find((cookie) => cookie.startsWith('heptad.session='))!;
    const forged = session.replace('heptad.session=', 'heptad.device=');
    expect((await attempt(PASSWORD, { cookie: forged })).status).toBe(429);
  });

  it.each([
    [{ email: 'a\0b@example.test', password: 'x' }, 'email'],
    [{ email: '\ud800@example.test', password: 'x' }, 'email'],
    [{ email: 'x'.repeat(300), password: 'x' }, 'email'],
    [{ email: ['a@example.test'], password: 'x' }, 'email'],
    [{ email: 'a@example.test', password: 'x'.repeat(513) }, 'password'],
    [{ email: 'a@example.test', password: 7 }, 'password'],
    [{ email: 'a@example.test' }, 'password'],
    [{ email: 'a@example.test', password: 'x', role: 'admin' }, 'role'],
  ])('refuses %j by its field', async (body, field) => {
    const { status, told } = await call(signIn, { body });
    expect(status).toBe(422);
    expect((told!.issues as { path: string }[])[0]!.path).toBe(field);
  });
});

describe('signing in through next-auth', () => {
  type Authorize = (given: unknown, request: unknown) => Promise<{ sid: string } | null>;
  const { authorize } = (authOptions().providers[0] as unknown as { options: { authorize: Authorize } }).options;
  const through = (given: unknown, headers = {}) => authorize(given, { headers });

  it('opens a session of the same kind, and takes only what a person can type', async () => {
    expect(await through({ email, password: PASSWORD })).toMatchObject({ sid: expect.any(String) });
    for (const given of [
      undefined,
      {},
      { email },
      { email: { a: 1 }, password: [1] },
      { email: 'x'.repeat(2e5), password: 'x' },
    ])
      expect(await through(given), JSON.stringify(given)?.slice(0, 40)).toBeNull();
  });

  it('waits like the other door, and its failure tells of nothing but the code', async () => {
    expect(await through({ email: 'a\0b@example.test', password: 'x' })).toBeNull();
    for (let turn = 0; turn < 4; turn += 1) expect(await through({ email, password: 'wrong' })).toBeNull();
    await expect(through({ email, password: PASSWORD })).rejects.toThrow(/^LIMITED$/);
    expect((await attempt(PASSWORD)).status).toBe(429);
  });
});

describe('on a public address', () => {
  const PUBLIC = 'https://heptad.example';
  beforeEach(() => void (process.env.PUBLIC_URL = PUBLIC));
  afterEach(() => void delete process.env.PUBLIC_URL);

  it('cookies belong to the host and travel by https only, and no other origin writes', async () => {
    const body = JSON.stringify({ email, password: PASSWORD });
    const send = (origin: string) =>
      signIn(new Request(`${PUBLIC}/api/v1/session`, { method: 'POST', headers: { ...SITE, origin }, body }), none);
    const cookies = (await send(PUBLIC)).headers.getSetCookie();
    expect(cookies.length).toBe(2);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-heptad\.(session|device)=/);
      for (const flag of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(flag);
      expect(cookie).not.toContain('Domain');
    }
    for (const origin of ['http://heptad.example', 'https://heptad.example.evil.test', 'http://localhost:3000', 'null'])
      expect((await send(origin)).status, origin).toBe(403);
  });
});

describe('a session', () => {
  const signedIn = async () =>
    (await attempt(PASSWORD)).cookies.find((cookie) => cookie.startsWith('heptad.session='))!;
  const ask = (cookie: string, more: Record<string, string> = {}) =>
    call(whoAmI, { method: 'GET', headers: { cookie, ...more } });

  it('ends for good when its owner signs out, though the cookie is kept', async () => {
    const cookie = await signedIn();
    expect((await ask(cookie)).status).toBe(200);
    await call(signOut, { method: 'DELETE', headers: { cookie } });
    expect((await ask(cookie)).status).toBe(401);
  });

  it('ends everywhere at once', async () => {
    const cookies = [await signedIn(), await signedIn(), await signedIn()];
    expect((await call(signOutEverywhere, { method: 'DELETE', headers: { cookie: cookies[0]! } })).status).toBe(204);
    for (const cookie of cookies) expect((await ask(cookie)).status).toBe(401);
  });

  it('does not open by a changed cookie, by its cookie as a token, or beside a wrong token', async () => {
    const cookie = await signedIn();
    const sealed = cookie.split('=')[1]!;
    expect((await ask(`${cookie.slice(0, -4)}AAAA`)).status).toBe(401);
    expect((await ask('', { authorization: `Bearer ${sealed}` })).status).toBe(401);
    expect((await ask(cookie, { authorization: 'Bearer hpt_wrong' })).status).toBe(401);
    expect((await ask('heptad.session=; heptad.session=x')).status).toBe(401);
  });

  it('idles out and ends by the database clock', async () => {
    for (const change of ["last_seen_at = now() - interval '31 minutes'", 'expires_at = now()']) {
      const cookie = await signedIn();
      await asSuperuser((client) => client.query(`update heptad.session set ${change}`), databaseName());
      expect((await ask(cookie)).status, change).toBe(401);
    }
  });

  it('slows guesses of its own password, by step-up and by changing it', async () => {
    const cookie = await signedIn();
    const confirm = (password: string) => call(stepUp, { body: { password }, headers: { cookie } });
    for (let turn = 0; turn < 4; turn += 1) expect((await confirm('wrong')).status).toBe(422);
    expect((await confirm(PASSWORD)).status).toBe(429);
    const body = { current: PASSWORD, password: 'another four good words' };
    expect((await call(changePassword, { body, headers: { cookie } })).status).toBe(429);
    expect((await call(stepUp, { body: { password: PASSWORD }, headers: { cookie: await signedIn() } })).status).toBe(
      204,
    );
  });
});
