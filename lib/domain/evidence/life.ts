/** Where an evidence item stands in its life. */
export const EVIDENCE_STATES = ['requested', 'submitted', 'accepted', 'rejected', 'superseded', 'withdrawn'] as const;
export type EvidenceState = (typeof EVIDENCE_STATES)[number];

export const EVIDENCE_ACTIONS = ['submit', 'accept', 'reject', 'supersede', 'withdraw', 'cancel'] as const;
export type EvidenceAction = (typeof EVIDENCE_ACTIONS)[number];

/** What the guards look at. Leave out what an action does not need; a guard fails when its fact is missing. */
export interface EvidenceContext {
  readonly actorId: string;
  /** Who brought the current revision. */
  readonly uploaderId?: string | null;
  /** Who asked for the withdrawal. */
  readonly withdrawalProposerId?: string | null;
  /** The comment or reason given. */
  readonly reason?: string | null;
  readonly collectedDay?: number | null;
  readonly today: number;
  /** An accepted item that takes this one's place. */
  readonly hasAcceptedSuccessor?: boolean;
}

/** Why an action is refused, as the last part of a message key (`evidence.refused.…`). */
export type EvidenceRefusal =
  | 'wrong-state'
  | 'own-upload'
  | 'needs-reason'
  | 'needs-second-person'
  | 'needs-collected-day'
  | 'collected-in-future'
  | 'needs-successor';

type Guard = (context: EvidenceContext) => EvidenceRefusal | null;

interface Transition {
  readonly from: readonly EvidenceState[];
  readonly to: EvidenceState;
  readonly guards: readonly Guard[];
}

/** The whole life of evidence (domain.md §3): superseded and withdrawn are ends, nothing is ever deleted. */
export const EVIDENCE_TRANSITIONS: Readonly<Record<EvidenceAction, Transition>> = {
  submit: { from: ['requested', 'rejected'], to: 'submitted', guards: [isCollected] },
  accept: { from: ['submitted'], to: 'accepted', guards: [isByAnother, isCollected] },
  reject: { from: ['submitted'], to: 'rejected', guards: [isByAnother, hasReason] },
  supersede: { from: ['accepted'], to: 'superseded', guards: [hasSuccessor] },
  withdraw: {
    from: ['submitted', 'accepted', 'rejected', 'superseded'],
    to: 'withdrawn',
    guards: [hasReason, isBySecondPerson],
  },
  cancel: { from: ['requested'], to: 'withdrawn', guards: [hasReason] },
};

export type EvidenceOutcome =
  | { readonly ok: true; readonly state: EvidenceState }
  | { readonly ok: false; readonly refusal: EvidenceRefusal };

/** What `action` leads to from `state`, or the first guard that refuses it. */
export function nextEvidenceState(
  state: EvidenceState,
  action: EvidenceAction,
  context: EvidenceContext,
): EvidenceOutcome {
  const transition = EVIDENCE_TRANSITIONS[action];
  if (!transition.from.includes(state)) return { ok: false, refusal: 'wrong-state' };
  for (const guard of transition.guards) {
    const refusal = guard(context);
    if (refusal !== null) return { ok: false, refusal };
  }
  return { ok: true, state: transition.to };
}

/** Nobody accepts or rejects what they uploaded; an item without a known uploader cannot be judged at all. */
function isByAnother({ actorId, uploaderId }: EvidenceContext): EvidenceRefusal | null {
  return uploaderId == null || uploaderId === actorId ? 'own-upload' : null;
}

function isBySecondPerson({ actorId, withdrawalProposerId }: EvidenceContext): EvidenceRefusal | null {
  return withdrawalProposerId == null || withdrawalProposerId === actorId ? 'needs-second-person' : null;
}

function hasReason({ reason }: EvidenceContext): EvidenceRefusal | null {
  return reason == null || reason.trim() === '' ? 'needs-reason' : null;
}

/** Evidence dated ahead would begin to count by itself one day, so it never gets in. */
function isCollected({ collectedDay, today }: EvidenceContext): EvidenceRefusal | null {
  if (collectedDay == null) return 'needs-collected-day';
  return collectedDay > today ? 'collected-in-future' : null;
}

function hasSuccessor({ hasAcceptedSuccessor }: EvidenceContext): EvidenceRefusal | null {
  return hasAcceptedSuccessor === true ? null : 'needs-successor';
}
