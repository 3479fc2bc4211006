import { type LayerChange, layerChanges } from '@/lib/domain/overview/changes';
import { toPoints } from '@/lib/domain/score/points';
import { within } from '@/lib/domain/scoreboard/scoreboard';
import { defineQuery } from '@/lib/kernel/operation';
import { entityOf, namesIn } from '../readiness/queries';
import { viewBefore, viewBoard } from '../scoreboards/queries';
import { type Changes, GetChanges } from './schema';

const EACH_WAY = 3;

export const getChanges = defineQuery({
  name: 'getChanges',
  summary:
    'What moved since the frozen month before: three layers up, three down, each with the control and the cause.',
  permission: 'score:read',
  input: GetChanges,
  http: { method: 'GET', path: '/changes' },
  async run(context, { entity, asOf }): Promise<Changes> {
    const view = await viewBoard(context, asOf);
    const board = within(view.board, context.authority.entityIds);
    if (entity !== undefined) entityOf(board, entity);
    // An auditor reads one frozen month; there is nothing before it for them.
    const earlier = context.authority.role === 'auditor' ? null : await viewBefore(context, view);
    if (!earlier) return { since: null, items: [] };
    const names = namesIn(board);
    const moved = layerChanges(earlier.board, within(board, entity === undefined ? null : [entity]));
    return {
      since: earlier.month,
      items: strongest(moved).map(({ entityId, layerId, controlId, delta, cause }) => ({
        entity: { id: entityId, name: names.part(entityId) },
        layer: { id: layerId, name: names.part(layerId) },
        points: Math.sign(delta) * toPoints(Math.abs(delta)),
        control: { id: controlId, title: names.control(controlId) },
        cause,
      })),
    };
  },
});

function strongest(changes: readonly LayerChange[]): LayerChange[] {
  const up = changes.filter(({ delta }) => delta > 0);
  const down = changes.filter(({ delta }) => delta < 0);
  return [...up.slice(0, EACH_WAY), ...down.slice(0, EACH_WAY)];
}
