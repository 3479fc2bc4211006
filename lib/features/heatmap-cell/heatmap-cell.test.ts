import { beforeAll, describe, expect, it } from 'vitest';
import { assignAssessments } from '@/lib/features/assessments/commands';
import { execute } from '@/lib/kernel/execute';
import { useDatabase } from '@/test/database';
import {
  addEntity,
  assessmentOf,
  daysBefore,
  freezeAs,
  makeReadinessWorld,
  mark,
  prove,
  type ReadinessWorld,
} from '@/test/readiness-world';
import { getHeatmap } from '../heatmap/queries';
import { getHeatmapCell } from './queries';
import type { HeatmapCellDetail } from './schema';

useDatabase();

let world: ReadinessWorld;
let north: string;
let minutes: string;

beforeAll(async () => {
  world = await makeReadinessWorld();
  north = await addEntity(world, 'North');
  await addEntity(world, 'South', { sector: 'health' });
  for (const control of ['GOV-01', 'GOV-02', 'GOV-12']) await mark(world, north, control, 3);
  minutes = await prove(world, north, ['GOV-01'], { type: 'board_minutes', daysAgo: 400 });
  await prove(world, north, ['GOV-01'], { type: 'delegation_letter', daysAgo: 700 });
  const { id } = await assessmentOf(world, north, 'GOV-01');
  await execute(assignAssessments, world.compliance, {
    ids: [id],
    ownerId: world.people.owner,
    dueOn: daysBefore(-10),
  });
});

type Question = Parameters<typeof execute<typeof getHeatmapCell.input, unknown>>[2];
const ask = (input: Partial<Question> = {}): Promise<HeatmapCellDetail> =>
  execute(getHeatmapCell, world.board, { row: 'L1', column: north, ...input });

const evidenceOf = (cell: HeatmapCellDetail) =>
  cell.controls.find(({ id }) => id === 'GOV-01')?.allEvidence.map(({ id }) => id);

const lacking = (cell: HeatmapCellDetail) => cell.explanation.reduce((sum, line) => sum + line.basisPoints, 0) / 100;

describe('a cell of the heatmap', () => {
  it('shows the number of the heatmap and explains what is missing from 100', async () => {
    const { value } = await execute(getHeatmap, world.board, { by: 'layer' });
    for (const { row, column, proven, state } of [...value.cells, ...value.totals].filter(
      (cell) => cell.column === north || cell.column === '*',
    )) {
      const cell = await ask({ row, column });
      expect(cell).toMatchObject({ state, proven });
      expect(Math.abs(100 + lacking(cell) - (proven ?? 0))).toBeLessThan(0.11);
    }
  });

  it('lists its controls by what they cost, with owner, due date and evidence', async () => {
    const { controls } = await ask();
    expect(controls).toHaveLength(16);
    const costs = controls.map(({ cost }) => cost);
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    const approval = controls.find(({ id }) => id === 'GOV-01')!;
    expect(approval).toMatchObject({
      title: 'Management body approves cyber and AI risk measures',
      isKey: true,
      state: 'scored',
      owner: 'Person owner',
      dueOn: daysBefore(-10),
      stale: true,
    });
    expect(approval.allEvidence.map(({ type }) => type)).toEqual(['board_minutes', 'delegation_letter']);
    expect(approval.evidence).toMatchObject({
      id: minutes,
      validityDays: 365,
      freshness: 'ageing',
      daysLeft: -35,
      collectedOn: daysBefore(400),
      href: `/evidence/${minutes}`,
    });
    expect(controls.find(({ id }) => id === 'GOV-05')).toMatchObject({
      state: 'not-assessed',
      proven: null,
      evidence: null,
    });
  });

  it('names the best step inside the cell', async () => {
    const { nextStep, controls } = await ask();
    expect(controls.map(({ id }) => id)).toContain(nextStep?.id);
    expect((await ask({ row: 'L2' })).nextStep?.id).toMatch(/^RSK-/);
  });

  it('explains duties, sectors and totals in the same way', async () => {
    const duty = await ask({ by: 'obligation', row: 'nis2.21.2.a' });
    expect(duty.row.name).toBe('(a) Risk analysis and security policies');
    expect(duty.controls).toHaveLength(17);
    const sector = await ask({ by: 'sector', row: 'energy' });
    expect(sector).toMatchObject({ state: 'scored', proven: (await ask({ row: '*' })).proven });
    expect(await ask({ by: 'sector', row: 'health' })).toMatchObject({
      state: 'not-applicable',
      controls: [],
      explanation: [],
    });
    const group = await ask({ row: '*', column: '*' });
    expect(group.controls).toEqual([]);
    expect(group.explanation.filter(({ kind }) => kind === 'entity').map(({ name }) => name)).toContain('North');
    expect(group.nextStep).not.toBeNull();
  });

  it('shows in a frozen month the evidence that month froze', async () => {
    await freezeAs(world, '2026-01');
    const newer = await prove(world, north, ['GOV-01'], { type: 'board_minutes', daysAgo: 1 });
    expect(evidenceOf(await ask())).toContain(newer);
    expect(evidenceOf(await ask({ asOf: '2026-01' }))).not.toContain(newer);
    expect(evidenceOf(await ask({ asOf: '2026-01' }))).toContain(minutes);
  });

  it('does not exist for rows, entities and organisations that are not there', async () => {
    const other = await makeReadinessWorld();
    await expect(ask({ row: 'L8' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ask({ column: other.entityId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(execute(getHeatmapCell, other.board, { row: 'L1', column: north })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
