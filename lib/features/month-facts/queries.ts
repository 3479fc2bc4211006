import { sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import type { Database } from '@/db/client';
import { raciFindings, type RaciFinding } from '@/lib/domain/raci/findings';
import type { AssessmentFact, RequestFact } from '@/lib/domain/snapshot/assemble-facts';
import type { FrozenEvidence } from '@/lib/domain/snapshot/content';
import type { FrozenAiSystem, FrozenExclusion, FrozenSupplier } from '@/lib/domain/snapshot/facts';
import { applicabilityNow } from '../assessments/queries';
import { applicableControls } from '../raci/queries';

/** Criticality of a critical supplier: the highest. */
const CRITICAL = 3;

type AssessmentRow = [
  id: string,
  entity: string,
  control: string,
  unit: string | null,
  unitName: string | null,
  owner: string | null,
  dueOn: string | null,
];

/** Every assessment of the living entities and units that is not excluded. */
export async function loadAssessmentFacts(db: Database, organisationId: string): Promise<AssessmentFact[]> {
  const { rows } = await db.execute<{ items: AssessmentRow[] }>(sql`
    select coalesce(json_agg(json_build_array(a.id, a.entity_id, a.control_id, a.unit_id, u.name, p.name, a.due_on)), '[]') as items
    from assessment a
    join entity e on e.org_id = a.org_id and e.id = a.entity_id and e.archived_at is null
    left join unit u on u.org_id = a.org_id and u.id = a.unit_id
    left join person p on p.org_id = a.org_id and p.id = a.owner_id
    where a.org_id = ${organisationId} and ${applicabilityNow} <> 'excluded' and (u.id is null or u.archived_at is null)`);
  return rows[0]!.items.map(([id, entity, control, unit, unitName, owner, dueOn]) => ({
    id,
    entity,
    control,
    unit,
    unitName,
    owner,
    dueOn,
  }));
}

/** Requests for evidence without an answer, and controls taken out of the score. */
export async function loadOpenWork(
  db: Database,
  organisationId: string,
): Promise<{ requests: RequestFact[]; exclusions: FrozenExclusion[] }> {
  const { rows } = await db.execute<{ requests: RequestFact[]; exclusions: FrozenExclusion[] }>(sql`select
    coalesce((select json_agg(json_build_object('id', s.id, 'entity', a.entity_id, 'control', a.control_id, 'owner', p.name, 'dueOn', s.due_on))
      from evidence_slot s
      join assessment a on a.org_id = s.org_id and a.id = s.assessment_id
      join entity e on e.org_id = a.org_id and e.id = a.entity_id and e.archived_at is null
      join person p on p.org_id = s.org_id and p.id = s.owner_id
      where s.org_id = ${organisationId} and s.evidence_id is null and s.cancelled_at is null), '[]') as requests,
    coalesce((select json_agg(json_build_object('assessment', a.id, 'entity', a.entity_id, 'control', a.control_id,
        'reason', a.exclusion_reason, 'until', a.exclusion_until) order by a.id)
      from assessment a join entity e on e.org_id = a.org_id and e.id = a.entity_id and e.archived_at is null
      where a.org_id = ${organisationId} and ${applicabilityNow} = 'excluded'), '[]') as exclusions`);
  return rows[0]!;
}

type UnitRow = {
  id: string;
  kind: 'ai_system' | 'supplier';
  name: string;
  entity: string;
  criticality: number;
  riskClass: string | null;
  expiresOn: string | null;
  isAssessed: boolean;
};

/** The AI systems and the suppliers of the living entities. */
export async function loadRegisters(
  db: Database,
  organisationId: string,
): Promise<{ aiSystems: FrozenAiSystem[]; suppliers: FrozenSupplier[] }> {
  const { rows } = await db.execute<UnitRow>(sql`
    select u.id, u.kind, u.name, u.entity_id as entity, u.criticality, u.ai_act_class as "riskClass", u.expires_on as "expiresOn",
      exists (select 1 from assessment a where a.org_id = u.org_id and a.entity_id = u.entity_id and a.unit_id = u.id
        and (a.documentation is not null or a.implementation is not null)) as "isAssessed"
    from unit u join entity e on e.org_id = u.org_id and e.id = u.entity_id and e.archived_at is null
    where u.org_id = ${organisationId} and u.archived_at is null and u.kind in ('ai_system', 'supplier')
    order by u.id`);
  return {
    aiSystems: rows
      .filter(({ kind }) => kind === 'ai_system')
      .map(({ id, name, entity, riskClass, criticality, expiresOn }) => ({
        id,
        name,
        entity,
        riskClass,
        criticality,
        expiresOn,
      })),
    suppliers: rows
      .filter(({ kind }) => kind === 'supplier')
      .map(({ id, name, entity, criticality, isAssessed }) => ({
        id,
        name,
        entity,
        criticality,
        isCritical: criticality >= CRITICAL,
        isAssessed,
      })),
  };
}

type RaciRows = {
  people: { id: string; name: string; roles: string[]; active: boolean }[];
  entities: { id: string; facts: Record<string, boolean | null>; letters: [string, string, 'A' | 'R' | 'C' | 'I'][] }[];
};

/** Who is accountable for what by name (keyed `entity control`), and the gaps and conflicts of every matrix. */
export async function loadRaciFacts(
  db: Database,
  organisationId: string,
): Promise<{ accountable: Map<string, string>; findings: RaciFinding[] }> {
  const { rows } = await db.execute<RaciRows>(sql`select
    coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name, 'roles', p.functions, 'active', not p.is_disabled and exists (
        select 1 from membership m where m.org_id = p.org_id and m.person_id = p.id and (m.ends_at is null or m.ends_at > now()))))
      from person p where p.org_id = ${organisationId}), '[]') as people,
    coalesce((select json_agg(json_build_object('id', e.id, 'facts', e.facts, 'letters', coalesce((
        select json_agg(json_build_array(r.control_id, r.person_id, r.part)) from raci r where r.org_id = e.org_id and r.entity_id = e.id), '[]')))
      from entity e where e.org_id = ${organisationId} and e.archived_at is null), '[]') as entities`);
  const { people, entities } = rows[0]!;
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const accountable = new Map<string, string>();
  const findings = entities.flatMap(({ id, facts, letters }) => {
    for (const [control, person, letter] of letters) {
      if (letter === 'A') accountable.set(`${id} ${control}`, names.get(person) ?? person);
    }
    return raciFindings({
      controls: applicableControls(facts).map((control) => ({
        id: control.id,
        key: control.key_control,
        defaultAccountable: control.raci.accountable,
      })),
      people,
      assignments: letters.map(([controlId, personId, letter]) => ({ controlId, personId, letter })),
    });
  });
  return { accountable, findings };
}

/** The hashes of the accepted evidence that anything rests on. */
export async function loadEvidenceHashes(db: Database, organisationId: string): Promise<FrozenEvidence[]> {
  const { rows } = await db.execute<{ items: [string, string | null][] }>(sql`
    select coalesce(json_agg(json_build_array(v.id, v.sha256)), '[]') as items from evidence v
    where v.org_id = ${organisationId} and v.state = 'accepted'
      and exists (select 1 from evidence_link l where l.org_id = v.org_id and l.evidence_id = v.id)`);
  return rows[0]!.items.map(([id, sha256]) => ({ id, sha256 }));
}

/** Titles of evidence and who brought it. */
export async function loadEvidenceTitles(
  db: Database,
  organisationId: string,
  ids: readonly string[],
): Promise<Map<string, { title: string; owner: string | null }>> {
  const { rows } = await db.execute<{ id: string; title: string; owner: string | null }>(sql`
    select v.id, v.title, p.name as owner from evidence v left join person p on p.org_id = v.org_id and p.id = v.uploaded_by
    where v.org_id = ${organisationId} and v.id = any(${sql.param([...ids])}::uuid[])`);
  return new Map(rows.map(({ id, title, owner }) => [id, { title, owner }]));
}

/** Cap id → the control that lifts it (scoring.json names it first). */
export function controlsOfCaps(): Record<string, string> {
  return Object.fromEntries(catalogue().scoring.hard_caps.map(({ id, controls }) => [id, controls[0] ?? id]));
}
