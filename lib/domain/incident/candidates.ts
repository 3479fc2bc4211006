import type { DeadlineTerms, Limit } from '@/lib/domain/deadline/deadline';
import type { DurationUnit } from '@/lib/domain/deadline/duration';
import { localDate } from '@/lib/domain/deadline/instant';
import type { Facts } from '@/lib/domain/rules/condition';
import { evaluate } from '@/lib/domain/rules/evaluate';
import type { Truth } from '@/lib/domain/rules/truth';
import { instantsFor, REQUESTED_AT } from './anchors';
import { nationalRecipient } from './authority';
import type { GenerationInput } from './generation';
import type { Obligation, ObligationTerms } from './obligation';
import type { ObligationTemplate } from './template';
import { withEvents } from './trigger-facts';

/** An obligation a template asks for, before de-duplication. */
export interface Candidate extends Target {
  readonly incident: string;
  readonly regime: string;
  readonly stage: string;
  /** `yes` or `unknown`; a template whose conditions fail for certain makes no candidate. */
  readonly truth: Truth;
  readonly terms: ObligationTerms;
}

/** To whom, and in answer to which request. */
type Target = Pick<Obligation, 'recipient' | 'jurisdiction' | 'request'>;

/** What the approved and applicable templates ask for, given the facts. */
export function candidatesFor(input: GenerationInput): readonly Candidate[] {
  const facts = withEvents(input.facts);
  const rows = input.templates.filter((template) => isInForce(template, input));
  return rows.flatMap((template) => {
    const verdict = evaluate({ kind: 'all', parts: template.conditions }, facts);
    if (verdict.truth === 'no') return [];
    return targetsOf(template, rows, input).map((target) => ({
      ...target,
      incident: input.incident,
      regime: template.regime,
      stage: template.stage,
      truth: verdict.truth,
      terms: termsOf(template, facts, input.calendarOf(target.jurisdiction).zone, verdict.missing),
    }));
  });
}

/** Whether a template that is in force says for certain that it does not apply. One that was withdrawn says nothing. */
export function isRuledOut(templateId: string, input: GenerationInput): boolean {
  const template = input.templates.find((each) => each.id === templateId && isInForce(each, input));
  if (!template) return false;
  return evaluate({ kind: 'all', parts: template.conditions }, withEvents(input.facts)).truth === 'no';
}

/** The candidate with the shortest limit; among equals a certain one, then the first by template id. */
export function strictest(candidates: readonly Candidate[]): Candidate {
  const rank = (candidate: Candidate) => (candidate.truth === 'yes' ? 0 : 1);
  const [first] = candidates.toSorted(
    (left, right) =>
      compareStrictness(left.terms.deadline, right.terms.deadline) ||
      rank(left) - rank(right) ||
      (left.terms.template < right.terms.template ? -1 : 1),
  );
  if (!first) throw new RangeError('there is no candidate to choose from');
  return first;
}

/** Negative if the left terms are stricter. Periods of different units are compared by the shortest they can be. */
export function compareStrictness(left: DeadlineTerms, right: DeadlineTerms): number {
  const leftHours = shortestHours(left.limit);
  const rightHours = shortestHours(right.limit);
  return leftHours === rightHours ? 0 : leftHours - rightHours;
}

const SHORTEST_HOURS: Readonly<Record<DurationUnit, number>> = {
  hours: 1,
  days: 23,
  working_days: 23,
  calendar_months: 28 * 24 - 1,
};

function shortestHours(limit: Limit): number {
  return limit.kind === 'period' ? limit.duration.n * SHORTEST_HOURS[limit.duration.unit] : Infinity;
}

/** An exercise may practise a duty before it applies. */
function isInForce(template: ObligationTemplate, input: GenerationInput): boolean {
  if (template.status !== 'approved' || (template.isDrillOnly && !input.isDrill)) return false;
  const { zone } = input.calendarOf(template.jurisdiction);
  const date = localDate(instantsFor(template.regime, input).aware_at ?? input.now, zone);
  const hasBegun = input.isDrill || (template.applicableFrom ?? '') <= date;
  return hasBegun && date <= (template.applicableTo ?? '9999-12-31');
}

function targetsOf(
  template: ObligationTemplate,
  rows: readonly ObligationTemplate[],
  input: GenerationInput,
): readonly Target[] {
  const { regime, stage, recipient, isRecipientNational } = template;
  const isMeantFor = (jurisdiction: string | null) => rowsFor(jurisdiction, template, rows).includes(template);
  if (template.deadline.anchor === REQUESTED_AT) {
    return input.requests
      .filter((request) => request.regime === regime && request.stage === stage && isMeantFor(request.jurisdiction))
      .map((request) => ({ recipient: request.recipient, jurisdiction: request.jurisdiction, request: request.id }));
  }
  if (!isRecipientNational) return [{ recipient, jurisdiction: null, request: '' }];
  const countries = input.jurisdictions[regime] ?? [];
  return (countries.length === 0 ? [null] : countries)
    .filter(isMeantFor)
    .map((jurisdiction) => ({ recipient: nationalRecipient(recipient, jurisdiction), jurisdiction, request: '' }));
}

/**
 * The rows of a stage that count for a country: its own if it has any, otherwise those for all countries. A row that
 * answers requests and one that the law starts do not stand in for each other.
 */
function rowsFor(
  jurisdiction: string | null,
  { regime, stage, deadline }: ObligationTemplate,
  rows: readonly ObligationTemplate[],
): readonly ObligationTemplate[] {
  const isOnRequest = deadline.anchor === REQUESTED_AT;
  const ofStage = rows.filter(
    (row) => row.regime === regime && row.stage === stage && (row.deadline.anchor === REQUESTED_AT) === isOnRequest,
  );
  const own = ofStage.filter((row) => row.jurisdiction !== null && row.jurisdiction === jurisdiction);
  return own.length > 0 ? own : ofStage.filter((row) => row.jurisdiction === null);
}

function termsOf(
  template: ObligationTemplate,
  facts: Facts,
  zone: string,
  assumed: readonly string[],
): ObligationTerms {
  const { id, version, name, reference, wording, content, deadline, replacesStage } = template;
  return {
    template: id,
    templateVersion: version,
    name,
    reference,
    wording,
    deadline,
    isRollExempt: isRollExempt(template, facts),
    zone,
    content,
    replacesStage,
    assumed,
  };
}

/** What nobody has stated counts as an exception: the stricter reading. */
function isRollExempt({ rollExceptions }: ObligationTemplate, facts: Facts): boolean {
  return evaluate({ kind: 'any', parts: rollExceptions }, facts).truth !== 'no';
}
