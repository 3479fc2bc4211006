import { Credentials, DemonstrationCredentials, StepUp } from '@/lib/auth/credentials';
import { deviceCookie } from '@/lib/auth/device';
import { expiredSessionCookie, sealSession, sessionCookie } from '@/lib/auth/cookie';
import { originOf } from '@/lib/auth/request-actor';
import { endSession } from '@/lib/auth/session';
import { signIn, signInDemonstration, stepUp } from '@/lib/auth/sign-in';
import type { UserActor } from '@/lib/kernel/actor';
import { isDemonstration } from '@/lib/kernel/env';
import { AppError, notFound } from '@/lib/kernel/errors';
import { parseInput } from '@/lib/kernel/parse';
import { apiHeaders } from './headers';
import { inputOf } from './input';
import { requireNoForeignOrigin } from './origin';
import { guarded } from './route';

/** `POST /api/v1/session`: the same door for the sign-in page and for scripts. */
export const postSession = guarded(async (request, params) => {
  const body = await inputOf(request, params);
  const from = originOf(request.headers);
  const { sessionId, actor } =
    'demo' in body ? await demonstration(body, from) : await signIn(parseInput(Credentials, body), from);
  const headers = apiHeaders({ 'content-type': 'application/json' });
  headers.append('set-cookie', sessionCookie(await sealSession(sessionId)));
  headers.append('set-cookie', await deviceCookie(actor.email));
  return new Response(JSON.stringify({ user: describe(actor) }), { headers });
}, requireNoForeignOrigin);

/** `GET /api/v1/session`: who am I. */
export const getSession = guarded(async (_request, _params, { actor }) => {
  if (actor?.kind !== 'user') throw new AppError('UNAUTHENTICATED', 'account.signIn');
  return new Response(JSON.stringify({ user: describe(actor) }), {
    headers: apiHeaders({ 'content-type': 'application/json' }),
  });
});

/** `DELETE /api/v1/session`: signs out; also fine when the session has ended already. */
export const deleteSession = guarded(async (_request, _params, { sessionId }) => {
  if (sessionId) await endSession(sessionId);
  const headers = apiHeaders({ 'clear-site-data': '"cache", "storage"' });
  headers.append('set-cookie', expiredSessionCookie());
  return new Response(null, { status: 204, headers });
}, requireNoForeignOrigin);

/** `POST /api/v1/session/step-up`: confirms with the password for rights that need a fresh sign-in. */
export const postStepUp = guarded(async (request, params, { actor }) => {
  if (actor?.kind !== 'user') throw new AppError('UNAUTHENTICATED', 'account.signIn');
  const { password } = parseInput(StepUp, await inputOf(request, params));
  await stepUp(actor, password);
  return new Response(null, { status: 204, headers: apiHeaders() });
});

async function demonstration(body: unknown, from: ReturnType<typeof originOf>) {
  const { demo } = parseInput(DemonstrationCredentials, body);
  if (!isDemonstration()) throw notFound('demonstration');
  return signInDemonstration(demo, from);
}

function describe(actor: UserActor) {
  return {
    id: actor.id,
    email: actor.email,
    name: actor.name,
    role: actor.held[0]?.role,
    roles: actor.held.map(({ role }) => role),
    organisation: { id: actor.organisation.id, name: actor.organisation.name },
  };
}
