import { inTransaction } from '@/db/client';
import { comment } from '@/db/schema/comments';
import { newId } from '@/lib/kernel/ids';
import type { Role } from '@/lib/domain/policy/roles';
import type { World } from '@/test/factories';
import { newAssessment } from './assessments';
import type { MatrixCases } from './case';
import { personOf } from './evidence';

async function newComment(world: World, role: Role): Promise<string> {
  const id = newId();
  const assessmentId = await newAssessment(world, role);
  await inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) =>
    db.insert(comment).values({
      orgId: world.organisationId,
      id,
      assessmentId,
      authorId: personOf(world, role),
      body: 'Which site is this?',
    }),
  );
  return id;
}

export const collaborationCases: MatrixCases = {
  getRaci: { prepare: async (world) => ({ entity: world.entityId }), foreign: 'not-found' },
  setRaci: {
    prepare: async (world) => ({
      entities: [world.entityId],
      controls: ['GOV-01'],
      personId: world.people.owner,
      parts: ['A'],
    }),
    foreign: 'not-found',
  },
  fillRaci: { prepare: async (world) => ({ entity: world.entityId }), foreign: 'not-found' },
  listComments: {
    prepare: async (world, role) => ({ assessment: await newAssessment(world, role) }),
    foreign: 'not-found',
  },
  addComment: {
    prepare: async (world, role) => ({ assessment: await newAssessment(world, role), body: 'Looks right.' }),
    foreign: 'not-found',
  },
  resolveComment: { prepare: async (world, role) => ({ id: await newComment(world, role) }), foreign: 'not-found' },
  getMyWork: { prepare: async () => ({}), foreign: 'own-only' },
};
