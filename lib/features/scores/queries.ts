import { type SQL, sql } from 'drizzle-orm';
import { catalogue, catalogueFile } from '@/db/catalogue';
import type { Database } from '@/db/client';
import type { StoredEvidence } from '@/lib/domain/score/entity-input';
import { methodFromCatalogue, type Strength, type StrengthCatalogue } from '@/lib/domain/score/method';
import type { BoardMember, UnmanagedMark } from '@/lib/domain/scoreboard/cap-facts';
import type { BoardRules, StoredScore } from '@/lib/domain/scoreboard/scoreboard';

let rules: BoardRules | undefined;

/** Method and catalogue as the score reads them, made once: they never change while running. */
export function boardRules(): BoardRules {
  if (rules) return rules;
  const { controls, evidenceTypeById, scoring } = catalogue();
  const measures = controls.filter((control) => control.obligations.some((id) => id.startsWith('nis2.21.2.')));
  rules = {
    method: methodFromCatalogue(scoring, catalogueFile<StrengthCatalogue>('evidence-types')),
    controls,
    evidenceTypes: evidenceTypeById,
    targetLevels: scoring.target_levels,
    measures: new Map(measures.map((control) => [control.id, control.weight])),
  };
  return rules;
}

/** One assessment as a JSON array, an order the statement below and `assessmentOf` share. */
type AssessmentRow = [
  control: string,
  unit: string | null,
  documentation: number | null,
  implementation: number | null,
  target: number | null,
  excludedUntilDay: number | null,
  assessedDay: number | null,
  hasOwner: 0 | 1,
  hasDueDate: 0 | 1,
];

type EntityRow = {
  id: string;
  name: string;
  country: string;
  sector: string | null;
  classification: string;
  criticality: number;
  facts: Record<string, boolean | null>;
  assessments: AssessmentRow[];
  /** Accepted items as `control unit|strength:type:day:validUntil:id`, separated by commas; no part contains one. */
  evidence: string | null;
  units: { id: string; kind: string; criticality: number; isProhibited: boolean; expiresDay: number | null }[];
  boardApprovedDay: number | null;
  registrationConfirmedDay: number | null;
};

/**
 * Everything the score of an organisation is made from, in one statement: one row an entity.
 *
 * @param entityIds only these entities; all when left out
 * @param withIds   names each piece of evidence, as snapshots need it
 */
export async function loadStoredScores(
  db: Database,
  organisationId: string,
  { entityIds, withIds = false }: { entityIds?: readonly string[]; withIds?: boolean } = {},
): Promise<StoredScore[]> {
  const inScope = (column: SQL) =>
    entityIds === undefined ? sql`true` : sql`${column} = any(${sql.param([...entityIds])}::uuid[])`;
  // Every part is counted by itself and joined by entity: without statistics, as right after an import, a join of
  // assessments with grouped evidence would be planned as a loop over the whole of it.
  const { rows } = await db.execute<EntityRow>(sql`
    with marks as materialized (
      select a.entity_id, json_agg(json_build_array(a.control_id, a.unit_id, a.documentation, a.implementation, a.target,
        case when a.applicability = 'excluded' then ${dayOf(sql`a.exclusion_until`)} end, ${dayOf(sql`a.assessed_at::date`)},
        (a.owner_id is not null)::int, (a.due_on is not null)::int)) as assessments
      from assessment a where a.org_id = ${organisationId} and ${inScope(sql`a.entity_id`)}
      group by a.entity_id
    ), proofs as materialized (
      select a.entity_id, string_agg(concat_ws(' ', a.control_id, a.unit_id) || '|' || v.strength || ':' || v.type || ':' || ${dayOf(sql`v.collected_on`)}
        || ':' || coalesce(${dayOf(sql`v.valid_until`)}::text, '') ${withIds ? sql`|| ':' || v.id` : sql``}, ',') as evidence
      from assessment a
      join evidence_link l on l.org_id = a.org_id and l.assessment_id = a.id
      join evidence v on v.org_id = l.org_id and v.id = l.evidence_id and v.state = 'accepted'
      where a.org_id = ${organisationId} and ${inScope(sql`a.entity_id`)}
      group by a.entity_id
    ), duties as materialized (
      select a.entity_id,
        max(case when a.control_id = 'GOV-01' and v.type = 'board_minutes' then ${dayOf(sql`coalesce((v.form ->> 'meetingOn')::date, v.collected_on)`)} end) as approved,
        max(case when a.control_id = 'GOV-13' and v.type = 'registration_confirmation' then ${dayOf(sql`v.collected_on`)} end) as registered
      from assessment a
      join evidence_link l on l.org_id = a.org_id and l.assessment_id = a.id
      join evidence v on v.org_id = l.org_id and v.id = l.evidence_id and v.state = 'accepted'
      where a.org_id = ${organisationId} and a.control_id in ('GOV-01', 'GOV-13') and ${inScope(sql`a.entity_id`)}
        and coalesce(v.form ->> 'decision', 'approved') in ('approved', 'approved-with-changes')
      group by a.entity_id
    ), units as materialized (
      select u.entity_id, json_agg(json_build_object('id', u.id, 'kind', u.kind, 'criticality', u.criticality,
        'isProhibited', coalesce(u.ai_act_class = 'prohibited', false), 'expiresDay', ${dayOf(sql`u.expires_on`)})) as units
      from unit u where u.org_id = ${organisationId} and u.archived_at is null and ${inScope(sql`u.entity_id`)}
      group by u.entity_id
    )
    select e.id, e.name, e.country, e.sector, coalesce(e.override_classification, e.classification) as classification, e.criticality, e.facts,
      coalesce(m.assessments, '[]') as assessments, p.evidence, coalesce(u.units, '[]') as units,
      d.approved as "boardApprovedDay", d.registered as "registrationConfirmedDay"
    from entity e
    left join marks m on m.entity_id = e.id left join proofs p on p.entity_id = e.id
    left join duties d on d.entity_id = e.id left join units u on u.entity_id = e.id
    where e.org_id = ${organisationId} and e.archived_at is null and ${inScope(sql`e.id`)}`);
  return rows.map(storedScoreOf);
}

