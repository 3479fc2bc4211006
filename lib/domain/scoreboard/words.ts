import { isoDate } from '../score/calendar';
import type { ExplanationSubject } from '../score/explain';
import type { Reason } from '../score/input';
import type { NextStep } from '../score/next-steps';

/**
 * English sentences for machines that read the API and for people who read its answers raw. The interface words the
 * same facts itself, in English and German, from the kinds, ids and keys that stand beside them.
 */
export interface Names {
  readonly control: (id: string) => string;
  /** Name of a layer or of an entity. */
  readonly part: (id: string) => string;
}

type Params = Reason['params'];

const REASONS: Readonly<Record<string, (params: Params) => string>> = {
  'score.caps.boardApproval.never': () => 'The management body has not approved the measures.',
  'score.caps.boardApproval.expired': ({ lastDay }) =>
    `The management body's approval of the measures ended on ${dateOf(lastDay)}.`,
  'score.caps.boardTraining.untrained': ({ count, total }) =>
    `${count} of ${total} members of the management body lack valid training.`,
  'score.caps.registration.missing': () => 'There is no confirmation of the statutory registration.',
  'score.caps.registration.changeOverdue': ({ dueDay }) =>
    `A change of the registration was due on ${dateOf(dueDay)} and is not reported.`,
  'score.caps.reporting.overdue': ({ count }) => `${count} reporting duties are past due, undecided or unfiled.`,
  'score.caps.knownGap.unmanaged': ({ count }) =>
    `${count} known gaps have had no owner or no due date for more than 30 days.`,
  'score.caps.prohibitedAi.open': ({ count }) => `${count} findings of a prohibited AI practice are open.`,
  'score.caps.expiredModel.expired': ({ count }) => `${count} critical AI systems run past their authorisation date.`,
};

/** Why a cap is open. An unknown key is shown as it is. */
export function reasonText({ key, params }: Reason): string {
  return REASONS[key]?.(params) ?? key;
}

/** The name of what a line of an explanation is about. */
export function subjectName({ kind, id }: ExplanationSubject, names: Names): string {
  if (kind === 'cap-loss') return id;
  return kind === 'entity' || kind === 'weakest-loss' ? names.part(id) : names.control(id);
}

/** A line of an explanation as a sentence. */
export function lineText(line: ExplanationSubject, names: Names): string {
  return LINES[line.kind](line.id, subjectName(line, names));
}

const LINES: Readonly<Record<ExplanationSubject['kind'], (id: string, name: string) => string>> = {
  control: (id, name) => `${id} ${name}`,
  'control-gap': (id, name) => `${id} ${name}`,
  entity: (_id, name) => name,
  'key-loss': (id, name) => `Lost to the weak key control ${id} ${name}`,
  'weakest-loss': (_id, name) => `Lost to the weakest link: ${name}`,
  'cap-loss': (id) => `Lost to the hard cap ${id}`,
};

/** A next step as something to do. */
export function stepText(step: NextStep, names: Names): string {
  if (step.kind === 'cap') return `Resolve what opens the hard cap ${step.capId}`;
  const control = `${step.controlId} ${names.control(step.controlId)}`;
  if ('to' in step) return `${control}: raise ${step.kind} to ${step.to}`;
  return `${control}: ${step.kind === 'renewal' ? 'renew the' : 'add'} evidence (${step.strength})`;
}

function dateOf(day: string | number | undefined): string {
  return isoDate(Number(day));
}
