import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { proposeExclusion, decideExclusion } from '@/lib/features/assessments/commands';
import { updateEntity } from '@/lib/features/entities/commands';
import type { FileAnswer } from '@/lib/kernel/answer';
import { execute } from '@/lib/kernel/execute';
import { useDatabase } from '@/test/database';
import { actorFor } from '@/test/factories';
import {
  addEntity,
  assessmentOf,
  freezeAs,
  freezeForAuditor,
  makeReadinessWorld,
  mark,
  prove,
  type ReadinessWorld,
} from '@/test/readiness-world';
import { getReadiness } from '../readiness/queries';
import { exportHeatmap, getHeatmap } from './queries';
import type { HeatmapAnswer } from './schema';

useDatabase();

let world: ReadinessWorld;
let north: string;
let south: string;

beforeAll(async () => {
  world = await makeReadinessWorld();
  north = await addEntity(world, '=HYPERLINK("https://evil.example.test")', { sector: 'energy' });
  south = await addEntity(world, 'South', { sector: 'health', facts: { uses_suppliers: false } });
  for (const control of ['GOV-01', 'GOV-02', 'SUP-02']) await mark(world, north, control, 3);
  await prove(world, north, ['GOV-01'], { type: 'board_minutes', daysAgo: 500 });
});

type Question = Parameters<typeof execute<typeof getHeatmap.input, unknown>>[2];
const ask = async (input: Question = {}, actor = world.board): Promise<HeatmapAnswer> =>
  (await execute(getHeatmap, actor, input)).value;

const at = (answer: HeatmapAnswer, row: string, column: string) =>
  [...answer.cells, ...answer.totals].find((cell) => cell.row === row && cell.column === column);

describe('the heatmap by layer', () => {
  it('has a cell for every layer and entity, and totals by the rules of the score', async () => {
    const answer = await ask();
    expect(answer).toMatchObject({ by: 'layer', method: 'R1', comparedWith: null });
    expect(answer.rows.map(({ id }) => id)).toEqual(['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7']);
    expect(answer.cells).toHaveLength(7 * answer.columns.length);
    for (const entity of [north, south]) {
      const { value } = await execute(getReadiness, world.board, { entity });
      expect(at(answer, '*', entity)?.proven ?? 0).toBe(value.proven);
      for (const layer of value.layers) {
        const cell = at(answer, layer.id, entity);
        expect(cell?.state).toBe(layer.state);
        expect([cell?.proven ?? null, cell?.claimed ?? null]).toEqual(
          layer.state === 'scored' ? [layer.score, layer.claimed] : [null, null],
        );
      }
    }
    const { value: group } = await execute(getReadiness, world.board, {});
    expect(at(answer, '*', '*')?.proven).toBe(group.proven);
    expect(at(answer, 'L1', '*')?.proven).toBe(group.layers[0]?.score);
  });

  it('tells "not assessed" and "not applicable" from 0', async () => {
    const answer = await ask();
    expect(at(answer, 'L7', north)).toMatchObject({ state: 'not-assessed', proven: null, level: null });
    expect(at(answer, 'L6', south)?.state).toBe('not-assessed');
    // Of the supply chain only what is no key control can be set to not applicable: the rest is decided by facts.
    await execute(updateEntity, world.compliance, {
      id: south,
      version: 1,
      facts: { uses_suppliers: false, uses_ai: false, uses_agents: false, uses_external_ai: false },
    });
    for (const control of ['SUP-01', 'SUP-13', 'SUP-11', 'SUP-02']) {
      const { id, version } = await assessmentOf(world, south, control);
      await execute(proposeExclusion, world.compliance, {
        id,
        version,
        reason: 'Nothing is bought from outside here.',
      });
      await execute(decideExclusion, world.ciso, { id, version: version + 1, approve: true });
    }
    expect(at(await ask(), 'L6', south)).toMatchObject({ state: 'not-applicable', proven: null });
  });

  it('marks cells that a key control holds down and cells that stand on old evidence', async () => {
    const cell = at(await ask(), 'L1', north);
    expect(cell).toMatchObject({ state: 'scored', capped: false, stale: true });
    expect(cell!.proven!).toBeLessThan(cell!.claimed!);
  });
});

