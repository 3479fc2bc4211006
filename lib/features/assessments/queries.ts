import { type SQL, sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import { strongestAuthority } from '@/lib/domain/policy/strongest';
import { forbidden, notFound } from '@/lib/kernel/errors';
import { defineQuery, type QueryContext } from '@/lib/kernel/operation';
import { entityScope } from '@/lib/kernel/scope';
import { type AssessmentDetail, type AssessmentItem, AssessmentRef, ListAssessments } from './schema';

type Row = Omit<AssessmentItem, 'target' | 'hasOwnTarget'> & { ownTarget: number | null; classification: string };

/**
 * Whether a control applies in assessment `a` today. An exclusion ends by itself after its last day, when it is read:
 * no nightly job has to run for a control to count again.
 */
export const applicabilityNow = sql`(case when a.applicability = 'excluded' and a.exclusion_until < current_date then 'applicable' else a.applicability end)`;

/** Columns of one assessment with the names beside the ids; `a`, `e`, `u`, `o` are joined by `assessmentRows`. */
const columns = sql`
  a.id, a.entity_id as entity, e.name as "entityName", a.control_id as control,
  case when u.id is not null then json_build_object('id', u.id, 'kind', u.kind, 'name', u.name) end as unit,
  a.documentation, a.implementation, a.target as "ownTarget", coalesce(e.override_classification, e.classification) as classification,
  ${applicabilityNow} as applicability, a.note, case when o.id is not null then json_build_object('id', o.id, 'name', o.name) end as owner,
  a.due_on as "dueOn", to_json(a.assessed_at) #>> '{}' as "assessedAt", a.version`;

const joined = sql`
  assessment a
  join entity e on e.org_id = a.org_id and e.id = a.entity_id and e.archived_at is null
  left join unit u on u.org_id = a.org_id and u.id = a.unit_id
  left join person o on o.org_id = a.org_id and o.id = a.owner_id`;

export const listAssessments = defineQuery({
  name: 'listAssessments',
  summary: 'Assessments: one control in one entity (and unit), with marks, target, owner and due date.',
  permission: 'assessment:read',
  input: ListAssessments,
  http: { method: 'GET', path: '/assessments' },
  async run({ db, organisationId, authority }, input): Promise<{ items: AssessmentItem[]; next: string | null }> {
    const { rows } = await db.execute<Row>(sql`
      select ${columns} from ${joined} join control c on c.id = a.control_id
      where a.org_id = ${organisationId} and (u.id is null or u.archived_at is null) and ${entityScope(authority, sql`a.entity_id`)}
        ${input.entity ? sql`and a.entity_id = ${input.entity}` : sql``}
        ${input.control ? sql`and a.control_id = ${input.control}` : sql``}
        ${input.layer ? sql`and c.layer = ${input.layer}` : sql``}
        ${input.owner ? sql`and a.owner_id = ${input.owner}` : sql``}
        ${stateCondition(input.state)}
        ${input.q ? searchCondition(input.q) : sql``}
        ${input.cursor ? sql`and (a.control_id, a.id) > (split_part(${input.cursor}, '~', 1), split_part(${input.cursor}, '~', 2)::uuid)` : sql``}
      order by a.control_id, a.id limit ${input.limit + 1}`);
    const items = rows.slice(0, input.limit).map(toItem);
    const last = items.at(-1);
    return { items, next: rows.length > input.limit && last ? `${last.control}~${last.id}` : null };
  },
});

export const getAssessment = defineQuery({
  name: 'getAssessment',
  summary: 'One assessment with its history, RACI, evidence and exclusion.',
  permission: 'assessment:read',
  input: AssessmentRef,
  http: { method: 'GET', path: '/assessments/{id}' },
  async run(context, { id }): Promise<AssessmentDetail> {
    const { db, organisationId, authority } = context;
    const { rows } = await db.execute<Row & Pick<AssessmentDetail, 'exclusion' | 'history' | 'raci' | 'evidence'>>(sql`
      select ${columns},
        case when ${applicabilityNow} <> 'applicable' then json_build_object('reason', a.exclusion_reason, 'proposedBy', pp.name,
          'proposedById', pp.id, 'approvedBy', pa.name, 'until', a.exclusion_until) end as exclusion,
        coalesce((select json_agg(json_build_object('id', h.id, 'at', h.at, 'by', hp.name, 'before', h.before, 'after', h.after) order by h.at desc)
          from (select * from assessment_change h where h.org_id = a.org_id and h.assessment_id = a.id order by h.at desc limit 100) h
          left join person hp on hp.org_id = h.org_id and hp.id = h.changed_by), '[]') as history,
        coalesce((select json_agg(json_build_object('part', r.part, 'person', json_build_object('id', rp.id, 'name', rp.name)) order by position(r.part in 'ARCI'), rp.name)
          from raci r join person rp on rp.org_id = r.org_id and rp.id = r.person_id
          where r.org_id = a.org_id and r.entity_id = a.entity_id and r.control_id = a.control_id), '[]') as raci,
        coalesce((select json_agg(json_build_object('id', v.id, 'title', v.title, 'type', v.type, 'state', v.state, 'strength', v.strength,
            'collectedOn', v.collected_on, 'validUntil', v.valid_until) order by v.collected_on desc)
          from evidence_link l join evidence v on v.org_id = l.org_id and v.id = l.evidence_id
          where l.org_id = a.org_id and l.assessment_id = a.id and v.state <> 'withdrawn'), '[]') as evidence
      from ${joined}
      left join person pp on pp.org_id = a.org_id and pp.id = a.exclusion_proposed_by
      left join person pa on pa.org_id = a.org_id and pa.id = a.exclusion_approved_by
      where a.org_id = ${organisationId} and a.id = ${id} and ${entityScope(authority, sql`a.entity_id`)}`);
    const row = rows[0];
    if (!row) throw notFound('assessment');
    return {
      ...toItem(row),
      exclusion: row.exclusion,
      history: row.history,
      raci: row.raci,
      evidence: row.evidence,
      mayEdit: mayEdit(context, row),
    };
  },
});

/**
 * Throws unless every one of these assessments exists in the actor's reach (404) and, where the right reaches only
 * what is assigned, the actor owns it or is accountable or responsible for it (403).
 */
export async function requireAssessments(context: QueryContext, ids: readonly string[]): Promise<void> {
  const { db, organisationId, authority, actor } = context;
  const { rows } = await db.execute<{ found: number; assigned: number }>(sql`
    select count(*)::int as found, count(*) filter (where ${isAssigned(actor.id)})::int as assigned
    from assessment a where a.org_id = ${organisationId} and a.id = any(${sql.param([...ids])}::uuid[]) and ${entityScope(authority, sql`a.entity_id`)}`);
  const wanted = new Set(ids).size;
  if (rows[0]!.found !== wanted) throw notFound('assessment');
  if (authority.reach === 'assigned' && rows[0]!.assigned !== wanted) throw forbidden('right.notAssigned');
}

/** Whether `personId` owns assessment `a` or is accountable or responsible for its control there. */
export function isAssigned(personId: string | null): SQL {
  return sql`(a.owner_id = ${personId}::uuid or exists (select 1 from raci r where r.org_id = a.org_id and r.entity_id = a.entity_id
    and r.control_id = a.control_id and r.person_id = ${personId}::uuid and r.part in ('A', 'R')))`;
}

/** The catalogue's target for an entity of this class and a control of this weight (scoring.json, target_levels). */
export function catalogueTarget(classification: string, controlId: string): number {
  const { scoring, controlById } = catalogue();
  const weight = controlById.get(controlId)?.weight ?? 2;
  return scoring.target_levels[classification === 'essential' ? 'essential' : 'important'][`${weight}`];
}

function mayEdit({ actor, authority: reading }: QueryContext, row: Row & Pick<AssessmentDetail, 'raci'>): boolean {
  if (actor.kind === 'worker') return true;
  const authority = strongestAuthority('assessment:write', actor.held);
  if (!authority || reading.role === 'auditor') return false;
  if (authority.entityIds !== null && !authority.entityIds.includes(row.entity)) return false;
  if (authority.reach !== 'assigned') return true;
  return (
    row.owner?.id === actor.id ||
    row.raci.some(({ part, person }) => person.id === actor.id && (part === 'A' || part === 'R'))
  );
}

function toItem({ ownTarget, classification, ...row }: Row): AssessmentItem {
  const {
    id,
    entity,
    entityName,
    control,
    unit,
    documentation,
    implementation,
    applicability,
    note,
    owner,
    dueOn,
    assessedAt,
    version,
  } = row;
  const target = ownTarget ?? catalogueTarget(classification, control);
  return {
    id,
    entity,
    entityName,
    control,
    unit,
    documentation,
    implementation,
    target,
    hasOwnTarget: ownTarget !== null,
    applicability,
    note,
    owner,
    dueOn,
    assessedAt,
    version,
  };
}

function stateCondition(state: string | undefined): SQL {
  switch (state) {
    case 'blank':
      return sql`and (a.documentation is null or a.implementation is null) and ${applicabilityNow} <> 'excluded'`;
    case 'marked':
      return sql`and a.documentation is not null and a.implementation is not null`;
    case 'below-target':
      return sql`and (coalesce(a.documentation, 0) + coalesce(a.implementation, 0)) / 2.0 < coalesce(a.target, 3) and ${applicabilityNow} <> 'excluded'`;
    case 'overdue':
      return sql`and a.due_on < current_date and ${applicabilityNow} <> 'excluded'`;
    case 'exclusion-proposed':
    case 'excluded':
      return sql`and ${applicabilityNow} = ${state}`;
    default:
      return sql``;
  }
}

/** Titles live in the catalogue, not in the database: matching controls become a list of ids. */
function searchCondition(q: string): SQL {
  const wanted = q.toLowerCase();
  const ids = catalogue()
    .controls.filter(
      (control) => control.id.toLowerCase().includes(wanted) || control.title.toLowerCase().includes(wanted),
    )
    .map((control) => control.id);
  return sql`and (a.control_id = any(${sql.param(ids)}::text[]) or a.note ilike ${`%${q}%`})`;
}
