import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/client';
import { runJob } from '@/lib/kernel/job';
import { asSuperuser, databaseName, useDatabase } from '@/test/database';
import { headersFor, makeWorld, type World } from '@/test/factories';
import { callOperation } from '@/test/call';
import { forgetExpired } from './jobs';

useDatabase();

let world: World;

beforeAll(async () => {
  world = await makeWorld();
});

const counts = () =>
  asSuperuser(async (client) => {
    const { rows } = await client.query<{ sessions: number; answers: number; delays: number }>(`select
      (select count(*)::int from heptad.session) as sessions, (select count(*)::int from heptad.idempotency) as answers,
      (select count(*)::int from heptad.sign_in_throttle) as delays`);
    return rows[0]!;
  }, databaseName());

describe('the nightly forgetting', () => {
  it('removes what is over, keeps what still holds, and is done by the worker alone', async () => {
    const officer = await headersFor(world, world.people.compliance);
    const write = async (key: string) =>
      callOperation('createEntity', { name: `Works ${key}`, country: 'DE' }, { ...officer, 'idempotency-key': key });
    await write('old');
    await headersFor(world, world.people.board);
    await asSuperuser(
      (client) =>
        client.query(`
          update heptad.idempotency set created_at = now() - interval '26 hours';
          update heptad.session set expires_at = now() - interval '2 days' where person_id = '${world.people.board}';
          insert into heptad.sign_in_throttle (key, failures, blocked_until, failed_at)
            values ('old', 9, now(), now() - interval '3 days'), ('new', 9, now(), now())`),
      databaseName(),
    );
    await write('new');
    expect(await counts()).toEqual({ sessions: 2, answers: 2, delays: 2 });
    await runJob(forgetExpired, { organisationId: world.organisationId });
    expect(await counts()).toEqual({ sessions: 1, answers: 1, delays: 1 });
    const { rows } = await inTransaction({ organisationId: world.organisationId, access: 'read' }, ({ db }) =>
      db.execute<{ key: string }>(sql`select key from idempotency`),
    );
    expect(rows).toEqual([{ key: 'new' }]);
  });
});
