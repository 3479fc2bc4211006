import { sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import { invalid, message } from '@/lib/kernel/errors';
import { type CommandContext, defineCommand } from '@/lib/kernel/operation';
import { requireEntity } from '../entities/queries';
import { applicableControls } from './queries';
import { FillRaci, type RaciPart, SetRaci } from './schema';

type Assignment = { entity: string; control: string; person: string; part: RaciPart };

export const setRaci = defineCommand({
  name: 'setRaci',
  summary: 'Sets what one person does for some controls in some entities. A new Accountable replaces the one before.',
  permission: 'raci:write',
  input: SetRaci,
  http: { method: 'PUT', path: '/raci' },
  async run(context, { entities, controls, personId, parts }): Promise<{ changed: number }> {
    const { db, organisationId } = context;
    for (const id of new Set(entities)) await requireEntity(context, id);
    for (const id of controls)
      if (!catalogue().controlById.has(id)) throw invalid('controls', message('raci.control', { id }));
    await requirePerson(context, personId);
    const places = entities.flatMap((entity) => controls.map((control) => ({ entity, control })));
    await db.execute(sql`
      delete from raci r using jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as x (entity uuid, control text)
      where r.org_id = ${organisationId} and r.entity_id = x.entity and r.control_id = x.control
        and (r.person_id = ${personId} or (r.part = 'A' and ${parts.includes('A')}))`);
    await insert(
      context,
      places.flatMap((place) => parts.map((part) => ({ ...place, person: personId, part }))),
    );
    context.record({
      verb: 'raci.changed',
      object: { kind: 'person', id: personId },
      detail: { entities, controls, parts },
    });
    return { changed: places.length };
  },
});

export const fillRaci = defineCommand({
  name: 'fillRaci',
  summary:
    'Fills empty places of one entity from the catalogue: who holds the function that should be accountable, responsible and so on.',
  permission: 'raci:write',
  input: FillRaci,
  http: { method: 'POST', path: '/raci/fill' },
  async run(context, { entity }): Promise<{ added: number }> {
    await requireEntity(context, entity);
    const { rows } = await context.db.execute<{
      facts: Record<string, boolean | null>;
      people: { id: string; functions: string[] }[];
      taken: string[];
    }>(sql`
      select e.facts,
        coalesce((select json_agg(json_build_object('id', p.id, 'functions', p.functions) order by p.name) from person p
          where p.org_id = e.org_id and not p.is_disabled and cardinality(p.functions) > 0), '[]') as people,
        coalesce((select json_agg(distinct r.control_id || r.part) from raci r where r.org_id = e.org_id and r.entity_id = e.id), '[]') as taken
      from entity e where e.org_id = ${context.organisationId} and e.id = ${entity}`);
    const { facts, people, taken } = rows[0]!;
    const holder = (role: string) => people.find(({ functions }) => functions.includes(role))?.id;
    const wanted = applicableControls(facts).flatMap(({ id: control, raci }): Assignment[] => {
      const roles: [RaciPart, string[]][] = [
        ['A', [raci.accountable]],
        ['R', raci.responsible],
        ['C', raci.consulted],
        ['I', raci.informed],
      ];
      return roles
        .filter(([part]) => !taken.includes(control + part))
        .flatMap(([part, names]) =>
          names.flatMap((name) => holder(name) ?? []).map((person) => ({ entity, control, person, part })),
        );
    });
    await insert(context, wanted);
    context.record({
      verb: 'raci.filled',
      object: { kind: 'entity', id: entity, entityId: entity },
      detail: { added: wanted.length },
    });
    return { added: wanted.length };
  },
});

async function insert({ db, organisationId, actor }: CommandContext, assignments: Assignment[]): Promise<void> {
  if (assignments.length === 0) return;
  const by = actor.kind === 'user' ? actor.id : null;
  await db.execute(sql`
    insert into raci (org_id, entity_id, control_id, person_id, part, assigned_by)
    select ${organisationId}, x.entity, x.control, x.person, x.part, ${by}::uuid
    from jsonb_to_recordset(${JSON.stringify(assignments)}::jsonb) as x (entity uuid, control text, person uuid, part char(1))
    on conflict do nothing`);
}

async function requirePerson({ db, organisationId }: CommandContext, id: string): Promise<void> {
  const { rows } = await db.execute(
    sql`select 1 from person where org_id = ${organisationId} and id = ${id} and not is_disabled`,
  );
  if (rows.length === 0) throw invalid('personId', 'person.unknown');
}
