import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool, type PoolClient, types } from 'pg';

/** A date column stays the text it is (`2026-11-23`): a calendar day has no zone to be converted to. */
types.setTypeParser(types.builtins.DATE, (text) => text);
types.setTypeParser(types.builtins.INT8, Number);

export type Database = NodePgDatabase;

/** Whose data one transaction may see; row-level security reads the organisation from here. */
export type Context = {
  organisationId: string | null;
  access: 'read' | 'write';
};

/** What `inTransaction` hands out: the only handle to the database there is. */
export type Transaction = { db: Database; now: Date };

const pools = new Map<string, Pool>();
let statements = 0;

/** Statements sent since the process started; the benchmarks print the difference per page. */
export function statementCount(): number {
  return statements;
}

/**
 * Runs `work` in one transaction as the app role (writes) or the reader role, read only (reads), with the organisation
 * set for row-level security. Commits when it resolves, rolls back when it throws.
 */
export async function inTransaction<T>(context: Context, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    const now = await begin(client, context);
    const result = await work({ db: drizzle(counted(client)), now });
    await client.query('commit');
    return result;
  } catch (error) {
    broken = await rollback(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Closes every connection; for tests and for a clean stop. */
export async function closeDatabase(): Promise<void> {
  const all = [...pools.values()];
  pools.clear();
  await Promise.all(all.map((one) => one.end()));
}

/** One round trip: begin, role, organisation. Values are checked here because the simple protocol takes no parameters. */
async function begin(client: PoolClient, { organisationId, access }: Context): Promise<Date> {
  if (organisationId !== null && !/^[0-9a-f-]{36}$/.test(organisationId))
    throw new Error('organisation id is not a UUID');
  const role = access === 'read' ? 'heptad_reader' : 'heptad_app';
  const results = (await client.query(
    `begin transaction ${access === 'read' ? 'read only' : 'read write'};
     select set_config('role', '${role}', true), set_config('app.org', '${organisationId ?? ''}', true), now() as now`,
  )) as unknown as { rows: { now: Date }[] }[];
  return results[1]!.rows[0]!.now;
}

/** A connection whose rollback fails is destroyed, never given back to the pool. */
async function rollback(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function counted(client: PoolClient): PoolClient {
  return new Proxy(client, {
    get(target, property, receiver) {
      if (property !== 'query') return Reflect.get(target, property, receiver) as unknown;
      return (...parameters: unknown[]) => {
        statements += 1;
        return (target.query as (...all: unknown[]) => unknown)(...parameters);
      };
    },
  });
}

function pool(): Pool {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set; `heptad start` sets it for the embedded database.');
  const known = pools.get(url);
  if (known) return known;
  const made = new Pool({
    connectionString: url,
    max: Number(process.env.DATABASE_POOL ?? 10),
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    options:
      '-c search_path=heptad,public -c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=10s -c timezone=UTC',
    application_name: 'heptad',
  });
  // A connection that dies while idle is replaced by the pool; without a listener the process would end.
  made.on('error', () => {});
  pools.set(url, made);
  return made;
}
