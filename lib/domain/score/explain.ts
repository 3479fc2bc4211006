import { apportion, type ExactLine } from './apportion';
import type { CellEvaluation } from './cell';
import type { ControlEvaluation } from './control';
import type { EntityEvaluation, LayerEvaluation } from './entity';
import type { GroupEvaluation } from './group';
import { toBasisPoints, toUnits, UNITS_PER_BASIS_POINT, WHOLE } from './units';
import type { Verdict } from './verdict';

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
 * What is missing from a cell's 100: the gap of each control, most costly first, then the loss by the weakest key
 * control. The lines, all negative or 0, add up to score − 10 000 exactly. Empty when nothing counts.
 */
export function explainGap(cell: CellEvaluation, controls: readonly ControlEvaluation[]): ExplanationLine[] {
  const counted = controls.filter((control) => control.counted);
  if (counted.length === 0) return [];
  const gaps = counted.map((control) =>
    exact(
      { kind: 'control-gap', id: control.id, layerId: control.layer },
      ((control.proven - WHOLE) * control.weight) / cell.countedWeight,
    ),
  );
  const loss = cell.weakestKeyId === null ? [] : lossLine(cell.weakestKeyId, cell.proven.value - cell.proven.base);
  const lines = apportion([...gaps, ...loss], toBasisPoints(cell.proven.value) - toBasisPoints(WHOLE));
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

function keyLoss(layer: LayerEvaluation, share: number): Exact[] {
  const { base, value } = layer.proven;
  if (layer.weakestKeyId === null || value === base) return [];
  return [exact({ kind: 'key-loss', id: layer.weakestKeyId, layerId: layer.id }, share * (value - base))];
}

function lossLine(keyControlId: string, loss: number): Exact[] {
  return loss === 0 ? [] : [exact({ kind: 'key-loss', id: keyControlId }, loss)];
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
