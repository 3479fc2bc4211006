import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/client';
import { entityScore } from '@/lib/domain/score/result';
import { liveScoreboard, type Scoreboard } from '@/lib/domain/scoreboard/scoreboard';
import {
  assignAssessments,
  decideExclusion,
  endExclusion,
  proposeExclusion,
  updateAssessment,
} from '@/lib/features/assessments/commands';
import {
  archiveEntity,
  archiveUnit,
  createUnit,
  overrideClassification,
  restoreEntity,
  updateEntity,
  updateUnit,
} from '@/lib/features/entities/commands';
import { linkEvidence, submitForm, submitLink, unlinkEvidence } from '@/lib/features/evidence/commands';
import { acceptEvidence, proposeWithdrawal, withdrawEvidence } from '@/lib/features/reviews/commands';
import { boardRules, loadBoardMembers, loadStoredScores } from '@/lib/features/scores/queries';
import type { UserActor } from '@/lib/kernel/actor';
import { appendEvents } from '@/lib/kernel/event';
import { execute } from '@/lib/kernel/execute';
import type { QueryContext } from '@/lib/kernel/operation';
import { useDatabase } from '@/test/database';
import { actorFor } from '@/test/factories';
import {
  addEntity,
  assessmentOf,
  daysBefore,
  freezeAs,
  freezeForAuditor,
  makeReadinessWorld,
  mark,
  prove,
  type ReadinessWorld,
} from '@/test/readiness-world';
import { viewBefore, viewBoard } from './queries';
import type { BoardView } from './schema';

useDatabase();

let world: ReadinessWorld;
let plant: string;

beforeAll(async () => {
  world = await makeReadinessWorld();
  plant = await addEntity(world, 'Plant North');
});

/** What a query of this actor would see. */
const viewAs = <T>(actor: UserActor, look: (context: QueryContext) => Promise<T>): Promise<T> =>
  inTransaction({ organisationId: actor.organisation.id, access: 'read' }, ({ db, now }) =>
    look({
      db,
      now,
      actor,
      organisationId: actor.organisation.id,
      authority: { reach: 'all', role: actor.held[0]!.role, entityIds: null },
    }),
  );

const look = (): Promise<BoardView> => viewAs(world.board, (context) => viewBoard(context));

/** The board made from the database alone, with no memory of earlier ones. */
const afresh = (): Promise<Scoreboard> =>
  viewAs(world.board, async ({ db, now, organisationId }) =>
    liveScoreboard(
      {
        stored: await loadStoredScores(db, organisationId),
        members: await loadBoardMembers(db, organisationId),
        now: { day: Math.floor(now.getTime() / 86_400_000), instant: now.getTime() },
      },
      boardRules(),
    ),
  );

