import type { Permission } from '@/lib/domain/policy/permissions';
import { type Authority, strongestAuthority } from '@/lib/domain/policy/strongest';
import type { Actor } from './actor';
import { AppError, forbidden } from './errors';

/** A step-up is good for this long (rights marked with * in the domain). */
export const FRESH_MS = 5 * 60_000;

/**
 * The right with which this actor may do this, or an error.
 * `now` is the database's clock. Object predicates (assigned, not own) are checked by the command with the answer.
 */
export function authorise(actor: Actor | null, permission: Permission, now: Date): Authority {
  if (!actor) throw new AppError('UNAUTHENTICATED', 'account.signIn');
  if (actor.kind === 'worker') return { reach: 'all', role: 'compliance', entityIds: null };
  const authority = strongestAuthority(permission, actor.held);
  if (!authority) throw forbidden('right.none');
  if (authority.fresh && actor.kind === 'user' && now.getTime() - actor.authenticatedAt.getTime() > FRESH_MS) {
    throw forbidden('right.stepUp', 'step-up');
  }
  if (authority.role === 'auditor' && actor.kind === 'user') return withinEngagement(actor.engagement, authority);
  return authority;
}

/** Whether a page or button should be offered at all. The command decides again. */
export function may(actor: Actor, permission: Permission): boolean {
  return actor.kind === 'worker' || strongestAuthority(permission, actor.held) !== undefined;
}

/** Throws when the maker of a thing would approve it. */
export function requireOtherPerson(actor: Actor, authority: Authority, makerId: string | null): void {
  if (authority.notOwn && makerId !== null && actor.id === makerId) {
    throw forbidden('right.ownWork', 'own-work');
  }
}

function withinEngagement(engagement: { entityIds: readonly string[] | null } | null, authority: Authority): Authority {
  if (authority.reach === 'own' || authority.reach === 'all') return authority;
  if (!engagement) throw forbidden('right.noEngagement');
  return { ...authority, entityIds: engagement.entityIds };
}
