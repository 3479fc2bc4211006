import { setImmediate } from 'node:timers/promises';
import type { CompiledPolicySet } from './compile/policy-set';
import { type Decision, decideInput } from './decide';
import { type EntityJson, EntityStore } from './entity-store';
import type { RequestJson } from './request';

/** A decision as it was recorded: the input and what came of it. */
export interface RecordedDecision {
  readonly id: string;
  readonly request: RequestJson;
  /** The entities the request brought along; they are laid over the replay's base. */
  readonly entities?: readonly EntityJson[];
  readonly effect: 'allow' | 'deny';
}

/** One recorded request that would now be decided the other way. */
export interface ReplayChange {
  readonly id: string;
  readonly kind: 'newly-denied' | 'newly-allowed';
  readonly before: 'allow' | 'deny';
  readonly after: Decision;
}

export interface ReplaySummary {
  readonly replayed: number;
  readonly newlyDenied: number;
  readonly newlyAllowed: number;
  /** Requests on which some policy of the candidate set failed; each is denied. */
  readonly erroneous: number;
  /** Records that could not be read as a request; each is denied. */
  readonly unreadable: number;
}

export interface ReplayOptions {
  /** Entities shared by all records, such as today's agents and groups. */
  readonly base?: EntityStore;
  /** Compare with this set's decisions instead of the recorded ones. */
  readonly current?: CompiledPolicySet;
  /** Longest time in milliseconds to hold the event loop before letting others run. Default 10. */
  readonly sliceMs?: number;
}

/**
 * Decides recorded requests again under a candidate set and yields each that changes; returns the totals.
 *
 * Streams: holds one record at a time, and stops reading when the consumer stops. A million records with their
 * own entities take about 17 seconds, the reading of their JSON included (`bench/policy.ts`).
 */
export async function* replay(
  records: AsyncIterable<RecordedDecision> | Iterable<RecordedDecision>,
  candidate: CompiledPolicySet,
  { base = EntityStore.EMPTY, current, sliceMs = 10 }: ReplayOptions = {},
): AsyncGenerator<ReplayChange, ReplaySummary> {
  const totals = { replayed: 0, newlyDenied: 0, newlyAllowed: 0, erroneous: 0, unreadable: 0 };
  let sliceEnd = performance.now() + sliceMs;
  for await (const record of records) {
    const before = current ? decideInput(current, record, base).effect : record.effect;
    const after = decideInput(candidate, record, base);
    totals.replayed++;
    if (after.errors.length > 0) totals.erroneous++;
    if (after.basis === 'invalid-input') totals.unreadable++;
    if (after.effect !== before) {
      const isDenied = after.effect === 'deny';
      if (isDenied) totals.newlyDenied++;
      else totals.newlyAllowed++;
      yield { id: record.id, kind: isDenied ? 'newly-denied' : 'newly-allowed', before, after };
    }
    if (performance.now() >= sliceEnd) {
      await setImmediate();
      sliceEnd = performance.now() + sliceMs;
    }
  }
  return totals;
}
