import { z } from 'zod';
import { hint } from '@/lib/kernel/errors';
import { controlCursor, day } from '@/lib/kernel/fields';

const mark = z.number().int().min(0, hint('assessment.marks')).max(5, hint('assessment.marks')).nullable();
const version = z.coerce.number().int().min(1);
const note = z.string().trim().max(5000).nullable();

export const layerIds = ['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7'] as const;

export const ListAssessments = z.strictObject({
  entity: z.uuid().optional(),
  control: z.string().max(20).optional(),
  layer: z.enum(layerIds).optional(),
  owner: z.uuid().optional(),
  state: z.enum(['blank', 'marked', 'below-target', 'overdue', 'exclusion-proposed', 'excluded']).optional(),
  q: z.string().max(120).optional(),
  cursor: controlCursor,
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

export const AssessmentRef = z.strictObject({ id: z.uuid() });

export const UpdateAssessment = z.strictObject({
  id: z.uuid(),
  version,
  documentation: mark.optional(),
  implementation: mark.optional(),
  target: z.number().int().min(1).max(5).nullable().optional(),
  note: note.optional(),
  ownerId: z.uuid().nullable().optional(),
  dueOn: day.nullable().optional(),
});

export const AssignAssessments = z.strictObject({
  ids: z.array(z.uuid()).min(1, hint('evidence.chooseControl')).max(500),
  ownerId: z.uuid().nullable().optional(),
  dueOn: day.nullable().optional(),
});

export const ProposeExclusion = z.strictObject({
  id: z.uuid(),
  version,
  reason: z.string().trim().min(20, hint('assessment.whyNot')).max(2000),
});

export const DecideExclusion = z.strictObject({
  id: z.uuid(),
  version,
  approve: z.boolean(),
  comment: z.string().trim().max(2000).optional(),
});
export const VersionedAssessmentRef = z.strictObject({ id: z.uuid(), version });

export type AssessmentItem = {
  id: string;
  entity: string;
  entityName: string;
  control: string;
  unit: { id: string; kind: string; name: string } | null;
  documentation: number | null;
  implementation: number | null;
  /** What is aimed at: the organisation's own target, else the catalogue's for class and weight. */
  target: number;
  hasOwnTarget: boolean;
  applicability: 'applicable' | 'exclusion-proposed' | 'excluded';
  note: string | null;
  owner: { id: string; name: string } | null;
  dueOn: string | null;
  assessedAt: string | null;
  version: number;
};

export type AssessmentHistoryLine = {
  id: string;
  at: string;
  by: string | null;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
};

export type AssessmentDetail = AssessmentItem & {
  exclusion: {
    reason: string;
    proposedBy: string;
    proposedById: string;
    approvedBy: string | null;
    until: string | null;
  } | null;
  history: AssessmentHistoryLine[];
  raci: { part: 'A' | 'R' | 'C' | 'I'; person: { id: string; name: string } }[];
  evidence: {
    id: string;
    title: string;
    type: string;
    state: string;
    strength: string;
    collectedOn: string;
    validUntil: string | null;
  }[];
  /** Whether the person asking may change the marks here. */
  mayEdit: boolean;
};
