import type { World } from '@/test/factories';
import type { Role } from '@/lib/domain/policy/roles';

/** What the role × route matrix needs to know of one operation. */
export type MatrixCase = {
  /** Makes in `world` what the operation acts on, so that `role` is in the right position (owner, other person), and returns the input. */
  prepare: (world: World, role: Role) => Promise<Record<string, unknown>>;
  /**
   * What a granted role of another organisation gets for that same input: `not-found` when it names an object, `own-only` when
   * the operation names none and therefore simply works on the caller's own organisation.
   */
  foreign: 'not-found' | 'own-only';
  /** Roles that the table grants but that this operation narrows further, with the status and the reason. */
  narrowed?: Partial<Record<Role, { status: number; because: string }>>;
  /** Builds the request when it is not JSON (uploads). */
  request?: (url: string, headers: Record<string, string>, input: Record<string, unknown>) => Request;
};

export type MatrixCases = Record<string, MatrixCase>;
