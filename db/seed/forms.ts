import type { SeedProof } from './plan-types';
import { dayText, type Setting } from './setting';

/** Minutes with a vote, as the form asks for them (Article 20(1)). */
export function boardMinutes({ plan }: Setting, proof: SeedProof, on: Date): Record<string, unknown> {
  const present = plan.people.filter(({ functions }) => functions.includes('board')).map(({ name }) => name);
  return {
    kind: 'board_minutes',
    meetingOn: dayText(on),
    item: proof.title,
    decision: 'approved',
    resolution:
      'The management body approves the measures as presented, names their owners and asks for a report on their effect in every quarter.',
    inFavour: present.length,
    against: 0,
    abstained: 0,
    present,
  };
}

/** Proof of the management body's own training, person by person (Article 20(2)). */
export function trainingProof({ plan, people }: Setting, proof: SeedProof, on: Date): Record<string, unknown> {
  const members = plan.people.filter(({ functions }) => functions.includes('board'));
  return {
    kind: 'training_record',
    module: proof.title,
    heldOn: dayText(on),
    provider: 'Kontor Academy',
    hours: 4,
    participants: members.map(({ key }, index) => ({ personId: people.get(key), passed: true, score: 78 + index * 6 })),
  };
}
