import type { Roll } from '@/lib/domain/deadline/duration';
import {
  type JsonObject,
  MalformedData,
  readArray,
  readObject,
  readText,
  readTextOrNull,
} from '@/lib/domain/rules/read-json';
import { filedAnchor, INCIDENT_INSTANTS, REQUEST_DUE_AT, REQUESTED_AT } from './anchors';
import { type ConditionRow, holds, limitRow, plainTerms, row } from './row';
import type { TemplateRow } from './template';

/** A regime beside NIS2: to whom, since when, how deadlines roll. Its clocks stand in the catalogue. */
interface Regime {
  readonly recipient: string;
  readonly isRecipientNational: boolean;
  readonly applicableFrom: string;
  /** How limits in days or months roll; hours never do unless `hoursRollToo`. */
  readonly roll: Roll;
  readonly hoursRollToo?: boolean;
  /** By the catalogue's stage name; null for a remark that is no obligation. */
  readonly stages: Readonly<Record<string, readonly Stage[] | null>>;
}

/** An obligation of a regime. Two stages under one name stand for an "or". */
interface Stage {
  readonly stage: string;
  /** None where an authority's request is a duty by itself. */
  readonly conditions: readonly ConditionRow[];
  readonly id?: string;
  readonly recipient?: string;
  readonly rollExceptions?: readonly ConditionRow[];
}

const BREACH = [holds('personal_data_breach')];
const RISKY_BREACH: readonly ConditionRow[] = [
  ...BREACH,
  holds('acts_as_controller'),
  { fact: 'risk_to_persons_unlikely', op: '==', value: false },
];
const MAJOR: readonly ConditionRow[] = [
  { fact: 'lex_specialis', op: '==', value: 'dora' },
  holds('major_ict_incident'),
];
/** Whose first two reports a weekend does not move: Article 5(5) and (6) of Delegated Regulation (EU) 2025/301. */
const WEEKEND_REPORTERS: readonly ConditionRow[] = [
  { fact: 'entity_type', op: 'in', value: ['credit-institution', 'trading-venue', 'ccp'] },
  holds('in_scope'),
  holds('systemic_financial_entity'),
];
const SERIOUS = [holds('ai_high_risk_provider'), holds('ai_serious_incident')];
const EXPLOITED = [holds('product_manufacturer'), holds('actively_exploited_vulnerability')];
const SEVERE = [holds('product_manufacturer'), holds('severe_product_incident')];
const CRITICAL = [holds('cer_critical_entity'), holds('essential_service_disrupted')];

const exploitedOrSevere = (stage: string): readonly Stage[] => [
  { stage, conditions: EXPLOITED, id: 'vulnerability' },
  { stage, conditions: SEVERE, id: 'incident' },
];

const REGIMES: Readonly<Record<string, Regime>> = {
  gdpr: {
    recipient: 'data-protection-authority',
    isRecipientNational: true,
    applicableFrom: '2018-05-25',
    roll: 'none',
    stages: {
      'authority notification': [{ stage: 'authority_notification', conditions: RISKY_BREACH }],
      'data subjects': [
        {
          stage: 'data_subjects',
          recipient: 'data-subjects',
          conditions: [...BREACH, holds('acts_as_controller'), holds('high_risk_to_persons')],
        },
      ],
      'processor to controller': [
        { stage: 'processor_notice', recipient: 'controller', conditions: [...BREACH, holds('acts_as_processor')] },
      ],
    },
  },
  ai_act_73: {
    recipient: 'market-surveillance-authority',
    isRecipientNational: true,
    applicableFrom: '2027-12-02',
    roll: 'next_working_day_end',
    stages: {
      general: [{ stage: 'serious_incident_report', conditions: SERIOUS }],
      'widespread infringement or serious and irreversible disruption of critical infrastructure': [
        {
          stage: 'serious_incident_report',
          conditions: [...SERIOUS, holds('ai_widespread_or_critical')],
          id: 'widespread',
        },
      ],
      'death of a person': [
        { stage: 'serious_incident_report', conditions: [...SERIOUS, holds('ai_death')], id: 'death' },
      ],
      'incomplete first report': null,
    },
  },
  ai_act_55: {
    recipient: 'ai-office',
    isRecipientNational: false,
    applicableFrom: '2025-08-02',
    roll: 'none',
    stages: {
      report: [{ stage: 'report', conditions: [holds('gpai_systemic_provider'), holds('gpai_serious_incident')] }],
    },
  },
  dora: {
    recipient: 'financial-authority',
    isRecipientNational: true,
    applicableFrom: '2025-01-17',
    // Article 5(4) of Delegated Regulation (EU) 2025/301 moves all three limits.
    roll: 'next_working_day_noon',
    hoursRollToo: true,
    stages: {
      'initial notification': [{ stage: 'initial_notification', conditions: MAJOR, rollExceptions: WEEKEND_REPORTERS }],
      'intermediate report': [{ stage: 'intermediate_report', conditions: MAJOR, rollExceptions: WEEKEND_REPORTERS }],
      'final report': [{ stage: 'final_report', conditions: MAJOR }],
      // The stage is that of the report it updates, as the final report is due a month after the last update.
      'update on request': [{ stage: 'intermediate_report', conditions: [], id: 'on_request' }],
    },
  },
  cra_14: {
    recipient: 'single-reporting-platform',
    isRecipientNational: false,
    applicableFrom: '2026-09-11',
    roll: 'next_working_day_end',
    stages: {
      'early warning': exploitedOrSevere('early_warning'),
      notification: exploitedOrSevere('notification'),
      'final report, vulnerability': [{ stage: 'final_report_vulnerability', conditions: EXPLOITED }],
      'final report, severe incident': [{ stage: 'final_report_incident', conditions: SEVERE }],
      'intermediate report on request': [{ stage: 'intermediate_report', conditions: [] }],
    },
  },
  eidas: {
    recipient: 'trust-supervisory-body',
    isRecipientNational: true,
    applicableFrom: '2024-05-20',
    roll: 'none',
    stages: {
      notification: [
        { stage: 'notification', conditions: [holds('trust_service_provider'), holds('trust_service_breach')] },
      ],
    },
  },
  cer_15: {
    recipient: 'cer-authority',
    isRecipientNational: true,
    applicableFrom: '2024-10-18',
    roll: 'none',
    stages: {
      'initial notification': [{ stage: 'initial_notification', conditions: CRITICAL }],
      'detailed report': [{ stage: 'detailed_report', conditions: CRITICAL }],
    },
  },
};

