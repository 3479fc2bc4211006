import { checkMatrix, ESCALATION_MATRIX, type EscalationStep } from './escalation-matrix';
import { type EpochMs, HOUR, MINUTE } from './instant';

/** A timer row: fire once `fireAt` has come and it has not fired. The key makes firing idempotent. */
export interface EscalationTimer {
  /** Obligation, step, deadline and repetition: a moved deadline makes new timers, a repeated sweep makes none. */
  readonly key: string;
  readonly obligation: string;
  readonly step: string;
  readonly dueAt: EpochMs;
  readonly repetition: number;
  readonly fireAt: EpochMs;
}

/** The clock a plan is made for. */
export interface RunningClock {
  readonly obligation: string;
  readonly anchorAt: EpochMs;
  readonly dueAt: EpochMs;
}

/**
 * Plans one timer per step between anchor and deadline. A clock entered late gets timers in the past: the next sweep
 * ("not after now and not fired") fires them all, so none is lost.
 * @throws RangeError if the matrix is empty, out of order or repeats an id.
 */
export function planEscalation(clock: RunningClock, matrix = ESCALATION_MATRIX): readonly EscalationTimer[] {
  checkMatrix(matrix);
  const span = Math.max(0, clock.dueAt - clock.anchorAt);
  return matrix.map((each) => {
    const byShare = clock.anchorAt + Math.floor((span * each.percent) / 100);
    const byMargin = Math.max(clock.anchorAt, clock.dueAt - each.minMinutesBefore * MINUTE);
    return timer(clock.obligation, each.id, clock.dueAt, 0, Math.min(byShare, byMargin));
  });
}

/** A timer row as stored. */
export interface StoredTimer extends EscalationTimer {
  readonly firedAt: EpochMs | null;
}

/**
 * What a moved deadline does to the stored timers: unfired ones of the old deadline go, those of the new one come, and
 * what has fired is history. A deadline that moves back finds its pending repetition gone, so the next one comes again.
 * Timers of other obligations are left alone.
 */
export function replanEscalation(
  stored: readonly StoredTimer[],
  clock: RunningClock,
  matrix = ESCALATION_MATRIX,
): { readonly cancel: readonly StoredTimer[]; readonly add: readonly EscalationTimer[] } {
  const own = stored.filter((each) => each.obligation === clock.obligation);
  return {
    cancel: own.filter((each) => each.firedAt === null && each.dueAt !== clock.dueAt),
    add: planEscalation(clock, matrix).flatMap((planned) => {
      const present = own.filter((each) => each.step === planned.step && each.dueAt === planned.dueAt);
      const [last] = present.toSorted((left, right) => right.repetition - left.repetition);
      if (!last) return [planned];
      if (last.firedAt === null || present.some((each) => each.firedAt === null)) return [];
      // Counted from its firing, so that this is the very timer the sweep has made or is about to make.
      return repeatTimer(last, last.firedAt, matrix) ?? [];
    }),
  };
}

/** The next repetition after a fired timer, strictly after `now`; null if the step does not repeat. */
export function repeatTimer(fired: EscalationTimer, now: EpochMs, matrix = ESCALATION_MATRIX): EscalationTimer | null {
  const every = (stepOf(fired, matrix).repeatEveryMinutes ?? 0) * MINUTE;
  if (every === 0) return null;
  const times = Math.max(1, Math.floor((now - fired.fireAt) / every) + 1);
  const repetition = fired.repetition + times;
  return timer(fired.obligation, fired.step, fired.dueAt, repetition, fired.fireAt + times * every);
}

/**
 * Pulls the next step forward when a fired one asked for an acknowledgement and got none in time.
 * Returns the pending timer with its earlier instant, or null if there is nothing to pull (yet).
 */
export function pullForward(
  fired: EscalationTimer,
  firedAt: EpochMs,
  now: EpochMs,
  pending: readonly EscalationTimer[],
  matrix = ESCALATION_MATRIX,
): EscalationTimer | null {
  const within = stepOf(fired, matrix).acknowledgeWithinMinutes;
  if (within === null || now < firedAt + within * MINUTE) return null;
  const nextStep = matrix[matrix.findIndex((each) => each.id === fired.step) + 1];
  const next = pending.find(
    (each) => each.step === nextStep?.id && each.obligation === fired.obligation && each.dueAt === fired.dueAt,
  );
  const earlier = firedAt + within * MINUTE;
  return next && next.fireAt > earlier ? { ...next, fireAt: earlier } : null;
}

/** Whether a sweep at `now` must fire the timer. Never compares for equality, so a late worker loses nothing. */
export function isTimerDue(each: EscalationTimer, now: EpochMs): boolean {
  return each.fireAt <= now;
}

/** Step id of the timer that watches for the authority's receipt after filing. */
export const NO_RECEIPT_STEP = 'no_receipt';

/** Plans the look at the authority's answer, 24 hours after filing by default (Article 23(5)). */
export function planReceiptWatch(obligation: string, filedAt: EpochMs, hours = 24): EscalationTimer {
  return timer(obligation, NO_RECEIPT_STEP, filedAt, 0, filedAt + hours * HOUR);
}

function timer(
  obligation: string,
  stepId: string,
  dueAt: EpochMs,
  repetition: number,
  fireAt: EpochMs,
): EscalationTimer {
  const key = `${obligation}#${stepId}@${dueAt}.${repetition}`;
  return { key, obligation, step: stepId, dueAt, repetition, fireAt };
}

function stepOf(each: EscalationTimer, matrix: readonly EscalationStep[]): EscalationStep {
  const found = matrix.find((candidate) => candidate.id === each.step);
  if (!found) throw new RangeError(`the matrix has no step ${each.step}`);
  return found;
}
