import type { EpochMs } from '@/lib/domain/deadline/instant';
import { type Machine, nextState } from './machine';
import { done, refused, type Result } from './result';

/** What a first report turns out to be. */
export type EventVerdict = 'incident' | 'weakness' | 'duplicate' | 'false_positive' | 'no_action';
export type EventState = 'reported' | 'assessing' | EventVerdict;

const VERDICTS: readonly EventVerdict[] = ['incident', 'weakness', 'duplicate', 'false_positive', 'no_action'];

/** The event's own machine. New facts reopen every verdict; an event that became an incident stays one. */
export const EVENT_MACHINE: Machine<EventState, 'assess' | 'new_facts' | EventVerdict> = {
  initial: 'reported',
  final: VERDICTS,
  transitions: [
    { from: 'reported', event: 'assess', to: 'assessing' },
    ...VERDICTS.map((verdict) => ({ from: 'assessing', event: verdict, to: verdict }) as const),
    ...VERDICTS.filter((verdict) => verdict !== 'incident').map(
      (verdict) => ({ from: verdict, event: 'new_facts', to: 'assessing' }) as const,
    ),
  ],
};

/** One step in an event's history; steps are only ever added. */
export interface EventStep {
  readonly to: EventState;
  readonly at: EpochMs;
  readonly by: string;
  readonly reason: string;
  /** The incident it became part of, or the event it repeats. */
  readonly refersTo: string | null;
}

export type EventRefusal = 'not_possible_now' | 'reason_missing' | 'reference_missing';

/**
 * Adds a step to an event's history. Every verdict and every reopening needs a reason; an incident and a duplicate also
 * need what they refer to. The state is where the last step led; an empty history means reported.
 */
export function stepEvent(
  history: readonly EventStep[],
  event: 'assess' | 'new_facts' | EventVerdict,
  entry: Omit<EventStep, 'to'>,
): Result<readonly EventStep[], EventRefusal> {
  const to = nextState(EVENT_MACHINE, history.at(-1)?.to ?? EVENT_MACHINE.initial, event);
  if (to === null) return refused('not_possible_now');
  if (event !== 'assess' && entry.reason.trim() === '') return refused('reason_missing');
  const needsReference = event === 'incident' || event === 'duplicate';
  if (needsReference && !entry.refersTo?.trim()) return refused('reference_missing');
  return done([...history, { ...entry, to }]);
}
