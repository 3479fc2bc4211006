import { z } from 'zod';

export const GetMyWork = z.strictObject({});

export type Owed = {
  id: string;
  assessment: string;
  control: string;
  entityName: string;
  type: string;
  note: string | null;
  dueOn: string;
  isOverdue: boolean;
};
export type OwnAssessment = {
  id: string;
  control: string;
  entityName: string;
  unitName: string | null;
  documentation: number | null;
  implementation: number | null;
  dueOn: string | null;
  isOverdue: boolean;
};
export type Expiring = {
  id: string;
  title: string;
  type: string;
  endsOn: string;
  withinDays: 30 | 60 | 90;
  hasExpired: boolean;
  controls: { control: string; entityName: string }[];
};
export type Asked = {
  id: string;
  kind: 'comment' | 'request' | 'finding' | 'answer';
  body: string;
  by: string;
  at: string;
  assessment: string | null;
  evidence: string | null;
};

/** An exclusion that another person proposed and I may decide. */
export type ProposedExclusion = {
  assessment: string;
  control: string;
  entityName: string;
  reason: string;
  by: string;
};

export type MyWork = {
  /** Evidence asked of me, soonest first. */
  owed: Owed[];
  /** Assessments I own that are blank or due. */
  assessments: OwnAssessment[];
  /** How much waits for my decision; the review queue has the list. */
  waitingForMe: { reviews: number; exclusions: number; roles: number; releases: number };
  /** The exclusions among them, one by one: no other page lists them. */
  exclusions: ProposedExclusion[];
  /** Evidence of mine (brought by me or proving what I own) that ends within 90 days or has ended. */
  expiring: Expiring[];
  /** Open comments and requests addressed to me. */
  asked: Asked[];
};
