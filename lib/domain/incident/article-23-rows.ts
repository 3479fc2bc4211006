import { parseDuration } from '@/lib/domain/deadline/duration';
import {
  type JsonObject,
  MalformedData,
  readArray,
  readObject,
  readOneOf,
  readText,
  readTextOrNull,
} from '@/lib/domain/rules/read-json';
import { filedAnchor, REQUEST_DUE_AT, REQUESTED_AT } from './anchors';
import { type ConditionRow, holds, limitRow, plainTerms, row } from './row';
import type { ContentField, TemplateRow } from './template';

export const NIS2 = 'nis2';
/** Member States apply the Directive from this day (Article 41). */
const APPLICABLE_FROM = '2024-10-18';

/** A sector with a law of its own reports under that (Article 4), and only essential and important entities report. */
const IN_SCOPE: readonly ConditionRow[] = [holds('in_scope'), { fact: 'lex_specialis', op: '!=', value: 'dora' }];
const SIGNIFICANT: readonly ConditionRow[] = [...IN_SCOPE, holds('significant')];
const STILL_ONGOING: readonly ConditionRow[] = [...SIGNIFICANT, holds('ongoing_when_final_due')];

/** What starts each stage; the catalogue gives its clock. */
const CONDITIONS_OF: Readonly<Record<string, readonly ConditionRow[]>> = {
  early_warning: SIGNIFICANT,
  incident_notification: SIGNIFICANT,
  // An authority's request is a duty by itself.
  intermediate_report: [],
  final_report: SIGNIFICANT,
  progress_report: STILL_ONGOING,
  final_report_after_progress: STILL_ONGOING,
};

/** The catalogue's anchors in the words of the clock. */
const ANCHOR_OF: Readonly<Record<string, string>> = {
  aware_at: 'aware_at',
  handled_at: 'handled_at',
  request_at: REQUESTED_AT,
  notification_submitted_at: filedAnchor('first', 'incident_notification'),
};

/**
 * The rows of Article 23 of Directive (EU) 2022/2555: its stages, the shorter limits some entity types have, and the
 * notices to service recipients.
 * @throws MalformedData if a stage, anchor or notice is not mapped.
 */
export function article23Rows(reporting: unknown): readonly TemplateRow[] {
  const source = readObject(reporting, 'reporting');
  const version = readText(source['version'], 'version');
  const stages = readArray(
    source['stages'],
    'stages',
    (item, path) => stageRows(readObject(item, path), path, version),
    1,
  );
  const notices = readArray(source['recipient_notices'], 'recipient_notices', (item, path) =>
    noticeRow(readObject(item, path), path, version),
  );
  return [...stages.flat(), ...notices];
}

function stageRows(stage: JsonObject, path: string, version: string): readonly TemplateRow[] {
  const id = readText(stage['id'], `${path}.id`);
  const conditions = CONDITIONS_OF[id];
  if (!conditions) throw new MalformedData(path, `stage ${id} is not mapped`);
  const deadline = readObject(stage['deadline'], `${path}.deadline`);
  const from = readText(deadline['from'], `${path}.deadline.from`);
  const anchor = ANCHOR_OF[from];
  if (!anchor) throw new MalformedData(path, `anchor ${from} is not mapped`);
  const isRequest = anchor === REQUESTED_AT;
  const target = readObject(stage['internal_target'], `${path}.internal_target`);
  const base = row({
    id: `${NIS2}.${id}`,
    version,
    regime: NIS2,
    stage: id,
    name: readText(stage['name'], `${path}.name`),
    reference: readText(stage['reference'], `${path}.reference`),
    wording: readTextOrNull(deadline['wording'], `${path}.deadline.wording`),
    recipient: 'csirt',
    conditions,
    deadline: plainTerms(
      anchor,
      isRequest
        ? { kind: 'date_set', anchor: REQUEST_DUE_AT }
        : limitRow(deadline['duration'], `${path}.deadline.duration`),
      parseDuration(target['duration'], `${path}.internal_target.duration`),
    ),
    content: readArray(stage['legal_fields'], `${path}.legal_fields`, readContent, 1),
    applicableFrom: APPLICABLE_FROM,
    replacesStage: id === 'final_report_after_progress' ? 'final_report' : null,
  });
  const overrides = readArray(stage['deadline_overrides'], `${path}.deadline_overrides`, (item, itemPath) =>
    overrideRow(base, readObject(item, itemPath), itemPath),
  );
  return [base, ...overrides];
}

/** A shorter limit for some entity types, as a second row that the de-duplication key brings together with the first. */
function overrideRow(base: TemplateRow, override: JsonObject, path: string): TemplateRow {
  const types = readArray(override['entity_types'], `${path}.entity_types`, readText, 1);
  const isTrust = types.includes('trust');
  const own: ConditionRow[] = [{ fact: 'entity_type', op: 'in', value: types }];
  if (isTrust) own.push(holds('trust_services_affected'));
  return {
    ...base,
    id: `${base.id}.${types.join('-')}`,
    reference: readText(override['reference'], `${path}.reference`),
    wording: readText(override['when'], `${path}.when`),
    conditions: [...base.conditions, ...own],
    deadline: { ...base.deadline, limit: limitRow(override['duration'], `${path}.duration`) },
  };
}

const NOTICES: Readonly<Record<string, Pick<TemplateRow, 'recipient' | 'conditions' | 'deadline'>>> = {
  recipient_incident: {
    recipient: 'service-recipients',
    conditions: [...SIGNIFICANT, holds('recipients_may_be_affected')],
    deadline: plainTerms('aware_at', { kind: 'without_undue_delay' }),
  },
  recipient_threat: {
    recipient: 'service-recipients',
    conditions: [...IN_SCOPE, holds('significant_cyber_threat')],
    deadline: plainTerms('threat_known_at', { kind: 'without_undue_delay' }),
  },
  public_information: {
    recipient: 'public',
    conditions: [],
    deadline: plainTerms(REQUESTED_AT, { kind: 'date_set', anchor: REQUEST_DUE_AT }),
  },
};

function noticeRow(notice: JsonObject, path: string, version: string): TemplateRow {
  const id = readText(notice['id'], `${path}.id`);
  const own = NOTICES[id];
  if (!own) throw new MalformedData(path, `notice ${id} is not mapped`);
  return row({
    id: `${NIS2}.${id}`,
    version,
    regime: NIS2,
    stage: id,
    name: readText(notice['when'], `${path}.when`),
    reference: readText(notice['reference'], `${path}.reference`),
    wording: readText(notice['deadline'], `${path}.deadline`),
    isRecipientNational: false,
    content: readArray(notice['content'], `${path}.content`, (item, itemPath): ContentField => {
      const label = readText(item, itemPath);
      return { id: label.replaceAll(/[^a-z0-9]+/gi, '_').toLowerCase(), label, required: 'required' };
    }),
    applicableFrom: APPLICABLE_FROM,
    ...own,
  });
}

function readContent(value: unknown, path: string): ContentField {
  const field = readObject(value, path);
  return {
    id: readText(field['id'], `${path}.id`),
    label: readText(field['label'], `${path}.label`),
    required: readOneOf(field['required'], `${path}.required`, ['required', 'where_applicable', 'where_available']),
  };
}