/** Everything a board says, whatever order its controls and caps stand in. */
const numbersOf = (board: Scoreboard) =>
  board.entities.map(({ evaluation, ...facts }) => {
    const { controls, caps, ...score } = entityScore(evaluation);
    const open = caps.map(({ id }) => id).toSorted();
    return { ...facts, score, open, controls: controls.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
  });

const capsOf = async (entity: string) =>
  (await look()).board.entities.find(({ id }) => id === entity)!.evaluation.input.caps.map(({ id }) => id);

describe('the live board', () => {
  it('follows every kind of change exactly, though it reads only what changed', async () => {
    const ask = async () => {
      const view = await look();
      expect(numbersOf(view.board)).toEqual(numbersOf(await afresh()));
      return view;
    };
    const version = async (control: string) => {
      const { id, version: current } = await assessmentOf(world, plant, control);
      return { id, version: current };
    };
    const entityVersion = async () =>
      (
        await viewAs(world.board, ({ db }) =>
          db.execute<{ version: number }>(sql`select version from entity where id = ${plant}`),
        )
      ).rows[0]!.version;
    let before = await ask();
    const expectMoved = async (work: () => Promise<unknown>) => {
      await work();
      const after = await ask();
      expect(after.key).not.toBe(before.key);
      before = after;
    };

    await expectMoved(async () =>
      execute(updateAssessment, world.compliance, {
        ...(await version('GOV-02')),
        documentation: 4,
        implementation: 3,
      }),
    );
    await expectMoved(() => prove(world, plant, ['GOV-02', 'GOV-04']));
    await expectMoved(() => mark(world, plant, 'GOV-05', 4));
    await expectMoved(() => mark(world, plant, 'GOV-06', 4));
    const target = (await assessmentOf(world, plant, 'GOV-06')).id;
    const { id: proof } = await execute(submitLink, world.compliance, {
      title: 'Older',
      type: 'audit_report',
      collectedOn: daysBefore(400),
      url: 'https://proof.example.test/1',
      assessments: [(await assessmentOf(world, plant, 'GOV-05')).id],
    });
    await execute(linkEvidence, world.compliance, { id: proof, assessments: [target] });
    await expectMoved(() => execute(acceptEvidence, world.ciso, { id: proof }));
    await expectMoved(() => execute(unlinkEvidence, world.compliance, { id: proof, assessment: target }));
    await expectMoved(async () => {
      const { id } = await execute(submitLink, world.compliance, {
        title: 'Newer',
        type: 'audit_report',
        collectedOn: daysBefore(1),
        url: 'https://proof.example.test/2',
        revises: proof,
      });
      await execute(acceptEvidence, world.ciso, { id, strength: 'independent' });
    });
    await expectMoved(async () => {
      const id = await prove(world, plant, ['GOV-02']);
      await execute(proposeWithdrawal, world.compliance, { id, reason: 'It shows another site.' });
      await execute(withdrawEvidence, world.ciso, { id });
    });
    await expectMoved(async () => {
      await execute(proposeExclusion, world.compliance, {
        ...(await version('RSK-19')),
        reason: 'There are no premises of its own to protect.',
      });
      await execute(decideExclusion, world.ciso, { ...(await version('RSK-19')), approve: true });
    });
    await expectMoved(async () => execute(endExclusion, world.compliance, await version('RSK-19')));
    const unit = await execute(createUnit, world.compliance, {
      id: plant,
      kind: 'ai_system',
      name: 'Load forecast',
      criticality: 3,
    });
    await expectMoved(() =>
      execute(updateUnit, world.compliance, { id: unit.id, version: 1, expiresOn: daysBefore(3) }),
    );
    await expectMoved(() => execute(archiveUnit, world.compliance, { id: unit.id, version: 2 }));
    await expectMoved(async () =>
      execute(updateEntity, world.compliance, { id: plant, version: await entityVersion(), facts: { uses_ai: false } }),
    );
    await expectMoved(async () =>
      execute(overrideClassification, world.compliance, {
        id: plant,
        version: await entityVersion(),
        classification: 'essential',
        reason: 'Named critical by the ministry on 3 March.',
      }),
    );
    await expectMoved(async () =>
      execute(archiveEntity, world.compliance, { id: plant, version: await entityVersion() }),
    );
    expect((await look()).board.entities.map(({ id }) => id)).toEqual([world.entityId]);
    await expectMoved(async () =>
      execute(restoreEntity, world.compliance, { id: plant, version: await entityVersion() }),
    );
    await expectMoved(async () => {
      const { id } = await execute(submitForm, world.compliance, {
        title: 'Minutes',
        collectedOn: daysBefore(5),
        assessments: [(await assessmentOf(world, plant, 'GOV-01')).id],
        form: {
          kind: 'board_minutes',
          meetingOn: daysBefore(5),
          item: 'Measures',
          decision: 'approved',
          resolution: 'Approved.',
          inFavour: 3,
          against: 0,
          abstained: 0,
          present: ['A', 'B', 'C'],
        },
      });
      await execute(acceptEvidence, world.ciso, { id });
    });
  });

  it('keeps its key while nothing that moves a score happens', async () => {
    const { id } = await assessmentOf(world, plant, 'GOV-02');
    const before = await look();
    await execute(assignAssessments, world.compliance, { ids: [id], dueOn: daysBefore(-30) });
    const assigned = await look();
    await inTransaction({ organisationId: world.organisationId, access: 'write' }, (tx) =>
      appendEvents(tx, world.compliance, [
        { verb: 'session.started', object: { kind: 'session', id: null } },
        { verb: 'record.read', object: { kind: 'anything', id: null } },
      ]),
    );
    const after = await look();
    expect(after.key).toBe(assigned.key);
    expect(after.board).toBe(assigned.board);
    expect(numbersOf(after.board)).toEqual(numbersOf(before.board));
  });

  it('reads everything anew after an event it does not know', async () => {
    await look();
    await inTransaction({ organisationId: world.organisationId, access: 'write' }, async (tx) => {
      await tx.db.execute(
        sql`update assessment set documentation = 5, implementation = 5 where org_id = ${world.organisationId}`,
      );
      await appendEvents(tx, world.compliance, [{ verb: 'everything.imported', object: { kind: 'import', id: null } }]);
    });
    expect(numbersOf((await look()).board)).toEqual(numbersOf(await afresh()));
  });

  it('is the same for requests that come together after a change', async () => {
    await mark(world, plant, 'GOV-02', 1);
    const views = await Promise.all(Array.from({ length: 6 }, look));
    const fresh = numbersOf(await afresh());
    for (const view of views) expect(numbersOf(view.board)).toEqual(fresh);
  });

  it('knows nothing of another organisation', async () => {
    const other = await makeReadinessWorld();
    const before = await look();
    await mark(other, other.entityId, 'GOV-02', 5);
    const theirs = await viewAs(other.board, (context) => viewBoard(context));
    expect(theirs.board.entities.map(({ id }) => id)).toEqual([other.entityId]);
    expect((await look()).key).toBe(before.key);
  });
});

describe('hard caps from what is recorded', () => {
  it('open without approval, training and registration, and close one by one as each is proven', async () => {
    const site = await addEntity(world, 'Site South', { entityType: null });
    await inTransaction({ organisationId: world.organisationId, access: 'write' }, ({ db }) =>
      db.execute(sql`update person set appointed_on = current_date - 400 where id = ${world.people.board}`),
    );
    await execute(overrideClassification, world.compliance, {
      id: site,
      version: 1,
      classification: 'important',
      reason: 'Named important by the ministry on 3 March.',
    });
    expect(await capsOf(site)).toEqual(['cap-board-approval', 'cap-board-training', 'cap-registration']);
    await prove(world, site, ['GOV-01'], { type: 'board_minutes', daysAgo: 30 });
    expect(await capsOf(site)).toEqual(['cap-board-training', 'cap-registration']);
    await prove(world, site, ['GOV-13'], { type: 'registration_confirmation', daysAgo: 30 });
    expect(await capsOf(site)).toEqual(['cap-board-training']);
    const { id } = await execute(submitForm, world.compliance, {
      title: 'Training of the board',
      collectedOn: daysBefore(20),
      assessments: [(await assessmentOf(world, site, 'CUL-01')).id],
      form: {
        kind: 'training_record',
        module: 'Oversight',
        heldOn: daysBefore(20),
        provider: 'Academy',
        hours: 4,
        participants: [{ personId: world.people.board, passed: true }],
      },
    });
    await execute(acceptEvidence, world.ciso, { id });
    expect(await capsOf(site)).toEqual([]);
  });

  it('open for a prohibited system, an expired critical one and an old gap nobody owns', async () => {
    const lab = await addEntity(world, 'Laboratory', { facts: { uses_ai: true } });
    await prove(world, lab, ['GOV-01'], { type: 'board_minutes', daysAgo: 30 });
    expect(await capsOf(lab)).toEqual([]);
    await execute(createUnit, world.compliance, {
      id: lab,
      kind: 'ai_system',
      name: 'Scoring',
      aiActClass: 'prohibited',
    });
    await execute(createUnit, world.compliance, {
      id: lab,
      kind: 'ai_system',
      name: 'Triage',
      criticality: 3,
      expiresOn: daysBefore(1),
    });
    await mark(world, lab, 'RSK-01', 1);
    await inTransaction({ organisationId: world.organisationId, access: 'write' }, async (tx) => {
      await tx.db.execute(
        sql`update assessment set assessed_at = now() - interval '40 days' where entity_id = ${lab} and control_id = 'RSK-01'`,
      );
      await appendEvents(tx, world.compliance, [
        { verb: 'assessment.changed', object: { kind: 'assessment', id: null, entityId: lab } },
      ]);
    });
    expect(await capsOf(lab)).toEqual(['cap-known-gap', 'cap-prohibited-ai', 'cap-expired-model']);
    const { id } = await assessmentOf(world, lab, 'RSK-01');
    await execute(assignAssessments, world.compliance, {
      ids: [id],
      ownerId: world.people.owner,
      dueOn: daysBefore(-60),
    });
    expect(await capsOf(lab)).toEqual(['cap-prohibited-ai', 'cap-expired-model']);
  });
});

describe('frozen boards', () => {
  it('show the month as it was, and the one before a view', async () => {
    const frozen = numbersOf((await look()).board);
    await freezeAs(world, '2026-01');
    await mark(world, plant, 'GOV-04', 2);
    const view = await viewAs(world.board, (context) => viewBoard(context, '2026-01'));
    expect(view).toMatchObject({ asOf: '2026-01', month: '2026-01' });
    expect(numbersOf(view.board)).toEqual(frozen);
    const before = await viewAs(world.board, async (context) => viewBefore(context, await viewBoard(context)));
    expect(before?.month).toBe('2026-01');
    expect(await viewAs(world.board, (context) => viewBefore(context, view))).toBeNull();
  });

  it('take the restated month for the one it restates', async () => {
    await freezeAs(world, '2026-02');
    await mark(world, plant, 'GOV-08', 5);
    await freezeAs(world, '2026-02');
    const view = await viewAs(world.board, (context) => viewBoard(context, '2026-02'));
    expect(numbersOf(view.board)).toEqual(numbersOf(await afresh()));
  });

  it('are all an auditor sees: their own, or nothing', async () => {
    const auditor = () => actorFor(world, world.people.auditor);
    await expect(viewAs(await auditor(), (context) => viewBoard(context))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await freezeForAuditor(world, await freezeAs(world, '2026-03'));
    await mark(world, plant, 'GOV-09', 1);
    const view = await viewAs(await auditor(), (context) => viewBoard(context));
    expect(view.month).toBe('2026-03');
    expect(numbersOf(view.board)).not.toEqual(numbersOf(await afresh()));
  });

  it('do not exist for months without a snapshot', async () => {
    await expect(viewAs(world.board, (context) => viewBoard(context, '2020-01'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
