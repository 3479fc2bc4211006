import { weakestKeyOf, type EntityEvaluation } from './entity';
import { levelOf } from './level';
import type { MethodR1 } from './method';
import { toBasisPoints, weightedMean, WHOLE } from './units';
import { verdictOf, type Verdict } from './verdict';

/** One layer over all entities of a group, units. */
export interface GroupLayer {
  readonly id: string;
  readonly proven: Verdict;
  readonly claimed: Verdict;
  readonly open: Verdict;
  readonly maturity: number;
}

/** A group of entities on one day, units. */
export interface GroupEvaluation {
  readonly entities: readonly EntityEvaluation[];
  readonly method: MethodR1;
  readonly layers: readonly GroupLayer[];
  readonly proven: Verdict;
  readonly claimed: Verdict;
  readonly open: Verdict;
  readonly level: number;
  readonly coverage: number;
  readonly support: number;
  readonly independent: number;
}

/** The readiness of a group, basis points. */
export interface GroupScore {
  readonly proven: number;
  readonly claimed: number;
  readonly open: number;
  readonly level: number;
  readonly mean: number;
  readonly weakestEntityId: string | null;
  readonly coverage: number;
  readonly evidenceCoverage: number;
  readonly independentShare: number;
  readonly layers: readonly {
    readonly id: string;
    readonly score: number;
    readonly base: number;
    /** The weakest entity's score in this layer. */
    readonly floor: number | null;
    readonly claimed: number;
    readonly open: number;
    readonly maturityHundredths: number;
  }[];
}

type Kind = 'proven' | 'claimed' | 'open';

/**
 * Scores entities as one group: weighted by their criticality, never more than 0.20 above the weakest of them, in
 * each layer and over all (domain.md §4). Entities without any control that counts are left out. Caps have already
 * lowered the entity they stand against.
 */
export function evaluateGroup(entities: readonly EntityEvaluation[], method: MethodR1): GroupEvaluation {
  const counted = entities.filter((entity) => entity.proven.weakestId !== null);
  const layers = method.layers.map((layer, index) => groupLayer(layer.id, index, counted, method));
  const verdict = (kind: Kind) =>
    verdictOf(
      counted.map((entity) => ({ id: entity.input.id, weight: entity.input.criticality, value: entity[kind].value })),
      method,
    );
  const mean = (pick: (entity: EntityEvaluation) => number) =>
    weightedMean(counted, (entity) => entity.input.criticality, pick);
  const group = {
    entities,
    method,
    layers,
    proven: verdict('proven'),
    claimed: verdict('claimed'),
    open: verdict('open'),
    coverage: mean((entity) => entity.coverage),
    support: mean((entity) => entity.support),
    independent: mean((entity) => entity.independent),
  };
  const standing = layers.filter((layer) => layer.proven.weakestId !== null);
  const facts = {
    readiness: group.proven.value,
    weakestLayer: standing.length === 0 ? 0 : Math.min(...standing.map((layer) => layer.proven.value)),
    weakestKey: Math.min(WHOLE, ...counted.map((entity) => weakestKeyOf(entity.layers))),
    coverage: group.coverage,
    independentShare: group.independent,
    hasOpenCap: counted.some((entity) => entity.lowestCap !== null),
  };
  return { ...group, level: levelOf(facts, method) };
}

/** Rounds a group's evaluation down to basis points. */
export function groupScore(group: GroupEvaluation): GroupScore {
  return {
    proven: toBasisPoints(group.proven.value),
    claimed: toBasisPoints(group.claimed.value),
    open: toBasisPoints(group.open.value),
    level: group.level,
    mean: toBasisPoints(group.proven.mean),
    weakestEntityId: group.proven.weakestId,
    coverage: toBasisPoints(group.coverage),
    evidenceCoverage: toBasisPoints(group.support),
    independentShare: toBasisPoints(group.independent),
    layers: group.layers.map((layer) => ({
      id: layer.id,
      score: toBasisPoints(layer.proven.value),
      base: toBasisPoints(layer.proven.mean),
      floor: layer.proven.weakestId === null ? null : toBasisPoints(layer.proven.weakest),
      claimed: toBasisPoints(layer.claimed.value),
      open: toBasisPoints(layer.open.value),
      maturityHundredths: Math.floor((layer.maturity * 500) / WHOLE),
    })),
  };
}

function groupLayer(id: string, index: number, entities: readonly EntityEvaluation[], method: MethodR1): GroupLayer {
  const parts = entities.flatMap((entity) => {
    const layer = entity.layers[index];
    return layer && layer.state !== 'not-applicable' ? [{ entity, layer }] : [];
  });
  const verdict = (kind: Kind) =>
    verdictOf(
      parts.map(({ entity, layer }) => ({
        id: entity.input.id,
        weight: entity.input.criticality,
        value: layer[kind].value,
      })),
      method,
    );
  return {
    id,
    proven: verdict('proven'),
    claimed: verdict('claimed'),
    open: verdict('open'),
    maturity: weightedMean(
      parts,
      (part) => part.entity.input.criticality,
      (part) => part.layer.maturity,
    ),
  };
}
