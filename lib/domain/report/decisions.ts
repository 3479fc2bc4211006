import type { DecisionSubject, FrozenDecision } from '../snapshot/facts';
import type { ReportContext } from './report-context';
import type { Decision } from './model';
import { fill, fillCounted } from './texts';

/** What the management body is asked to decide, with options, cost, owner and date. */
export function decisionsOf(context: ReportContext): Decision[] {
  return context.content.facts.decisions.map((decision) => ({
    ...wordsOf(decision, context),
    owner: decision.owner,
    dueOn: decision.dueOn,
    ref: decision.record,
  }));
}

type DecisionWords = Pick<Decision, 'title' | 'reason' | 'options'>;

function wordsOf({ subject }: FrozenDecision, context: ReportContext): DecisionWords {
  if (subject.kind === 'recorded') return subject;
  return subject.kind === 'cap' ? capWords(subject, context) : controlWords(subject, context);
}

function capWords(
  { cap, capBp, entities }: Extract<DecisionSubject, { kind: 'cap' }>,
  { content, texts, format }: ReportContext,
): DecisionWords {
  const { capTitle, capReason, optionAct, optionAccept } = texts.decisions;
  const [first = ''] = entities;
  const entity = content.entities.find(({ input }) => input.id === first)?.name ?? first;
  return {
    title: fill(capTitle, { cap: texts.caps[cap] ?? cap }),
    reason: fillCounted(capReason, entities.length, { entity, score: format.score(capBp) }),
    options: [unpriced(optionAct), unpriced(optionAccept)],
  };
}

function controlWords(
  { control, gainBp }: Extract<DecisionSubject, { kind: 'control' }>,
  { titleOf, texts, format }: ReportContext,
): DecisionWords {
  const { controlTitle, controlReason, optionAct, optionWait } = texts.decisions;
  return {
    title: fill(controlTitle, { title: titleOf(control), control }),
    reason: fill(controlReason, { gain: format.size(gainBp) }),
    options: [unpriced(optionAct), unpriced(optionWait)],
  };
}

function unpriced(label: string): Decision['options'][number] {
  return { label, cost: null };
}
