import { awaitsAnswer, awaitsCompletion } from './filing';
import { type Machine, nextState } from './machine';
import { isOutstanding, type Obligation } from './obligation';
import { refused, type Result } from './result';

/** Operational state of an incident. It says nothing about reporting: a recovered incident keeps its timers. */
export type IncidentState = 'open' | 'contained' | 'recovered' | 'review' | 'closed';

export type IncidentEvent = 'contain' | 'recover' | 'start_review' | 'close' | 'reopen' | 'reclassify';

export const INCIDENT_MACHINE: Machine<IncidentState, IncidentEvent> = {
  initial: 'open',
  final: ['closed'],
  transitions: [
    { from: 'open', event: 'contain', to: 'contained' },
    { from: 'open', event: 'recover', to: 'recovered' },
    { from: 'contained', event: 'recover', to: 'recovered' },
    { from: 'recovered', event: 'start_review', to: 'review' },
    { from: 'review', event: 'close', to: 'closed' },
    ...(['contained', 'recovered', 'review', 'closed'] as const).map(
      (from) => ({ from, event: 'reopen', to: 'open' }) as const,
    ),
    ...(['open', 'contained', 'recovered', 'review'] as const).map(
      (state) => ({ from: state, event: 'reclassify', to: state }) as const,
    ),
  ],
};

/** Why an incident cannot be closed yet. */
export interface CloseBlocker {
  readonly obligation: string;
  readonly because: 'undecided' | 'unfiled' | 'incomplete' | 'authority_waits';
}

export type IncidentRefusal = 'not_possible_now' | 'obligations_outstanding';

/** Steps an incident. Closing is refused while {@link closeBlockers} finds something. */
export function stepIncident(
  state: IncidentState,
  event: IncidentEvent,
  obligations: readonly Obligation[],
): Result<IncidentState, IncidentRefusal> {
  const next = nextState(INCIDENT_MACHINE, state, event);
  if (next === null) return refused('not_possible_now');
  if (next === 'closed' && closeBlockers(obligations).length > 0) return refused('obligations_outstanding');
  return { ok: true, value: next };
}

/**
 * Everything that keeps an incident open: undecided, required and unfiled, filed incompletely only, or an authority's
 * question without answer.
 */
export function closeBlockers(obligations: readonly Obligation[]): readonly CloseBlocker[] {
  return obligations.flatMap((obligation): readonly CloseBlocker[] => {
    const { key, request, state } = obligation;
    if (awaitsAnswer(obligation.filings)) return [{ obligation: key, because: 'authority_waits' }];
    if (awaitsCompletion(obligation.filings)) return [{ obligation: key, because: 'incomplete' }];
    if (!isOutstanding(obligation)) return [];
    if (request !== '') return [{ obligation: key, because: 'authority_waits' }];
    return [{ obligation: key, because: state === 'to_decide' ? 'undecided' : 'unfiled' }];
  });
}
