import { apportion, type ExactLine } from './apportion';
import type { CellEvaluation } from './cell';
import type { ControlEvaluation } from './control';
import type { EntityEvaluation, LayerEvaluation } from './entity';
import type { GroupEvaluation } from './group';
import type { FigurePart } from './heatmap';
import type { MethodR1 } from './method';
import { toBasisPoints, toUnits, UNITS_PER_BASIS_POINT, WHOLE } from './units';
import { verdictOf, type Verdict } from './verdict';

/** What a line of an explanation stands for; the interface words it. */
export interface ExplanationSubject {
  readonly kind: 'control' | 'entity' | 'control-gap' | 'key-loss' | 'weakest-loss' | 'cap-loss';
  /** Control for control, control-gap and key-loss; layer or entity for weakest-loss; cap for cap-loss. */
  readonly id: string;
  /** Layer of a control or of a key-control loss. */
  readonly layerId?: string;
}

/** One line: positive for what carries, negative for what is lost. Whole basis points. */
export interface ExplanationLine extends ExplanationSubject {
  readonly basisPoints: number;
}

type Exact = ExactLine<ExplanationSubject>;

/**
 * Where an entity's readiness comes from: what each control contributes, then the loss by weak key controls, by the
 * weakest layer and by a hard cap. The lines add up to the proven score exactly.
 */
export function explainEntity(evaluation: EntityEvaluation): ExplanationLine[] {
  const counted = evaluation.layers.filter((layer) => layer.state !== 'not-applicable');
  const totalWeight = counted.reduce((sum, layer) => sum + layer.weight, 0);
  const lines = [
    ...counted.flatMap((layer) => contributions(layer, layer.weight / totalWeight)),
    ...counted.flatMap((layer) => keyLoss(layer, layer.weight / totalWeight)),
    ...weakestLoss(evaluation.proven),
    ...capLoss(evaluation),
  ];
  return apportion(lines, toBasisPoints(evaluation.proven.value));
}

/** Where a group's readiness comes from: each entity's share, then the loss by the weakest entity. Sums exactly. */
export function explainGroup(group: GroupEvaluation): ExplanationLine[] {
  const counted = group.entities.filter((entity) => entity.proven.weakestId !== null);
  const totalWeight = counted.reduce((sum, entity) => sum + entity.input.criticality, 0);
  const shares = counted.map((entity) => {
    const { id, criticality } = entity.input;
    return exact({ kind: 'entity', id }, (entity.proven.value * criticality) / totalWeight);
  });
  return apportion([...shares, ...weakestLoss(group.proven)], toBasisPoints(group.proven.value));
}

/**
 * What is missing from a cell's 100: the gap of each control, most costly first, and the loss by the weakest key
 * control. The lines, none above 0, add up to score − 10 000 exactly. Empty when nothing counts.
 */
export function explainGap(cell: CellEvaluation, controls: readonly ControlEvaluation[]): ExplanationLine[] {
  if (cell.countedWeight === 0) return [];
  const lines = [...gaps(controls, 1 / cell.countedWeight), ...keyLoss(cell, 1)];
  return mostCostly(apportion(lines, toBasisPoints(cell.proven.value) - toBasisPoints(WHOLE)));
}

/** The same for a whole entity: gaps of its controls, losses by key controls, the weakest layer and a cap. */
export function explainEntityGap(evaluation: EntityEvaluation): ExplanationLine[] {
  const counted = evaluation.layers.filter((layer) => layer.state !== 'not-applicable');
  if (counted.length === 0) return [];
  const totalWeight = counted.reduce((sum, layer) => sum + layer.weight, 0);
  const lines = [
    ...counted.flatMap((layer) => gaps(layer.controls, layer.weight / totalWeight / layer.countedWeight)),
    ...counted.flatMap((layer) => keyLoss(layer, layer.weight / totalWeight)),
    ...weakestLoss(evaluation.proven),
    ...capLoss(evaluation),
  ];
  return mostCostly(apportion(lines, toBasisPoints(evaluation.proven.value) - toBasisPoints(WHOLE)));
}

/** The same for a group of figures: the gap of each entity and the loss by the weakest of them. */
export function explainGroupGap(parts: readonly FigurePart[], method: MethodR1): ExplanationLine[] {
  const counted = parts.filter((part) => part.figure.state !== 'not-applicable');
  if (counted.length === 0) return [];
  const totalWeight = counted.reduce((sum, part) => sum + part.weight, 0);
  const verdict = verdictOf(
    counted.map(({ id, weight, figure }) => ({ id, weight, value: figure.proven })),
    method,
  );
  const lines = counted.map(({ id, weight, figure }) =>
    exact({ kind: 'entity', id }, ((figure.proven - WHOLE) * weight) / totalWeight),
  );
  const total = toBasisPoints(verdict.value) - toBasisPoints(WHOLE);
  return mostCostly(apportion([...lines, ...weakestLoss(verdict)], total));
}

function gaps(controls: readonly ControlEvaluation[], share: number): Exact[] {
  return controls
    .filter((control) => control.counted)
    .map(({ id, layer, weight, proven }) =>
      exact({ kind: 'control-gap', id, layerId: layer }, (proven - WHOLE) * weight * share),
    );
}

function mostCostly(lines: ExplanationLine[]): ExplanationLine[] {
  return lines.toSorted((a, b) => a.basisPoints - b.basisPoints || (a.id < b.id ? -1 : 1));
}

function contributions(layer: LayerEvaluation, share: number): Exact[] {
  return layer.controls
    .filter((control) => control.counted)
    .map((control) =>
      exact(
        { kind: 'control', id: control.id, layerId: layer.id },
        ((share * control.weight) / layer.countedWeight) * control.proven,
      ),
    );
}

function keyLoss(cell: CellEvaluation & { readonly id?: string }, share: number): Exact[] {
  const { base, value } = cell.proven;
  if (cell.weakestKeyId === null || value === base) return [];
  const line = { kind: 'key-loss', id: cell.weakestKeyId } as const;
  return [exact(cell.id === undefined ? line : { ...line, layerId: cell.id }, share * (value - base))];
}

function weakestLoss({ weakestId, mean, linked }: Verdict): Exact[] {
  if (weakestId === null || linked === mean) return [];
  return [exact({ kind: 'weakest-loss', id: weakestId }, linked - mean)];
}

function capLoss({ proven, lowestCap }: EntityEvaluation): Exact[] {
  if (lowestCap === null || toUnits(lowestCap.cap) >= proven.linked) return [];
  return [exact({ kind: 'cap-loss', id: lowestCap.id }, proven.value - proven.linked)];
}

function exact(line: ExplanationSubject, units: number): Exact {
  return { line, key: `${line.kind} ${line.id}`, exact: units / UNITS_PER_BASIS_POINT };
}
