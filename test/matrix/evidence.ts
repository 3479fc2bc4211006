import { inTransaction } from '@/db/client';
import { evidence, evidenceLink, evidenceSlot } from '@/db/schema/evidence';
import { evidenceIntake } from '@/lib/features/evidence/intake';
import type { PersonRole, Role } from '@/lib/domain/policy/roles';
import { newId } from '@/lib/kernel/ids';
import type { Actor } from '@/lib/kernel/actor';
import type { World } from '@/test/factories';
import { newAssessment } from './assessments';
import type { MatrixCases } from './case';

/** Somebody who is not the person of `role`. */
export const otherThan = (world: World, role: Role) =>
  role === 'compliance' ? world.people.ciso : world.people.compliance;
export const personOf = (world: World, role: Role) => world.people[role as PersonRole] ?? world.people.compliance;

/** Evidence that proves one AI control in the world's entity. */
export async function newEvidence(
  world: World,
  role: Role,
  values: Partial<typeof evidence.$inferInsert> = {},
): Promise<string> {
  const id = newId();
  const assessmentId = await newAssessment(world, role);
  await inTransaction({ organisationId: world.organisationId, access: 'write' }, async ({ db }) => {
    await db.insert(evidence).values({
      orgId: world.organisationId,
      id,
      title: 'Inventory export',
      type: 'ai_inventory',
      kind: 'link',
      url: 'https://example.test/inventory',
      strength: 'system',
      collectedOn: '2026-01-15',
      uploadedBy: otherThan(world, role),
      ...values,
    });
    await db.insert(evidenceLink).values({ orgId: world.organisationId, evidenceId: id, assessmentId });
  });
  return id;
}

async function newFile(world: World, role: Role): Promise<string> {
  async function* bytes() {
    yield Buffer.from('entity;system\nWorks;Forecast\n');
  }
  const actor = { organisation: { id: world.organisationId } } as Actor;
  const file = await evidenceIntake.receive(bytes(), 'inventory.csv', actor);
  const { storageKey, fileName, mediaType, size: sizeBytes, sha256 } = file;
  return newEvidence(world, role, { kind: 'file', url: null, storageKey, fileName, mediaType, sizeBytes, sha256 });
}

async function newSlot(world: World, role: Role): Promise<string> {
  const id = newId();
  const assessmentId = await newAssessment(world, role);
  await inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) =>
    db.insert(evidenceSlot).values({
      orgId: world.organisationId,
      id,
      assessmentId,
      type: 'ai_inventory',
      ownerId: personOf(world, role),
      dueOn: '2030-01-31',
      requestedBy: personOf(world, role),
    }),
  );
  return id;
}

const proposed = (world: World, role: Role) => ({
  withdrawalReason: 'It shows another site.',
  withdrawalProposedBy: otherThan(world, role),
  withdrawalProposedAt: new Date(),
});

const describedBy = async (world: World, role: Role) => ({
  title: 'Inventory export',
  type: role === 'scanner' ? 'ci_scan_result' : 'ai_inventory',
  collectedOn: '2026-01-15',
  assessments: [await newAssessment(world, role)],
});

export const evidenceCases: MatrixCases = {
  listEvidence: { prepare: async () => ({}), foreign: 'own-only' },
  getEvidence: { prepare: async (world, role) => ({ id: await newEvidence(world, role) }), foreign: 'not-found' },
  getEvidenceContent: { prepare: async (world, role) => ({ id: await newFile(world, role) }), foreign: 'not-found' },
  submitFile: {
    prepare: describedBy,
    foreign: 'not-found',
    request(url, headers, input) {
      const body = new FormData();
      for (const [key, value] of Object.entries(input))
        for (const each of [value].flat()) body.append(key, String(each));
      body.append('file', new Blob(['entity;system\n']), 'inventory.csv');
      return new Request(url, { method: 'POST', headers, body });
    },
  },
  submitLink: {
    prepare: async (world, role) => ({ ...(await describedBy(world, role)), url: 'https://example.test/x' }),
    foreign: 'not-found',
  },
  submitForm: {
    prepare: async (world, role) => ({
      title: 'Minutes of January',
      collectedOn: '2026-01-15',
      assessments: [await newAssessment(world, role)],
      form: {
        kind: 'board_minutes',
        meetingOn: '2026-01-15',
        item: 'Measures',
        decision: 'approved',
        resolution: 'The measures are approved.',
        inFavour: 3,
        against: 0,
        abstained: 0,
        present: ['A', 'B', 'C'],
      },
    }),
    foreign: 'not-found',
  },
  updateEvidence: {
    prepare: async (world, role) => ({
      id: await newEvidence(world, role, { uploadedBy: personOf(world, role) }),
      version: 1,
      title: 'Better',
    }),
    foreign: 'not-found',
  },
  linkEvidence: {
    prepare: async (world, role) => ({
      id: await newEvidence(world, role),
      assessments: [await newAssessment(world, role)],
    }),
    foreign: 'not-found',
  },
  unlinkEvidence: {
    async prepare(world, role) {
      const assessment = await newAssessment(world, role);
      const id = await newEvidence(world, role);
      await inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) =>
        db.insert(evidenceLink).values({ orgId: world.organisationId, evidenceId: id, assessmentId: assessment }),
      );
      return { id, assessment };
    },
    foreign: 'not-found',
  },
  listReviews: { prepare: async () => ({}), foreign: 'own-only' },
  acceptEvidence: { prepare: async (world, role) => ({ id: await newEvidence(world, role) }), foreign: 'not-found' },
  rejectEvidence: {
    prepare: async (world, role) => ({ id: await newEvidence(world, role), comment: 'The date is missing.' }),
    foreign: 'not-found',
  },
  proposeWithdrawal: {
    prepare: async (world, role) => ({ id: await newEvidence(world, role), reason: 'It shows another site.' }),
    foreign: 'not-found',
  },
  withdrawEvidence: {
    prepare: async (world, role) => ({ id: await newEvidence(world, role, proposed(world, role)) }),
    foreign: 'not-found',
  },
  keepEvidence: {
    prepare: async (world, role) => ({ id: await newEvidence(world, role, proposed(world, role)) }),
    foreign: 'not-found',
  },
  listRequests: { prepare: async () => ({}), foreign: 'own-only' },
  requestEvidence: {
    prepare: async (world, role) => ({
      assessments: [await newAssessment(world, role)],
      type: 'ai_inventory',
      ownerId: world.people.owner,
      dueOn: '2030-01-31',
    }),
    foreign: 'not-found',
  },
  cancelRequest: { prepare: async (world, role) => ({ id: await newSlot(world, role) }), foreign: 'not-found' },
};
