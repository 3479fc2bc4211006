import { sql } from 'drizzle-orm';
import { apiToken } from '@/db/schema/identity';
import { makeToken } from '@/lib/auth/token';
import { conflict, forbidden, notFound } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { defineCommand } from '@/lib/kernel/operation';
import { CreateToken, TokenRef } from './schema';

export const createToken = defineCommand({
  name: 'createToken',
  summary: 'Makes an API token for a scanner or an agent; its text is shown this once.',
  permission: 'token:create',
  input: CreateToken,
  isAnswerSecret: true,
  http: { method: 'POST', path: '/tokens', status: 201 },
  async run(
    { db, organisationId, actor, now, record },
    { name, kind, validDays },
  ): Promise<{ id: string; token: string; expiresAt: string }> {
    if (actor.kind !== 'user') throw forbidden('right.tokenMakesNone');
    const id = newId();
    const { text, hash } = makeToken();
    const expiresAt = new Date(now.getTime() + validDays * 86_400_000);
    await db
      .insert(apiToken)
      .values({ orgId: organisationId, id, name, kind, tokenHash: hash, createdBy: actor.id, expiresAt });
    record({
      verb: 'token.created',
      object: { kind: 'token', id },
      detail: { kind, expiresAt: expiresAt.toISOString() },
    });
    return { id, token: text, expiresAt: expiresAt.toISOString() };
  },
});

export const revokeToken = defineCommand({
  name: 'revokeToken',
  summary: 'Makes a token worthless at once.',
  permission: 'token:revoke',
  input: TokenRef,
  http: { method: 'DELETE', path: '/tokens/{id}', status: 204 },
  async run({ db, organisationId, now, record }, { id }): Promise<void> {
    const { rows } = await db.execute<{ revoked: boolean }>(sql`
      select revoked_at is not null as revoked from api_token where org_id = ${organisationId} and id = ${id} for update`);
    if (!rows[0]) throw notFound('token');
    if (rows[0].revoked) throw conflict('token.revoked');
    await db
      .update(apiToken)
      .set({ revokedAt: now })
      .where(sql`org_id = ${organisationId} and id = ${id}`);
    record({ verb: 'token.revoked', object: { kind: 'token', id } });
  },
});
