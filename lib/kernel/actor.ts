import type { HeldRole } from '@/lib/domain/policy/strongest';

export type Organisation = { id: string; name: string; isDemo: boolean; timeZone: string };

/** An auditor's window: what they may read and until when, judged by the database clock. */
export type Engagement = {
  id: string;
  title: string;
  startsAt: string;
  endsAt: string;
  snapshotId: string | null;
  entityIds: readonly string[] | null;
};

type Acting = {
  organisation: Organisation;
  held: readonly HeldRole[];
  requestId: string;
};

export type UserActor = Acting & {
  kind: 'user';
  id: string;
  name: string;
  email: string;
  /** Last time the person proved who they are; rights marked fresh ask for at most five minutes. */
  authenticatedAt: Date;
  sessionEndsAt: Date;
  /** SHA-256 of the session id, to tell this session from the person's others. */
  sessionHash: string;
  engagement: Engagement | null;
};

export type TokenActor = Acting & { kind: 'token'; id: string; name: string };
/** Scheduled and retried work; it may do everything its job's commands need and is named in the log. */
export type WorkerActor = Acting & { kind: 'worker'; id: null; name: string };

/** Who acts. Built only in lib/auth (people, tokens) and by the worker and the CLI. */
export type Actor = UserActor | TokenActor | WorkerActor;

/** The actor of jobs and of command-line work for one organisation. */
export function workerActor(organisation: Organisation, requestId: string): WorkerActor {
  return { kind: 'worker', id: null, name: 'worker', organisation, held: [], requestId };
}
