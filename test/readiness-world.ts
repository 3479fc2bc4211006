import { sql } from 'drizzle-orm';
import { inTransaction } from '@/db/client';
import { snapshot } from '@/db/schema/snapshots';
import { catalogue } from '@/db/catalogue';
import { liveScoreboard } from '@/lib/domain/scoreboard/scoreboard';
import type { SnapshotContent } from '@/lib/domain/snapshot/content';
import { freeze } from '@/lib/domain/snapshot/freeze';
import { updateAssessment } from '@/lib/features/assessments/commands';
import { listAssessments } from '@/lib/features/assessments/queries';
import type { AssessmentItem } from '@/lib/features/assessments/schema';
import { createEntity } from '@/lib/features/entities/commands';
import { submitLink } from '@/lib/features/evidence/commands';
import { acceptEvidence } from '@/lib/features/reviews/commands';
import { boardRules, loadBoardMembers, loadStoredScores } from '@/lib/features/scores/queries';
import type { UserActor } from '@/lib/kernel/actor';
import { execute } from '@/lib/kernel/execute';
import { newId } from '@/lib/kernel/ids';
import { actorFor, makeWorld, type World } from './factories';

/** A world whose people act: everything is done by commands, so that scores see it as they would in the product. */
export type ReadinessWorld = World & { compliance: UserActor; ciso: UserActor; board: UserActor };

export async function makeReadinessWorld(): Promise<ReadinessWorld> {
  const world = await makeWorld();
  const [compliance, ciso, board] = await Promise.all(
    (['compliance', 'ciso', 'board'] as const).map((role) => actorFor(world, world.people[role])),
  );
  return { ...world, compliance: compliance!, ciso: ciso!, board: board! };
}

/** A second entity with all 120 assessments. */
export async function addEntity(
  world: ReadinessWorld,
  name: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const input = { name, country: 'DE', sector: 'energy', ...more } as Parameters<
    typeof execute<typeof createEntity.input, unknown>
  >[2];
  return (await execute(createEntity, world.compliance, input)).id;
}

export async function assessmentOf(world: ReadinessWorld, entity: string, control: string): Promise<AssessmentItem> {
  const { items } = await execute(listAssessments, world.compliance, { entity, control });
  const found = items.find((item) => item.unit === null);
  if (!found) throw new Error(`${control} has no assessment in ${entity}.`);
  return found;
}

/** Sets both marks of a control. */
export async function mark(world: ReadinessWorld, entity: string, control: string, both: number): Promise<void> {
  const { id, version } = await assessmentOf(world, entity, control);
  await execute(updateAssessment, world.compliance, { id, version, documentation: both, implementation: both });
}

/** Brings a link as evidence for controls and has the second person accept it. */
export async function prove(
  world: ReadinessWorld,
  entity: string,
  controls: readonly string[],
  { type = 'audit_report', daysAgo = 10, validUntil }: { type?: string; daysAgo?: number; validUntil?: string } = {},
): Promise<string> {
  const assessments = await Promise.all(
    controls.map(async (control) => (await assessmentOf(world, entity, control)).id),
  );
  const { id } = await execute(submitLink, world.compliance, {
    title: `Proof of ${controls.join(', ')}`,
    type,
    collectedOn: daysBefore(daysAgo),
    url: 'https://proof.example.test/1',
    assessments,
    ...(validUntil && { validUntil }),
  });
  await execute(acceptEvidence, world.ciso, { id });
  return id;
}

export function daysBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

/** Freezes the organisation as it stands as a month, past the feature that does so in the product. */
export async function freezeAs(world: World, month: string): Promise<string> {
  return inTransaction({ organisationId: world.organisationId, access: 'write' }, async ({ db, now }) => {
    const rules = boardRules();
    const day = Math.floor(now.getTime() / 86_400_000);
    const board = liveScoreboard(
      {
        stored: await loadStoredScores(db, world.organisationId, { withIds: true }),
        members: await loadBoardMembers(db, world.organisationId),
        now: { day, instant: now.getTime() },
      },
      rules,
    );
    const content = freeze({
      organisation: { id: world.organisationId, name: 'Group', isDemonstration: false },
      month,
      asOf: now.toISOString(),
      zone: 'UTC',
      day,
      method: rules.method,
      catalogue: { version: catalogue().version, controls: [] },
      previous: null,
      restates: null,
      entities: board.entities.map(({ name, country, sector, classification, evaluation }) => ({
        name,
        country,
        sector,
        classification,
        input: evaluation.input,
      })),
      evidence: [],
      // The report's facts play no part in scores.
      facts: {} as SnapshotContent['facts'],
    });
    const id = newId();
    const { proven, claimed, open, level } = content.group;
    await db.insert(snapshot).values({
      orgId: world.organisationId,
      id,
      scope: 'group',
      month: `${month}-01`,
      asOf: now,
      kind: 'on-demand',
      method: 'R1',
      catalogueVersion: catalogue().version,
      proven,
      claimed,
      open,
      level,
      content: JSON.stringify(content),
      digest: '0'.repeat(64),
    });
    return id;
  });
}

/** Hands the auditor's engagement a frozen snapshot, as the freeze job does. */
export async function freezeForAuditor(world: World, snapshotId: string): Promise<void> {
  await inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) =>
    db.execute(
      sql`update engagement set snapshot_id = ${snapshotId} where org_id = ${world.organisationId} and auditor_id = ${world.people.auditor}`,
    ),
  );
}
