import { applicabilityOf, type ProfileFacts } from '../applicability/applies';
import { resolveValidityDays } from '../evidence/validity';
import type {
  AssessmentInput,
  ControlInput,
  EntityInput,
  EvidenceInput,
  Mark,
  NotApplicableInput,
  UnitInput,
} from './input';
import type { Strength } from './method';

/** The part of the catalogue that turns stored rows into scoring input. */
export interface ScoringRules {
  readonly controls: readonly RuledControl[];
  readonly evidenceTypes: ReadonlyMap<string, { readonly validity_days: number; readonly strength: Strength }>;
  /** Class of entity → weight of control → level (scoring.json, `target_levels`). */
  readonly targetLevels: Readonly<Record<'essential' | 'important', Readonly<Record<string, number>>>>;
}

export interface RuledControl {
  readonly id: string;
  readonly layer: string;
  readonly weight: number;
  readonly key_control: boolean;
  readonly assessment_unit: string;
  readonly applies_when: readonly string[];
  readonly evidence: readonly { readonly type: string; readonly validity_days: number; readonly primary: boolean }[];
}

/** An entity as the database keeps it. Days are whole days since 1970-01-01. */
export interface StoredEntity {
  readonly id: string;
  readonly criticality: number;
  readonly classification: string;
  readonly facts: ProfileFacts;
  readonly units: readonly StoredUnit[];
  readonly assessments: readonly StoredAssessment[];
}

export interface StoredUnit {
  readonly id: string;
  readonly kind: string;
  readonly criticality: number;
}

export interface StoredAssessment {
  readonly control: string;
  /** `null`: the control as a whole. */
  readonly unit: string | null;
  readonly documentation: number | null;
  readonly implementation: number | null;
  /** `null`: the catalogue's. */
  readonly target: number | null;
  /** Last day of an approved "not applicable"; `null` without one. */
  readonly excludedUntilDay: number | null;
  /** Accepted evidence only. */
  readonly evidence: readonly StoredEvidence[];
}

export interface StoredEvidence {
  readonly id?: string;
  readonly strength: Strength;
  readonly type: string;
  readonly collectedDay: number;
  readonly validUntilDay: number | null;
}

/** Criticality from which the weakest unit limits its control: the highest. */
const CRITICAL_UNIT = 3;
const DEFAULT_VALIDITY_DAYS = 365;

/** Level 1–5 the catalogue asks of a control of this weight; classes other than essential are held to the important one's. */
export function targetLevel(rules: ScoringRules, classification: string, weight: number): number {
  const levels = rules.targetLevels[classification === 'essential' ? 'essential' : 'important'];
  return levels[String(weight)] ?? 3;
}

/** Days evidence of a type is at full worth for a control: the control's own entry, else the type's, else a year. */
export function evidenceValidityDays(
  type: string,
  control: Pick<RuledControl, 'evidence'>,
  rules: Pick<ScoringRules, 'evidenceTypes'>,
): number {
  const controlDays = control.evidence.find((entry) => entry.type === type)?.validity_days ?? null;
  const typeDays = rules.evidenceTypes.get(type)?.validity_days ?? DEFAULT_VALIDITY_DAYS;
  return resolveValidityDays({ controlDays, typeDays });
}

/**
 * What method R1 scores of an entity: every catalogue control that applies by the entity's facts, with its marks,
 * target and evidence, per unit where the catalogue says so. A control without a row is blank. Caps are not set here.
 */
export function entityInput(entity: StoredEntity, rules: ScoringRules): EntityInput {
  const rows = new Map(entity.assessments.map((row) => [rowKey(row.control, row.unit), row]));
  const controls = rules.controls
    .filter((control) => applicabilityOf(control.applies_when, entity.facts).applies)
    .map((control) => controlInput(control, entity, rows, rules));
  return { id: entity.id, criticality: entity.criticality, controls, caps: [] };
}

type Rows = ReadonlyMap<string, StoredAssessment>;

function controlInput(control: RuledControl, entity: StoredEntity, rows: Rows, rules: ScoringRules): ControlInput {
  const target = targetLevel(rules, entity.classification, control.weight);
  const own = rows.get(rowKey(control.id, null));
  const units = entity.units.filter((unit) => unit.kind === control.assessment_unit);
  return {
    id: control.id,
    layer: control.layer,
    weight: control.weight,
    key: control.key_control,
    ...assessmentInput(own, control, target, rules),
    notApplicable: exclusionOf(own),
    units: units.map((unit) => unitInput(unit, rows.get(rowKey(control.id, unit.id)), control, target, rules)),
  };
}

function exclusionOf(row: StoredAssessment | undefined): NotApplicableInput | null {
  return row?.excludedUntilDay == null ? null : { approved: true, untilDay: row.excludedUntilDay };
}

function unitInput(
  unit: StoredUnit,
  row: StoredAssessment | undefined,
  control: RuledControl,
  target: number,
  rules: ScoringRules,
): UnitInput {
  return {
    id: unit.id,
    criticality: unit.criticality,
    critical: unit.criticality >= CRITICAL_UNIT,
    ...assessmentInput(row, control, target, rules),
    notApplicable: exclusionOf(row),
  };
}

function assessmentInput(
  row: StoredAssessment | undefined,
  control: RuledControl,
  target: number,
  rules: ScoringRules,
): AssessmentInput {
  const primary = control.evidence.find((entry) => entry.primary);
  return {
    documentation: (row?.documentation ?? null) as Mark | null,
    implementation: (row?.implementation ?? null) as Mark | null,
    target: row?.target ?? target,
    evidence: (row?.evidence ?? []).map((item) => evidenceInput(item, control, rules)),
    expectedStrength: primary && rules.evidenceTypes.get(primary.type)?.strength,
  };
}

function evidenceInput(item: StoredEvidence, control: RuledControl, rules: ScoringRules): EvidenceInput {
  const { id, strength, type, collectedDay, validUntilDay } = item;
  const validityDays = evidenceValidityDays(type, control, rules);
  return id === undefined
    ? { strength, collectedDay, validityDays, validUntilDay }
    : { id, strength, collectedDay, validityDays, validUntilDay };
}

function rowKey(control: string, unit: string | null): string {
  return unit === null ? control : `${control} ${unit}`;
}
