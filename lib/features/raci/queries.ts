import { sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import type { CatalogueControl } from '@/db/catalogue-types';
import { applicabilityOf } from '@/lib/domain/applicability/applies';
import { raciFindings } from '@/lib/domain/raci/findings';
import { notFound } from '@/lib/kernel/errors';
import { defineQuery } from '@/lib/kernel/operation';
import { entityScope } from '@/lib/kernel/scope';
import { GetRaci, type RaciMatrixAnswer, type RaciPart } from './schema';

type Row = {
  name: string;
  facts: Record<string, boolean | null>;
  people: { id: string; name: string; functions: string[]; isActive: boolean }[];
  assignments: { controlId: string; personId: string; part: RaciPart }[];
};

export const getRaci = defineQuery({
  name: 'getRaci',
  summary: 'Who is accountable, responsible, consulted and informed in one entity, with gaps and conflicts.',
  permission: 'raci:read',
  input: GetRaci,
  http: { method: 'GET', path: '/raci' },
  async run({ db, organisationId, authority }, { entity, layer }): Promise<RaciMatrixAnswer> {
    const { rows } = await db.execute<Row>(sql`
      select e.name, e.facts,
        coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name, 'functions', p.functions, 'isActive', not p.is_disabled and exists (
            select 1 from membership m where m.org_id = p.org_id and m.person_id = p.id and (m.ends_at is null or m.ends_at > now()))) order by p.name)
          from person p where p.org_id = e.org_id), '[]') as people,
        coalesce((select json_agg(json_build_object('controlId', r.control_id, 'personId', r.person_id, 'part', r.part))
          from raci r where r.org_id = e.org_id and r.entity_id = e.id), '[]') as assignments
      from entity e where e.org_id = ${organisationId} and e.id = ${entity} and ${entityScope(authority, sql`e.id`)}`);
    const row = rows[0];
    if (!row) throw notFound('entity');
    return assemble(entity, row, layer);
  },
});

/** The controls that apply in an entity with these facts. */
export function applicableControls(facts: Record<string, boolean | null>): CatalogueControl[] {
  return catalogue().controls.filter((control) => applicabilityOf(control.applies_when, facts).applies);
}

function assemble(
  entity: string,
  { name, facts, people, assignments }: Row,
  layer: string | undefined,
): RaciMatrixAnswer {
  const applicable = applicableControls(facts);
  const findings = raciFindings({
    controls: applicable.map((control) => ({
      id: control.id,
      key: control.key_control,
      defaultAccountable: control.raci.accountable,
    })),
    people: people.map(({ id, functions, isActive }) => ({ id, roles: functions, active: isActive })),
    assignments: assignments.map(({ controlId, personId, part }) => ({ controlId, personId, letter: part })),
  });
  const byControl = new Map<string, Row['assignments']>();
  for (const one of assignments) byControl.set(one.controlId, [...(byControl.get(one.controlId) ?? []), one]);
  const shown = applicable.filter((control) => layer === undefined || control.layer === layer);
  const shownIds = new Set(shown.map(({ id }) => id));
  return {
    entity: { id: entity, name },
    people: people
      .filter(({ isActive }) => isActive)
      .map(({ id, name: personName, functions }) => ({ id, name: personName, functions })),
    controls: shown.map((control) => ({
      id: control.id,
      title: control.title,
      layer: control.layer,
      isKey: control.key_control,
      assignments: (byControl.get(control.id) ?? []).map(({ personId, part }) => ({ personId, part })),
    })),
    findings:
      layer === undefined ? findings : findings.filter(({ controlIds }) => controlIds.some((id) => shownIds.has(id))),
  };
}
