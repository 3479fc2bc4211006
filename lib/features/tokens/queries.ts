import { sql } from 'drizzle-orm';
import { defineQuery } from '@/lib/kernel/operation';
import { ListTokens, type TokenItem } from './schema';

export const listTokens = defineQuery({
  name: 'listTokens',
  summary: 'API tokens of scanners and agents, without their secrets.',
  permission: 'token:read',
  input: ListTokens,
  http: { method: 'GET', path: '/tokens' },
  async run({ db, organisationId }): Promise<{ items: TokenItem[]; next: null }> {
    const { rows } = await db.execute<TokenItem>(sql`
      select t.id, t.name, t.kind, p.name as "createdBy", to_json(t.created_at) #>> '{}' as "createdAt", to_json(t.expires_at) #>> '{}' as "expiresAt",
        to_json(t.last_used_at) #>> '{}' as "lastUsedAt", to_json(t.revoked_at) #>> '{}' as "revokedAt"
      from api_token t join person p on p.org_id = t.org_id and p.id = t.created_by
      where t.org_id = ${organisationId} order by t.created_at desc limit 200`);
    return { items: rows, next: null };
  },
});
