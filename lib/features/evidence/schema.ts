import { z } from 'zod';
import { hint } from '@/lib/kernel/errors';
import { day, idCursor } from '@/lib/kernel/fields';

const version = z.coerce.number().int().min(1);
const title = z.string().trim().min(1, hint('evidence.title')).max(200);
const assessments = z
  .union([z.array(z.uuid()), z.uuid().transform((one) => [one])])
  .transform((ids) => [...new Set(ids)])
  .pipe(z.array(z.uuid()).max(500));

/** What the intake found out about a received file; never taken from the client. */
const ReceivedFile = z.strictObject({
  storageKey: z.string(),
  fileName: z.string().trim().min(1, hint('field.empty')).max(200, hint('evidence.fileName')),
  mediaType: z.string(),
  size: z.number().int().min(0),
  sha256: z.string(),
});

const described = {
  title,
  type: z.string().max(60),
  collectedOn: day,
  periodFrom: day.optional(),
  periodTo: day.optional(),
  validUntil: day.optional(),
  source: z.string().trim().max(300).optional(),
  note: z.string().trim().max(2000).optional(),
  assessments: assessments.default([]),
  /** The empty slot this fills. */
  request: z.uuid().optional(),
  /** The item this is a newer revision of; the older one is superseded when this is accepted. */
  revises: z.uuid().optional(),
};

export const SubmitFile = z.strictObject({ ...described, file: ReceivedFile });

export const SubmitLink = z.strictObject({
  ...described,
  url: z
    .url({ protocol: /^https?$/, error: hint('field.url') })
    .max(2000)
    // Everybody who sees the link would see the password in it.
    .refine((text) => !/^https?:\/\/[^/?#]*@/i.test(text), hint('evidence.urlSecret')),
});

/** Minutes of the management body: what Article 20(1) asks to be able to show. */
export const BoardMinutes = z.strictObject({
  kind: z.literal('board_minutes'),
  meetingOn: day,
  item: z.string().trim().min(1, hint('evidence.agendaItem')).max(300),
  decision: z.enum(['approved', 'approved-with-changes', 'rejected', 'noted']),
  resolution: z.string().trim().min(1, hint('evidence.resolution')).max(5000),
  inFavour: z.number().int().min(0).max(100),
  against: z.number().int().min(0).max(100),
  abstained: z.number().int().min(0).max(100),
  present: z.array(z.string().trim().min(1).max(120)).min(1, hint('evidence.present')).max(50),
});

type Vote = Pick<z.output<typeof BoardMinutes>, 'inFavour' | 'against' | 'abstained' | 'present' | 'decision'>;

const isVotePossible = ({ inFavour, against, abstained, present }: Vote) =>
  inFavour + against + abstained <= present.length;
/** A tie carries nothing; minutes without any vote record what was agreed without one. */
const isVoteCarried = ({ decision, inFavour, against }: Vote) =>
  !decision.startsWith('approved') || inFavour > against || inFavour + against === 0;

/** Proof of a training: who, what, when, with which result (Article 20(2)). */
export const TrainingProof = z.strictObject({
  kind: z.literal('training_record'),
  module: z.string().trim().min(1, hint('evidence.training')).max(200),
  heldOn: day,
  provider: z.string().trim().min(1, hint('evidence.provider')).max(200),
  hours: z.number().min(0.25).max(200),
  participants: z
    .array(z.strictObject({ personId: z.uuid(), passed: z.boolean(), score: z.number().min(0).max(100).optional() }))
    .min(1, hint('evidence.participants'))
    .max(500)
    .refine(
      (all) => new Set(all.map(({ personId }) => personId)).size === all.length,
      hint('evidence.participantTwice'),
    ),
});

export const SubmitForm = z.strictObject({
  ...described,
  type: z.string().max(60).optional(),
  form: z.discriminatedUnion('kind', [
    BoardMinutes.refine(isVotePossible, { path: ['inFavour'], error: hint('evidence.votes') }).refine(isVoteCarried, {
      path: ['decision'],
      error: hint('evidence.notCarried'),
    }),
    TrainingProof,
  ]),
});

export const evidenceStates = ['submitted', 'accepted', 'rejected', 'superseded', 'withdrawn'] as const;

export const ListEvidence = z.strictObject({
  state: z.enum(evidenceStates).optional(),
  type: z.string().max(60).optional(),
  entity: z.uuid().optional(),
  control: z.string().max(20).optional(),
  freshness: z.enum(['fresh', 'ageing', 'stale']).optional(),
  mine: z.enum(['true', 'false']).optional(),
  q: z.string().trim().max(120).optional(),
  cursor: idCursor,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const EvidenceRef = z.strictObject({ id: z.uuid() });
export const ContentRef = z.strictObject({ id: z.uuid(), inline: z.enum(['true', 'false']).optional() });

export const UpdateEvidence = z.strictObject({
  id: z.uuid(),
  version,
  title: title.optional(),
  collectedOn: day.optional(),
  periodFrom: day.nullable().optional(),
  periodTo: day.nullable().optional(),
  validUntil: day.nullable().optional(),
  source: z.string().trim().max(300).nullable().optional(),
  note: z.string().trim().max(2000).nullable().optional(),
});

export const LinkEvidence = z.strictObject({
  id: z.uuid(),
  assessments: z.array(z.uuid()).min(1, hint('evidence.chooseControl')).max(500),
});
export const UnlinkEvidence = z.strictObject({ id: z.uuid(), assessment: z.uuid() });

export type EvidenceItem = {
  id: string;
  title: string;
  type: string;
  kind: 'file' | 'link' | 'form' | 'record';
  state: (typeof evidenceStates)[number];
  strength: 'attestation' | 'document' | 'system' | 'independent';
  collectedOn: string;
  periodFrom: string | null;
  periodTo: string | null;
  validUntil: string | null;
  uploadedAt: string;
  uploadedBy: { id: string; name: string } | null;
  fileName: string | null;
  mediaType: string | null;
  size: number | null;
  sha256: string | null;
  /** Days the proof holds from collected-on at most: the shortest of its controls, its type and its own end. */
  validityDays: number;
  controls: { assessment: string; control: string; entity: string; entityName: string }[];
  version: number;
};

export type EvidenceDetail = EvidenceItem & {
  url: string | null;
  form: Record<string, unknown> | null;
  source: string | null;
  note: string | null;
  review: { by: string; byId: string; at: string; comment: string | null } | null;
  withdrawal: {
    reason: string;
    proposedBy: string;
    proposedById: string;
    proposedAt: string;
    by: string | null;
    at: string | null;
  } | null;
  revisions: {
    id: string;
    title: string;
    state: string;
    collectedOn: string;
    uploadedAt: string;
    sha256: string | null;
  }[];
  /** Other items with the same bytes. */
  sameFile: { id: string; title: string; state: string }[];
};
