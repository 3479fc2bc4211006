import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { inTransaction } from '@/db/client';
import type { TokenRole } from '@/lib/domain/policy/roles';
import type { TokenActor } from '@/lib/kernel/actor';
import { newId } from '@/lib/kernel/ids';

/** Our own prefix: a session cookie's content can never pass as a token, and leaked tokens are easy to find. */
export const TOKEN_PREFIX = 'hpt_';

type TokenRow = {
  token_id: string;
  name: string;
  kind: TokenRole;
  org_id: string;
  org_name: string;
  time_zone: string;
};

/** A new token's text (shown once) and the hash that is stored. 32 random bytes, so a plain SHA-256 is enough. */
export function makeToken(): { text: string; hash: Buffer } {
  const text = TOKEN_PREFIX + randomBytes(32).toString('base64url');
  return { text, hash: hashToken(text) };
}

/** The actor of a token that is not revoked and not expired, else null. */
export async function openToken(text: string): Promise<TokenActor | null> {
  if (!text.startsWith(TOKEN_PREFIX)) return null;
  const { rows } = await inTransaction({ organisationId: null, access: 'write' }, ({ db }) =>
    db.execute<TokenRow>(sql`select * from open_token(${hashToken(text)})`),
  );
  const row = rows[0];
  if (!row) return null;
  return {
    kind: 'token',
    id: row.token_id,
    name: row.name,
    organisation: { id: row.org_id, name: row.org_name, isDemo: false, timeZone: row.time_zone },
    held: [{ role: row.kind, entityIds: null }],
    requestId: newId(),
  };
}

function hashToken(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
