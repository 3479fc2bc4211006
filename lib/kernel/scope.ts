import { type SQL, sql } from 'drizzle-orm';
import type { Authority } from '@/lib/domain/policy/strongest';

/** The condition that keeps a statement inside the entities an actor may touch; `true` for the whole organisation. */
export function entityScope(authority: Authority, entityColumn: SQL): SQL {
  if (authority.entityIds === null) return sql`true`;
  return sql`${entityColumn} = any(${sql.param([...authority.entityIds])}::uuid[])`;
}

/** Whether an entity lies in an actor's reach, for a row that was read already. */
export function reaches(authority: Authority, entityId: string): boolean {
  return authority.entityIds === null || authority.entityIds.includes(entityId);
}
