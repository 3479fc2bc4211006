import type { EntityInput } from '../score/input';
import type { MethodR1 } from '../score/method';
import type { SnapshotContent } from './content';
import type { ScoreDifference } from './facts';
import { scoreGroup } from './scoring';
import { inheritScope, translate } from './scope';

/** What of a snapshot the difference is computed from. */
export type Scored = Pick<SnapshotContent, 'entities' | 'group' | 'day' | 'method' | 'catalogue'>;

/**
 * Splits the change between two snapshots of the same organisation into its causes (domain.md §6).
 *
 * Decay is the old inputs on the new day. The rest is asked twice, once under the old rules and once under the new,
 * and the mean of both answers is taken: so it does not matter in which order one imagines the changes to have come.
 * When the rules are the same, both answers are the same and the part of the method is 0.
 */
export function difference(previous: Scored, current: Scored): ScoreDifference {
  const before = previous.entities.map((entity) => entity.input);
  const after = current.entities.map((entity) => entity.input);
  const kept = inheritScope(before, after);
  const provenUnder = (method: MethodR1, inputs: readonly EntityInput[]): number =>
    scoreGroup(inputs, current.day, method).proven;
  const forward = (inputs: readonly EntityInput[]) => translate(inputs, previous.catalogue, current.catalogue);

  const old = {
    aged: provenUnder(previous.method, before),
    withWork: provenUnder(previous.method, kept),
    withScope: provenUnder(previous.method, translate(after, current.catalogue, previous.catalogue)),
  };
  const anew = {
    aged: provenUnder(current.method, forward(before)),
    withWork: provenUnder(current.method, forward(kept)),
    withScope: current.group.proven,
  };
  const total = current.group.proven - previous.group.proven;
  const decay = old.aged - previous.group.proven;
  const real = half(old.withWork - old.aged + (anew.withWork - anew.aged));
  const method = half(anew.aged - old.aged + (anew.withScope - old.withScope));
  return { total, real, decay, scope: total - decay - real - method, method };
}

function half(twice: number): number {
  return Math.trunc(twice / 2);
}