/** The members of the management body, with the training each can show (evidence of CUL-01, by name). */
export async function loadBoardMembers(db: Database, organisationId: string): Promise<BoardMember[]> {
  const { rows } = await db.execute<Record<string, unknown> & BoardMember>(sql`
    with trained as (
      select (p.value ->> 'personId')::uuid as person_id, max(${dayOf(sql`(v.form ->> 'heldOn')::date`)}) as day
      from assessment a
      join evidence_link l on l.org_id = a.org_id and l.assessment_id = a.id
      join evidence v on v.org_id = l.org_id and v.id = l.evidence_id and v.state = 'accepted' and v.form ->> 'kind' = 'training_record'
      cross join jsonb_array_elements(v.form -> 'participants') p
      where a.org_id = ${organisationId} and a.control_id = 'CUL-01' and (p.value ->> 'passed')::boolean
      group by 1
    ), seat as (
      select m.person_id, min(m.starts_at)::date as since, json_agg(me.entity_id) filter (where me.entity_id is not null) as entities,
        bool_or(me.entity_id is null) as everywhere
      from membership m left join membership_entity me on me.org_id = m.org_id and me.membership_id = m.id
      where m.org_id = ${organisationId} and m.role = 'board' and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      group by m.person_id
    )
    select ${dayOf(sql`coalesce(p.appointed_on, s.since, p.created_at::date)`)} as "appointedDay", t.day as "trainedDay",
      case when not s.everywhere then s.entities end as "entityIds"
    from person p left join seat s on s.person_id = p.id left join trained t on t.person_id = p.id
    where p.org_id = ${organisationId} and not p.is_disabled and (s.person_id is not null or 'board' = any(p.functions))`);
  return rows;
}

/** A date as whole days since 1970-01-01. */
function dayOf(date: SQL): SQL {
  return sql`(${date} - date '1970-01-01')`;
}

function storedScoreOf({ assessments, evidence, units, ...row }: EntityRow): StoredScore {
  const ids = new Set(units.map((unit) => unit.id));
  const proofs = proofsOf(evidence);
  return {
    ...row,
    units,
    assessments: assessments.map(([control, unit, documentation, implementation, target, excludedUntilDay]) => ({
      control,
      unit,
      documentation,
      implementation,
      target,
      excludedUntilDay,
      evidence: proofs.get(unit === null ? control : `${control} ${unit}`) ?? [],
    })),
    unmanagedMarks: assessments.filter(([, unit]) => unit === null || ids.has(unit)).flatMap(unmanagedMarkOf),
    aiSystems: units
      .filter((unit) => unit.kind === 'ai_system')
      .map(({ criticality, isProhibited, expiresDay }) => ({
        criticality,
        isProhibited,
        authorisedUntilDay: expiresDay,
      })),
  };
}

/** Evidence by control, or by control and unit. */
function proofsOf(evidence: string | null): Map<string, StoredEvidence[]> {
  const proofs = new Map<string, StoredEvidence[]>();
  for (const line of evidence?.split(',') ?? []) {
    const [assessment = '', item = ''] = line.split('|');
    const known = proofs.get(assessment);
    if (known) known.push(evidenceOf(item));
    else proofs.set(assessment, [evidenceOf(item)]);
  }
  return proofs;
}

function evidenceOf(item: string): StoredEvidence {
  const [strength = '', type = '', collectedDay = '', validUntil = '', id] = item.split(':');
  const evidence = {
    strength: strength as Strength,
    type,
    collectedDay: Number(collectedDay),
    validUntilDay: validUntil === '' ? null : Number(validUntil),
  };
  return id === undefined ? evidence : { id, ...evidence };
}

function unmanagedMarkOf(row: AssessmentRow): UnmanagedMark[] {
  const [control, , documentation, implementation, target, excludedUntilDay, assessedDay, hasOwner, hasDueDate] = row;
  if (assessedDay === null || excludedUntilDay !== null || (hasOwner === 1 && hasDueDate === 1)) return [];
  return [
    {
      control,
      documentation,
      implementation,
      target,
      assessedDay,
      hasOwner: hasOwner === 1,
      hasDueDate: hasDueDate === 1,
    },
  ];
}
