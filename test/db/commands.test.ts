import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/client';
import { grantOf } from '@/lib/domain/policy/permissions';
import { personRoles } from '@/lib/domain/policy/roles';
import { operations } from '@/lib/features/registry';
import { useDatabase } from '@/test/database';
import { headersFor, makeWorld, type World } from '@/test/factories';
import { handlerOf } from '@/test/handlers';
import { cases } from '@/test/matrix/cases';
import { requestOf } from '@/test/matrix/request';

useDatabase();

let world: World;

beforeAll(async () => {
  world = await makeWorld();
});

/** These end the very session that would repeat them, ask for a secret the test does not have, or record each reading. */
const NOT_REPEATED = ['endOwnSession', 'endAllOwnSessions', 'changeOwnPassword', 'readReport'];

const commands = operations.filter(
  ({ kind, http, name }) => kind === 'command' && http && !NOT_REPEATED.includes(name),
);

describe('every command', () => {
  it('is looked at', () => expect(commands.length).toBeGreaterThan(35));

  it.each(commands.map((command) => [command.name, command] as const))(
    '%s writes its event once, however often it is sent with one key',
    async (name, command) => {
      const role = personRoles.find((one) => grantOf(command.permission, one) && !cases[name]!.narrowed?.[one])!;
      const input = await cases[name]!.prepare(world, role);
      const headers = { ...(await headersFor(world, world.people[role])), 'idempotency-key': randomUUID() };
      const send = async () => {
        const { request, params } = requestOf(command, input, headers);
        const response = await (await handlerOf(command))(request, { params: Promise.resolve(params) });
        const text = await response.text();
        return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
      };
      const before = await eventCount();
      const first = await send();
      expect(first.status, JSON.stringify(first.body)).toBeLessThan(300);
      const after = await eventCount();
      expect(after, 'a change without its line in the log').toBeGreaterThan(before);
      const again = await send();
      if (command.isAnswerSecret) expect(again.status, 'a secret is shown once').toBe(409);
      else expect(again).toEqual(first);
      expect(await eventCount(), 'the repeated request changed something').toBe(after);
    },
  );
});

async function eventCount(): Promise<number> {
  const { rows } = await inTransaction({ organisationId: world.organisationId, access: 'read' }, ({ db }) =>
    db.execute<{ count: number }>(
      sql`select count(*)::int as count from event where verb <> 'record.read' and verb not like 'session.%'`,
    ),
  );
  return rows[0]!.count;
}
