import type { SnapshotContent } from './content';
import { difference, type Scored } from './difference';
import type { ChangeSince } from './facts';

/** What a month remembers of the one before: why the score moved, and the scores to draw moves from. */
export function sinceOf(previous: SnapshotContent, current: Scored): ChangeSince {
  return {
    month: previous.month,
    method: previous.method.id,
    split: difference(previous, current),
    layers: Object.fromEntries(previous.group.layers.map(({ id, score }) => [id, score])),
    entities: previous.entities.map(({ score }) => ({
      id: score.id,
      proven: score.proven,
      // Only layers that had a number: a move from "not assessed" is none.
      layers: Object.fromEntries(
        score.layers.filter((layer) => layer.state === 'scored').map((layer) => [layer.id, layer.score]),
      ),
    })),
  };
}
