import { inTransaction } from '@/db/client';
import { assessment } from '@/db/schema/assessments';
import type { PersonRole, Role } from '@/lib/domain/policy/roles';
import { newId } from '@/lib/kernel/ids';
import type { World } from '@/test/factories';
import { freeUnit } from './free-unit';
import type { MatrixCases } from './case';

/** A fresh assessment owned by the person of `role`; LIF-13 is an AI control and no key control, so it may be excluded. */
export async function newAssessment(
  world: World,
  role: Role,
  values: Partial<typeof assessment.$inferInsert> = {},
): Promise<string> {
  const id = newId();
  const ownerId = world.people[role as PersonRole] ?? null;
  await inTransaction({ organisationId: world.organisationId, access: 'write' }, async (tx) => {
    const unitId = await freeUnit(tx, world);
    await tx.db.insert(assessment).values({
      orgId: world.organisationId,
      id,
      entityId: world.entityId,
      controlId: 'LIF-13',
      unitId,
      ownerId,
      ...values,
    });
  });
  return id;
}

const other = (world: World, role: Role) => (role === 'compliance' ? world.people.ciso : world.people.compliance);

export const assessmentCases: MatrixCases = {
  listAssessments: { prepare: async () => ({}), foreign: 'own-only' },
  getAssessment: { prepare: async (world, role) => ({ id: await newAssessment(world, role) }), foreign: 'not-found' },
  updateAssessment: {
    prepare: async (world, role) => ({ id: await newAssessment(world, role), version: 1, documentation: 3 }),
    foreign: 'not-found',
  },
  assignAssessments: {
    prepare: async (world, role) => ({ ids: [await newAssessment(world, role)], dueOn: '2030-01-31' }),
    foreign: 'not-found',
  },
  proposeExclusion: {
    prepare: async (world, role) => ({
      id: await newAssessment(world, role),
      version: 1,
      reason: 'There is no such system at this site.',
    }),
    foreign: 'not-found',
  },
  decideExclusion: {
    prepare: async (world, role) => ({
      id: await newAssessment(world, role, {
        applicability: 'exclusion-proposed',
        exclusionReason: 'x',
        exclusionProposedBy: other(world, role),
      }),
      version: 1,
      approve: true,
    }),
    foreign: 'not-found',
  },
  endExclusion: {
    prepare: async (world, role) => ({
      id: await newAssessment(world, role, {
        applicability: 'exclusion-proposed',
        exclusionReason: 'x',
        exclusionProposedBy: other(world, role),
      }),
      version: 1,
    }),
    foreign: 'not-found',
  },
};
