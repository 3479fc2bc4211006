import type { ReadinessAnswer } from '@/lib/features/readiness/schema';
import type { MyWork } from '@/lib/features/tasks/schema';

export type { Change, Changes } from '@/lib/features/overview/schema';
export type { ReadinessAnswer };
export type Waiting = MyWork['waitingForMe'];

export interface OverviewMonth {
  /** `YYYY-MM`. */
  month: string;
  method: string;
  /** Null for a month without a snapshot. */
  proven: number | null;
  claimed: number | null;
}

/** A legal clock that runs now. */
export interface OverviewClock {
  id: string;
  title: string;
  /** ISO 8601 instant. */
  dueAt: string;
  href: string;
}
