import type { DeadlineTerms, Limit } from '@/lib/domain/deadline/deadline';
import { type Duration, parseDuration } from '@/lib/domain/deadline/duration';
import type { TemplateRow } from './template';

/** A condition of a template in the catalogue's notation. */
export interface ConditionRow {
  readonly fact: string;
  readonly op: '==' | '!=' | 'in';
  readonly value: string | boolean | readonly string[];
}

/** The usual condition: the fact holds. */
export function holds(fact: string): ConditionRow {
  return { fact, op: '==', value: true };
}

/** A limit in the catalogue's notation; null means without undue delay. */
export function limitRow(duration: unknown, path: string): Limit {
  if (duration === null) return { kind: 'without_undue_delay' };
  return { kind: 'period', duration: parseDuration(duration, path) };
}

/** Terms without outer limit, roll or target of the house. */
export function plainTerms(anchor: string, limit: Limit, internalTarget: Duration | null = null): DeadlineTerms {
  return { anchor, limit, notLaterThan: null, roll: 'none', internalTarget };
}

/** A row with what most rows have in common. */
export function row(
  own: Pick<TemplateRow, 'id' | 'version' | 'regime' | 'stage' | 'name' | 'reference' | 'recipient' | 'deadline'> &
    Partial<TemplateRow>,
): TemplateRow {
  return {
    wording: null,
    jurisdiction: null,
    isRecipientNational: true,
    conditions: [],
    rollExceptions: [],
    content: [],
    applicableFrom: null,
    applicableTo: null,
    status: 'approved',
    isDrillOnly: false,
    replacesStage: null,
    ...own,
  };
}
