import { sql } from 'drizzle-orm';
import { access, constants, readdir } from 'node:fs/promises';
import path from 'node:path';
import { inTransaction } from '@/db/client';
import { pendingMigrations } from '@/db/migrate';
import { authSecret, settings } from '@/lib/kernel/env';
import { apiHeaders } from './headers';

/** Further off than this and deadlines shown by the app and judged by the database would differ visibly. */
const MAX_SKEW_SECONDS = 5;

type Check = { name: string; ok: boolean; reason?: string };

/** Alive: the process answers. Never touches the database, so that a database outage does not restart the web process. */
export async function live(): Promise<Response> {
  return json(200, { status: 'ok' });
}

/** Ready: this process can do its work. 503 names what is missing. */
export async function ready(): Promise<Response> {
  const checks = await Promise.all([databaseCheck(), diskCheck(), keyCheck()]);
  const all = checks.flat();
  const ok = all.every((check) => check.ok);
  return json(ok ? 200 : 503, { status: ok ? 'ok' : 'unavailable', checks: all });
}

async function databaseCheck(): Promise<Check[]> {
  try {
    return await inTransaction({ organisationId: null, access: 'read' }, async ({ db, now }) => {
      const skew = Math.abs(Date.now() - now.getTime()) / 1000;
      const pending = await pendingMigrations(async (text) => (await db.execute<{ name: string }>(sql.raw(text))).rows);
      return [
        { name: 'database', ok: true },
        { name: 'clock', ok: skew <= MAX_SKEW_SECONDS, reason: `${skew.toFixed(1)} s apart from the database` },
        { name: 'migrations', ok: pending.length === 0, reason: pending.join(', ') },
      ].map(({ reason, ...check }) => (check.ok ? check : { ...check, reason }));
    });
  } catch {
    return [{ name: 'database', ok: false, reason: 'does not answer' }];
  }
}

async function diskCheck(): Promise<Check[]> {
  if (process.env.S3_ENDPOINT || process.env.S3_BUCKET) return [];
  try {
    await access(settings().DATA_DIR, constants.W_OK);
    return [{ name: 'disk', ok: true }];
  } catch {
    return [{ name: 'disk', ok: false, reason: 'DATA_DIR cannot be written' }];
  }
}

/** Without its keys a process answers and yet can neither sign anybody in nor open a single file. */
async function keyCheck(): Promise<Check[]> {
  try {
    authSecret();
    if (!process.env.EVIDENCE_KEY)
      await readdir(path.join(settings().DATA_DIR, 'keys', 'evidence')).catch(unlessMissing);
    return [{ name: 'keys', ok: true }];
  } catch {
    return [{ name: 'keys', ok: false, reason: 'the keys of sessions or files cannot be read' }];
  }
}

/** The first file makes the folder. */
function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: apiHeaders({ 'content-type': 'application/json' }) });
}
