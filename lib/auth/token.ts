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
  await noteUse(row);
  return {
    kind: 'token',
    id: row.token_id,
    name: row.name,
    organisation: { id: row.org_id, name: row.org_name, isDemo: false, timeZone: row.time_zone },
    held: [{ role: row.kind, entityIds: null }],
    requestId: newId(),
  };
}

/** Shown in the list of tokens, so that one nobody uses any more can be told; a minute's precision spares the writes. */
const USE_NOTED_MS = 60_000;
const noted = new Map<string, number>();

async function noteUse({ token_id: id, org_id: organisationId }: TokenRow): Promise<void> {
  const now = Date.now();
  if (now - (noted.get(id) ?? 0) < USE_NOTED_MS) return;
  noted.set(id, now);
  await inTransaction({ organisationId, access: 'write' }, ({ db }) =>
    db.execute(sql`update api_token set last_used_at = now() where org_id = ${organisationId} and id = ${id}`),
  );
}

function hashToken(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
