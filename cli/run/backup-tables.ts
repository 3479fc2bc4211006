/**
 * The tables of a backup in the order in which they can be written again: nothing before what it refers to.
 * `order` keeps rows that refer to rows of the same table behind them, and does not depend on the server's language.
 * Sessions, throttles and repeated-request answers are not kept: they are worthless in another place.
 */
export const BACKUP_TABLES: readonly { name: string; org: 'org_id' | 'id' | null; order: string }[] = [
  { name: 'catalogue_document', org: null, order: 'version collate "C", name collate "C"' },
  { name: 'control', org: null, order: 'id collate "C"' },
  { name: 'organisation', org: 'id', order: 'id' },
  { name: 'user_account', org: null, order: 'id' },
  { name: 'person', org: 'org_id', order: 'org_id, id' },
  { name: 'membership', org: 'org_id', order: 'org_id, id' },
  { name: 'api_token', org: 'org_id', order: 'org_id, id' },
  { name: 'role_request', org: 'org_id', order: 'org_id, id' },
  { name: 'entity', org: 'org_id', order: 'org_id, id' },
  { name: 'membership_entity', org: 'org_id', order: 'org_id, membership_id, entity_id' },
  { name: 'unit', org: 'org_id', order: 'org_id, id' },
  { name: 'assessment', org: 'org_id', order: 'org_id, id' },
  { name: 'assessment_change', org: 'org_id', order: 'org_id, id' },
  { name: 'raci', org: 'org_id', order: 'org_id, entity_id, control_id collate "C", person_id, part collate "C"' },
  { name: 'evidence', org: 'org_id', order: 'org_id, uploaded_at, id' },
  { name: 'evidence_link', org: 'org_id', order: 'org_id, assessment_id, evidence_id' },
  { name: 'evidence_slot', org: 'org_id', order: 'org_id, id' },
  { name: 'snapshot', org: 'org_id', order: 'org_id, as_of, created_at, (group_id is not null), id' },
  { name: 'report', org: 'org_id', order: 'org_id, id' },
  { name: 'report_reading', org: 'org_id', order: 'org_id, id' },
  { name: 'engagement', org: 'org_id', order: 'org_id, id' },
  { name: 'engagement_entity', org: 'org_id', order: 'org_id, engagement_id, entity_id' },
  { name: 'comment', org: 'org_id', order: 'org_id, created_at, id' },
  { name: 'event', org: 'org_id', order: 'org_id, position' },
];

/** Tables that are left out on purpose; a test holds both lists against the schema. */
export const NOT_KEPT = ['migration', 'session', 'sign_in_throttle', 'idempotency'] as const;

export type Manifest = {
  format: 'heptad-backup/1';
  madeAt: string;
  migrations: string[];
  tables: { name: string; rows: number; sha256: string }[];
  files: { key: string; bytes: number; sha256: string }[];
  keys: 'encrypted' | 'plain' | 'not included';
};
