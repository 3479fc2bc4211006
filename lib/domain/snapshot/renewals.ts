import { effectiveValidityDays } from '../evidence/freshness';
import type { AssessmentInput, EntityInput, EvidenceInput } from '../score/input';

/** Evidence that somebody should renew: the latest proof an assessment has, ended or ending soon. */
export interface DueRenewal {
  readonly evidence: string;
  /** The day after which it stops being fresh for the first assessment it carries. */
  readonly lastDay: number;
  /** How many assessments rest on it. */
  readonly controls: number;
}

/**
 * What has to be renewed by `day + horizonDays`. An old item is not due where the same assessment has a later one.
 *
 * @param day whole days since 1970-01-01
 */
export function dueRenewals(inputs: readonly EntityInput[], day: number, horizonDays = 90): DueRenewal[] {
  const due = new Map<string, { lastDay: number; controls: number }>();
  for (const assessment of inputs.flatMap(assessmentsOf)) {
    const latest = latestOf(assessment.evidence, day);
    if (!latest || latest.lastDay > day + horizonDays) continue;
    const known = due.get(latest.id);
    due.set(latest.id, {
      lastDay: Math.min(latest.lastDay, known?.lastDay ?? latest.lastDay),
      controls: (known?.controls ?? 0) + 1,
    });
  }
  return [...due]
    .map(([evidence, { lastDay, controls }]) => ({ evidence, lastDay, controls }))
    .toSorted((a, b) => a.lastDay - b.lastDay || (a.evidence < b.evidence ? -1 : 1));
}

/** The ids of all evidence that inputs name. */
export function evidenceIdsOf(inputs: readonly EntityInput[]): Set<string> {
  const items = inputs.flatMap(assessmentsOf).flatMap(({ evidence }) => evidence);
  return new Set(items.flatMap(({ id }) => id ?? []));
}

function assessmentsOf({ controls }: EntityInput): AssessmentInput[] {
  return controls.flatMap((control): AssessmentInput[] => (control.units?.length ? [...control.units] : [control]));
}

function latestOf(evidence: readonly EvidenceInput[], day: number): { id: string; lastDay: number } | null {
  let latest: { id: string; lastDay: number } | null = null;
  for (const item of evidence) {
    if (item.id === undefined || item.collectedDay > day) continue;
    const lastDay = item.collectedDay + effectiveValidityDays(item);
    if (latest === null || lastDay > latest.lastDay) latest = { id: item.id, lastDay };
  }
  return latest;
}
