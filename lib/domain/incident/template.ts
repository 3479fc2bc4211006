import type { DeadlineTerms, Limit } from '@/lib/domain/deadline/deadline';
import { type Duration, type DurationUnit, durationOf, type Roll } from '@/lib/domain/deadline/duration';
import { isLocalDate } from '@/lib/domain/deadline/instant';
import type { Condition } from '@/lib/domain/rules/condition';
import { readCondition } from '@/lib/domain/rules/read-condition';
import {
  MalformedData,
  readArray,
  readBoolean,
  readObject,
  readOneOf,
  readText,
  readTextOrNull,
} from '@/lib/domain/rules/read-json';
import { TRIGGER_FACTS } from './trigger-facts';

/** A field of the report the law or the form asks for. */
export interface ContentField {
  readonly id: string;
  readonly label: string;
  readonly required: 'required' | 'where_applicable' | 'where_available';
}

/** A template as stored: plain JSON, its conditions in the notation of the catalogue. */
export interface TemplateRow extends Omit<ObligationTemplate, 'conditions' | 'rollExceptions'> {
  readonly conditions: readonly unknown[];
  readonly rollExceptions: readonly unknown[];
}

/** An obligation template: data with validity dates, of which only approved rows generate. */
export interface ObligationTemplate {
  readonly id: string;
  readonly version: string;
  readonly regime: string;
  readonly stage: string;
  readonly name: string;
  /** Where the duty stands in the law. */
  readonly reference: string;
  /** The limit in the words of the law, null if the catalogue gives none. */
  readonly wording: string | null;
  /** Country the row is for. For its stage it takes the place of the row for all countries (null). */
  readonly jurisdiction: string | null;
  /** Kind of recipient, such as `csirt`. */
  readonly recipient: string;
  /** There is one such recipient per country. */
  readonly isRecipientNational: boolean;
  /** All must hold. Two rows stand for an "or"; they meet again in the de-duplication key. */
  readonly conditions: readonly Condition[];
  readonly deadline: DeadlineTerms;
  /** Any of these keeps the deadline from rolling; one that is open counts as met, the stricter reading. */
  readonly rollExceptions: readonly Condition[];
  readonly content: readonly ContentField[];
  /** First and last local date of awareness the row applies to, `YYYY-MM-DD`. */
  readonly applicableFrom: string | null;
  readonly applicableTo: string | null;
  readonly status: 'draft' | 'approved' | 'retired';
  /** Generates in exercises only, for example while a duty is adopted but not yet applicable. */
  readonly isDrillOnly: boolean;
  /** Stage whose obligation this one takes the place of, as a proposal for a person to decide. */
  readonly replacesStage: string | null;
}

const UNITS: readonly DurationUnit[] = ['hours', 'days', 'working_days', 'calendar_months'];
const ROLLS: readonly Roll[] = ['none', 'next_working_day_end', 'next_working_day_noon'];
const STATUSES: readonly ObligationTemplate['status'][] = ['draft', 'approved', 'retired'];
const NEEDS: readonly ContentField['required'][] = ['required', 'where_applicable', 'where_available'];

/** Reads a stored row. @throws MalformedData if anything in it could not be evaluated later. */
export function readTemplate(value: unknown, path = 'template'): ObligationTemplate {
  const row = readObject(value, path);
  const text = (key: string) => readText(row[key], `${path}.${key}`);
  const textOrNull = (key: string) => readTextOrNull(row[key], `${path}.${key}`);
  return {
    id: text('id'),
    version: text('version'),
    regime: text('regime'),
    stage: text('stage'),
    name: text('name'),
    reference: text('reference'),
    wording: textOrNull('wording'),
    jurisdiction: textOrNull('jurisdiction'),
    recipient: text('recipient'),
    isRecipientNational: readBoolean(row['isRecipientNational'], `${path}.isRecipientNational`),
    conditions: readArray(row['conditions'], `${path}.conditions`, readTrigger),
    deadline: readDeadlineTerms(row['deadline'], `${path}.deadline`),
    rollExceptions: readArray(row['rollExceptions'], `${path}.rollExceptions`, readTrigger),
    content: readArray(row['content'], `${path}.content`, readContentField),
    applicableFrom: readDateOrNull(row['applicableFrom'], `${path}.applicableFrom`),
    applicableTo: readDateOrNull(row['applicableTo'], `${path}.applicableTo`),
    status: readOneOf(row['status'], `${path}.status`, STATUSES),
    isDrillOnly: readBoolean(row['isDrillOnly'], `${path}.isDrillOnly`),
    replacesStage: textOrNull('replacesStage'),
  };
}

function readTrigger(value: unknown, path: string): Condition {
  return readCondition(value, path, { facts: TRIGGER_FACTS, named: new Map() });
}

function readDeadlineTerms(value: unknown, path: string): DeadlineTerms {
  const source = readObject(value, path);
  const { notLaterThan, internalTarget } = source;
  const terms = {
    anchor: readText(source['anchor'], `${path}.anchor`),
    limit: readLimit(source['limit'], `${path}.limit`),
    notLaterThan: notLaterThan === null ? null : readOuterLimit(notLaterThan, `${path}.notLaterThan`),
    roll: readOneOf(source['roll'], `${path}.roll`, ROLLS),
    internalTarget: internalTarget === null ? null : readDuration(internalTarget, `${path}.internalTarget`),
  };
  // Article 3(4) of Regulation 1182/71 moves the end of a period "expressed otherwise than in hours".
  if (terms.roll === 'next_working_day_end' && isInHours(terms)) {
    throw new MalformedData(`${path}.roll`, 'a period in hours does not move to the end of a working day');
  }
  return terms;
}

function isInHours({ limit, notLaterThan }: Pick<DeadlineTerms, 'limit' | 'notLaterThan'>): boolean {
  return (limit.kind === 'period' && limit.duration.unit === 'hours') || notLaterThan?.duration.unit === 'hours';
}

function readLimit(value: unknown, path: string): Limit {
  const source = readObject(value, path);
  const kind = readOneOf(source['kind'], `${path}.kind`, ['period', 'date_set', 'without_undue_delay'] as const);
  if (kind === 'period') return { kind, duration: readDuration(source['duration'], `${path}.duration`) };
  if (kind === 'date_set') return { kind, anchor: readText(source['anchor'], `${path}.anchor`) };
  return { kind };
}

function readOuterLimit(value: unknown, path: string): { anchor: string; duration: Duration } {
  const source = readObject(value, path);
  const duration = readDuration(source['duration'], `${path}.duration`);
  return { anchor: readText(source['anchor'], `${path}.anchor`), duration };
}

function readDuration(value: unknown, path: string): Duration {
  const source = readObject(value, path);
  return durationOf(source['n'], readOneOf(source['unit'], `${path}.unit`, UNITS), path);
}

function readContentField(value: unknown, path: string): ContentField {
  const source = readObject(value, path);
  return {
    id: readText(source['id'], `${path}.id`),
    label: readText(source['label'], `${path}.label`),
    required: readOneOf(source['required'], `${path}.required`, NEEDS),
  };
}

function readDateOrNull(value: unknown, path: string): string | null {
  const text = readTextOrNull(value, path);
  if (text !== null && !isLocalDate(text)) throw new MalformedData(path, 'must be a day of the calendar');
  return text;
}