/** Filings a clock of the same regime runs from: the latest where the law counts from the last update. */
const FILED_ANCHORS: Readonly<Record<string, string>> = {
  notification_submitted_at: filedAnchor('first', 'notification'),
  initial_submitted_at: filedAnchor('first', 'initial_notification'),
  intermediate_submitted_at: filedAnchor('latest', 'intermediate_report'),
};

/** The rows of the regimes beside NIS2. @throws MalformedData if the catalogue holds a regime or clock nobody mapped. */
export function parallelRows(reporting: unknown): readonly TemplateRow[] {
  const source = readObject(reporting, 'reporting');
  const version = readText(source['version'], 'version');
  return readArray(source['parallel_regimes'], 'parallel_regimes', (item, path) => {
    const entry = readObject(item, path);
    const id = readText(entry['id'], `${path}.id`);
    const regime = REGIMES[id];
    if (!regime) throw new MalformedData(path, `regime ${id} is not mapped`);
    const common = {
      version,
      regime: id,
      reference: readText(entry['name'], `${path}.name`),
      isDrillOnly: entry['status'] !== 'in_application',
    };
    return readArray(entry['clock'], `${path}.clock`, (clock, clockPath) =>
      clockRows(readObject(clock, clockPath), clockPath, regime, common),
    ).flat();
  }).flat();
}

type Common = Pick<TemplateRow, 'version' | 'regime' | 'reference' | 'isDrillOnly'>;

function clockRows(clock: JsonObject, path: string, regime: Regime, common: Common): readonly TemplateRow[] {
  const name = readText(clock['stage'], `${path}.stage`);
  const stages = regime.stages[name];
  if (stages === undefined) throw new MalformedData(path, `stage "${name}" of ${common.regime} is not mapped`);
  return (stages ?? []).map(({ stage, conditions, id, recipient, rollExceptions = [] }) =>
    row({
      ...common,
      id: [common.regime, stage, ...(id ? [id] : [])].join('.'),
      stage,
      name,
      wording: readTextOrNull(clock['note'], `${path}.note`),
      recipient: recipient ?? regime.recipient,
      isRecipientNational: recipient === undefined && regime.isRecipientNational,
      conditions,
      deadline: clockTerms(clock, path, regime),
      rollExceptions,
      applicableFrom: regime.applicableFrom,
    }),
  );
}

function clockTerms(clock: JsonObject, path: string, regime: Regime): TemplateRow['deadline'] {
  // The authority's own date is no period, so no rule on the end of periods moves it.
  if (clock['anchor'] === REQUESTED_AT) return plainTerms(REQUESTED_AT, { kind: 'date_set', anchor: REQUEST_DUE_AT });
  const limit = limitRow(clock['duration'], `${path}.duration`);
  const isInHours = limit.kind === 'period' && limit.duration.unit === 'hours';
  const outer = clock['outer_limit'] === null ? null : readObject(clock['outer_limit'], `${path}.outer_limit`);
  return {
    ...plainTerms(anchorOf(clock['anchor'], `${path}.anchor`), limit),
    // Article 3 of Regulation 1182/71 moves periods expressed otherwise than in hours.
    roll: isInHours && !regime.hoursRollToo ? 'none' : regime.roll,
    notLaterThan: outer && outerLimit(outer, `${path}.outer_limit`),
  };
}

function outerLimit(outer: JsonObject, path: string): TemplateRow['deadline']['notLaterThan'] {
  const limit = limitRow(outer['duration'], `${path}.duration`);
  if (limit.kind !== 'period') throw new MalformedData(path, 'an outer limit needs a period');
  return { anchor: anchorOf(outer['anchor'], `${path}.anchor`), duration: limit.duration };
}

function anchorOf(value: unknown, path: string): string {
  const name = readText(value, path);
  const anchor = INCIDENT_INSTANTS.find((instant) => instant === name) ?? FILED_ANCHORS[name];
  if (!anchor) throw new MalformedData(path, `anchor ${name} is not mapped`);
  return anchor;
}
