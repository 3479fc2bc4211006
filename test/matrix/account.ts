import type { PersonRole } from '@/lib/domain/policy/roles';
import { actorFor } from '@/test/factories';
import type { MatrixCases } from './case';

export const accountCases: MatrixCases = {
  listOwnSessions: { prepare: async () => ({}), foreign: 'own-only' },
  endAllOwnSessions: { prepare: async () => ({}), foreign: 'own-only' },
  endOwnSession: {
    prepare: async (world, role) => ({
      id: (await actorFor(world, world.people[role as PersonRole] ?? world.people.board)).sessionHash,
    }),
    foreign: 'not-found',
  },
  changeOwnPassword: {
    prepare: async () => ({ current: 'the wrong one', password: 'four unrelated words here' }),
    foreign: 'own-only',
    narrowed: Object.fromEntries(
      (['board', 'compliance', 'owner', 'auditor', 'admin', 'ciso', 'ai-officer'] as const).map((role) => [
        role,
        { status: 422, because: 'the present password is asked again' },
      ]),
    ),
  },
};
