import { type Grant, grantOf, type Permission, type Reach } from './permissions';
import type { Role } from './roles';

export type HeldRole = {
  role: Role;
  /** Entities the membership is limited to; null for the whole organisation. */
  entityIds: readonly string[] | null;
};

export type Authority = Grant & {
  role: Role;
  entityIds: readonly string[] | null;
};

const width: Record<Reach, number> = { own: 0, assigned: 1, scope: 2, all: 3 };

/**
 * The widest right that any of the held roles gives, or undefined when none gives one.
 * Order: reach, then whole organisation before single entities, then fewer conditions.
 */
export function strongestAuthority(permission: Permission, held: readonly HeldRole[]): Authority | undefined {
  let best: Authority | undefined;
  for (const { role, entityIds } of held) {
    const grant = grantOf(permission, role);
    if (!grant) continue;
    const candidate: Authority = { ...grant, role, entityIds };
    if (!best || rank(candidate) > rank(best)) best = candidate;
  }
  return best;
}

function rank(authority: Authority): number {
  return (
    width[authority.reach] * 100 +
    (authority.entityIds === null ? 10 : 0) +
    (authority.only ? 0 : 5) +
    (authority.fresh ? 0 : 1)
  );
}
