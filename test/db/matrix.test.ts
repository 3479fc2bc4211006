import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/client';
import { apiToken } from '@/db/schema/identity';
import { makeToken } from '@/lib/auth/token';
import { operations } from '@/lib/features/registry';
import { grantOf } from '@/lib/domain/policy/permissions';
import { type Role, roles, type TokenRole } from '@/lib/domain/policy/roles';
import { newId } from '@/lib/kernel/ids';
import type { Operation } from '@/lib/kernel/operation';
import { handlerOf } from '@/test/handlers';
import { cases } from '@/test/matrix/cases';
import { requestOf } from '@/test/matrix/request';
import { useDatabase } from '@/test/database';
import { headersFor, makeWorld, type World } from '@/test/factories';

useDatabase();

let world: World;
let other: World;
let checked = 0;

beforeAll(async () => {
  world = await makeWorld();
  other = await makeWorld();
});

afterAll(() => console.log(`matrix: ${operations.length} operations, ${checked} role × route × organisation checks`));

describe('every operation × every role × own, other and no organisation', () => {
  it('has exactly one case per operation', () => {
    expect(Object.keys(cases).toSorted()).toEqual(operations.map(({ name }) => name).toSorted());
  });

  describe.each(operations.map((operation) => [operation.name, operation] as const))('%s', (name, operation) => {
    it.each(roles.map((role) => [role]))('%s', async (role) => {
      const one = cases[name]!;
      const granted = grantOf(operation.permission, role) !== undefined;
      const narrowed = one.narrowed?.[role];
      const own = await send(operation, await one.prepare(world, role), await headersOf(world, role));
      if (!granted) expect(own, 'own organisation, no right').toBe(403);
      else if (narrowed) expect(own, narrowed.because).toBe(narrowed.status);
      else expect(own, 'own organisation, with the right').toBeOneOf([200, 201, 202, 204]);

      const foreign = await send(operation, await one.prepare(world, role), await headersOf(other, role));
      if (!granted) expect(foreign, 'other organisation, no right').toBe(403);
      else if (one.foreign === 'not-found')
        expect(foreign, 'other organisation').toBeOneOf(narrowed ? [404, narrowed.status] : [404]);
      else expect(foreign, 'own data only').not.toBeOneOf([401, 403, 500]);

      expect(await send(operation, await one.prepare(world, role), anonymous), 'nobody').toBe(401);
      checked += 3;
    });
  });
});

const anonymous = { host: 'localhost:3000', origin: 'http://localhost:3000' };

async function headersOf(inside: World, role: Role): Promise<Record<string, string>> {
  return role === 'scanner' || role === 'agent' ? tokenHeaders(inside, role) : headersFor(inside, inside.people[role]);
}

async function tokenHeaders(inside: World, kind: TokenRole): Promise<Record<string, string>> {
  const { text, hash } = makeToken();
  await inTransaction({ organisationId: inside.organisationId, access: 'write' }, ({ db, now }) =>
    db.insert(apiToken).values({
      orgId: inside.organisationId,
      id: newId(),
      name: kind,
      kind,
      tokenHash: hash,
      createdBy: inside.people.ciso,
      expiresAt: new Date(now.getTime() + 3_600_000),
    }),
  );
  return { authorization: `Bearer ${text}` };
}

async function send(
  operation: Operation,
  input: Record<string, unknown>,
  headers: Record<string, string>,
): Promise<number> {
  const { request, params } = requestOf(operation, input, headers);
  const response = await (await handlerOf(operation))(request, { params: Promise.resolve(params) });
  const body = await response.text();
  expect(response.status, body).toBeLessThan(500);
  return response.status;
}
