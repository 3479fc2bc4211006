import { bandOf } from '../score/level';
import { trendOf as markedMove } from '../score/heatmap';
import type { EntityScore, LayerScore } from '../score/result';
import type { FrozenEntity } from '../snapshot/content';
import type { ReportContext } from './build-report';
import type { HeatmapCell, HeatmapRow } from './model';

/** One row for each entity, weakest first: the reader starts where help is needed. */
export function heatmapRows(context: ReportContext): HeatmapRow[] {
  const before = new Map(context.previous?.entities.map((entity) => [entity.input.id, entity.score]));
  return context.content.entities
    .toSorted((a, b) => a.score.proven - b.score.proven || (a.name < b.name ? -1 : 1))
    .map((entity) => rowOf(entity, before.get(entity.input.id), context));
}

function rowOf(entity: FrozenEntity, before: EntityScore | undefined, { content, texts }: ReportContext): HeatmapRow {
  const { score } = entity;
  const layersBefore = new Map(before?.layers.map((layer) => [layer.id, layer]));
  const move = (proven: number, was: number | undefined): number | null =>
    markedMove(
      { proven, method: score.method },
      before && was !== undefined ? { proven: was, method: before.method } : null,
    );
  return {
    entity: score.id,
    name: entity.name,
    country: entity.country,
    classification: texts.classification[entity.classification] ?? entity.classification,
    whole: {
      layer: null,
      state: stateOf(score.layers),
      provenBp: score.proven,
      claimedBp: score.claimed,
      band: bandOf(score.proven, content.method),
      isStale: score.layers.some((layer) => layer.stale),
      isCapped: score.caps.some((cap) => cap.cap <= score.proven),
      deltaBp: move(score.proven, before?.proven),
    },
    cells: score.layers.map((layer): HeatmapCell => {
      const was = layersBefore.get(layer.id);
      return {
        layer: layer.id,
        state: layer.state,
        provenBp: layer.score,
        claimedBp: layer.claimed,
        band: bandOf(layer.score, content.method),
        isStale: layer.stale,
        isCapped: layer.cappedByKey,
        deltaBp: layer.state === 'scored' && was?.state === 'scored' ? move(layer.score, was.score) : null,
      };
    }),
  };
}

function stateOf(layers: readonly LayerScore[]): HeatmapCell['state'] {
  if (layers.some((layer) => layer.state === 'scored')) return 'scored';
  return layers.some((layer) => layer.state === 'not-assessed') ? 'not-assessed' : 'not-applicable';
}
