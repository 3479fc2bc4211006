import { bandOf } from '../score/level';
import { trendOf as markedMove } from '../score/heatmap';
import type { LayerScore } from '../score/result';
import type { FrozenEntity } from '../snapshot/content';
import type { ChangeSince } from '../snapshot/facts';
import type { ReportContext } from './report-context';
import type { HeatmapCell, HeatmapRow } from './model';

type EntityBefore = ChangeSince['entities'][number];

/** One row for each entity, weakest first: the reader starts where help is needed. */
export function heatmapRows(context: ReportContext): HeatmapRow[] {
  const before = new Map(context.content.facts.since?.entities.map((entity) => [entity.id, entity]));
  return context.content.entities
    .toSorted((a, b) => a.score.proven - b.score.proven || (a.name < b.name ? -1 : 1))
    .map((entity) => rowOf(entity, before.get(entity.input.id), context));
}

function rowOf(entity: FrozenEntity, before: EntityBefore | undefined, { content, texts }: ReportContext): HeatmapRow {
  const { score } = entity;
  const methodBefore = content.facts.since?.method ?? score.method;
  const move = (proven: number, was: number | undefined): number | null =>
    markedMove({ proven, method: score.method }, was === undefined ? null : { proven: was, method: methodBefore });
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
    cells: score.layers.map((layer): HeatmapCell => ({
      layer: layer.id,
      state: layer.state,
      provenBp: layer.score,
      claimedBp: layer.claimed,
      band: bandOf(layer.score, content.method),
      isStale: layer.stale,
      isCapped: layer.cappedByKey,
      deltaBp: layer.state === 'scored' ? move(layer.score, before?.layers[layer.id]) : null,
    })),
  };
}

function stateOf(layers: readonly LayerScore[]): HeatmapCell['state'] {
  if (layers.some((layer) => layer.state === 'scored')) return 'scored';
  return layers.some((layer) => layer.state === 'not-assessed') ? 'not-assessed' : 'not-applicable';
}