describe('the heatmap by duty and by sector', () => {
  it('has the ten letters of Article 21(2) as rows', async () => {
    const answer = await ask({ by: 'obligation' });
    expect(answer.rows.map(({ id }) => id)).toEqual(Array.from('abcdefghij', (letter) => `nis2.21.2.${letter}`));
    expect(answer.rows[3]?.name).toBe('(d) Supply chain security');
    expect(at(answer, 'nis2.21.2.d', north)?.state).toBe('scored');
  });

  it('puts an entity into its own sector only, and groups the sector by the rules of the group score', async () => {
    const answer = await ask({ by: 'sector' });
    expect(answer.rows.map(({ id }) => id)).toEqual(['energy', 'health', 'none']);
    expect(at(answer, 'energy', north)?.state).toBe('scored');
    expect(at(answer, 'health', north)?.state).toBe('not-applicable');
    expect(at(answer, 'energy', '*')?.proven).toBe(at(answer, 'energy', north)?.proven);
    expect(at(answer, 'none', world.entityId)?.state).toBe('not-assessed');
  });

  it('shows only the entities asked for, and none of another organisation', async () => {
    const answer = await ask({ entity: [north] });
    expect(answer.columns.map(({ id }) => id)).toEqual([north]);
    expect(at(answer, '*', '*')?.proven).toBe(at(answer, '*', north)?.proven);
    const other = await makeReadinessWorld();
    await expect(ask({ entity: [north, other.entityId] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ask({ entity: north }, other.board)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the heatmap over time', () => {
  it('shows the change since the month before, or since the month asked for, from two points on', async () => {
    await freezeAs(world, '2025-01');
    await mark(world, north, 'GOV-03', 1);
    await freezeAs(world, '2025-06');
    await mark(world, north, 'GOV-12', 5);
    await prove(world, north, ['GOV-12', 'GOV-02', 'GOV-03']);
    const live = await ask();
    expect(live.comparedWith).toBe('2025-06');
    const cell = at(live, 'L1', north)!;
    const before = at(await ask({ asOf: '2025-06' }), 'L1', north)!;
    expect(cell.delta).toBeCloseTo(cell.proven! - before.proven!, 0);
    expect(Math.abs(cell.delta!)).toBeGreaterThanOrEqual(2);
    expect(at(live, 'L7', north)?.delta).toBeNull();
    expect((await ask({ compare: '2025-01' })).comparedWith).toBe('2025-01');
    expect(await ask({ asOf: '2025-06' })).toMatchObject({ asOf: '2025-06', comparedWith: '2025-01' });
    await expect(ask({ compare: '2019-01' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is frozen for an auditor, without a look at other months', async () => {
    await freezeForAuditor(world, await freezeAs(world, '2025-07'));
    await mark(world, north, 'GOV-02', 0);
    const auditor = await actorFor(world, world.people.auditor);
    expect(await ask({ compare: '2025-01' }, auditor)).toMatchObject({ asOf: '2025-07', comparedWith: null });
  });
});

const textOf = (answer: FileAnswer) => new TextDecoder().decode(answer.body as Uint8Array);

describe('the heatmap as CSV', () => {
  it('has one record for each cell and total, and never a formula', async () => {
    const file = await execute(exportHeatmap, world.board, { by: 'layer' });
    expect(file.file).toMatchObject({
      mediaType: expect.stringContaining('text/csv'),
      name: expect.stringMatching(/^heatmap-layer-.*\.csv$/),
    });
    const records = parse(textOf(file), { columns: true, bom: true }) as Record<string, string>[];
    const answer = await ask();
    expect(records).toHaveLength(answer.cells.length + answer.totals.length);
    const record = records.find((one) => one.row === 'L1' && one.entity === north)!;
    expect(record.entity_name).toBe(`'=HYPERLINK("https://evil.example.test")`);
    expect(Number(record.proven)).toBe(at(answer, 'L1', north)?.proven);
    expect(
      Object.values(records)
        .flatMap(Object.values)
        .filter((value) => /^[=@+]/.test(String(value))),
    ).toEqual([]);
  });
});
