import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Catalogue } from '@/db/catalogue';

/** An organisation filled past the commands: the point is its size, not how it came about. */
export type FilledOrganisation = {
  id: string;
  /** A compliance officer. */
  person: string;
  entities: string[];
  /** Some assessments to change. */
  assessments: { id: string; version: number }[];
};

const SECTORS = ['energy', 'health', 'transport', 'digital-infrastructure', 'drinking-water', 'manufacturing'];

/** Entities with all 120 controls marked and with evidence of the kinds each control asks for, nine in ten accepted. */
export async function fillOrganisation(
  client: Client,
  { controls, evidenceTypeById }: Catalogue,
  entities: number,
  evidencePerEntity: number,
): Promise<FilledOrganisation> {
  const [id, person, other] = [randomUUID(), randomUUID(), randomUUID()];
  const asked = controls.flatMap((control) =>
    control.evidence.map(({ type }) => ({ control: control.id, type, strength: evidenceTypeById.get(type)?.strength })),
  );
  await client.query(`select setseed(0.42)`);
  await client.query(`insert into organisation (id, name, slug) values ($1, 'Bench', $2)`, [
    id,
    `bench-${id.slice(0, 8)}`,
  ]);
  for (const [account, role] of [
    [person, 'compliance'],
    [other, 'ciso'],
  ]) {
    await client.query(`insert into user_account (id, email) values ($1, $2)`, [account, `${account}@example.test`]);
    await client.query(`insert into person (org_id, id, name, email) values ($1, $2, $3, $4)`, [
      id,
      account,
      `Bench ${role}`,
      `${account}@example.test`,
    ]);
    await client.query(`insert into membership (org_id, id, person_id, role) values ($1, gen_random_uuid(), $2, $3)`, [
      id,
      account,
      role,
    ]);
  }
  await client.query(
    `insert into entity (org_id, id, name, country, sector, classification, criticality)
     select $1, gen_random_uuid(), 'Entity ' || lpad(i::text, 3, '0'), (array['DE', 'AT', 'NL', 'PL'])[1 + i % 4], ($3::text[])[1 + i % 6],
       (array['essential', 'important'])[1 + i % 2], 1 + i % 3 from generate_series(1, $2) i`,
    [id, entities, SECTORS],
  );
  await client.query(
    `insert into assessment (org_id, id, entity_id, control_id, documentation, implementation, owner_id, due_on, assessed_at)
     select e.org_id, gen_random_uuid(), e.id, c, floor(random() * 6), floor(random() * 6), $2, current_date + 30, now() - interval '60 days'
     from entity e cross join unnest($3::text[]) c where e.org_id = $1`,
    [id, person, controls.map((control) => control.id)],
  );
  await client.query(
    `insert into raci (org_id, entity_id, control_id, person_id, part) select org_id, entity_id, control_id, $2, 'A' from assessment where org_id = $1`,
    [id, person],
  );
  await client.query(
    `create temporary table chosen as
     select gen_random_uuid() as id, assessment, type, strength from (
       select a.id as assessment, k.type, k.strength from assessment a
       join jsonb_to_recordset($2::jsonb) as k (control text, type text, strength text) on k.control = a.control_id
       cross join generate_series(1, 2) where a.org_id = $1
     ) possible order by random() limit $3`,
    [id, JSON.stringify(asked), entities * evidencePerEntity],
  );
  await client.query(
    `insert into evidence (org_id, id, title, type, kind, state, strength, collected_on, url, uploaded_by, reviewed_by, reviewed_at)
     select $1, id, 'Evidence', type, 'link', case when random() < 0.9 then 'accepted' else 'submitted' end, strength,
       current_date - floor(random() * 600)::int, 'https://example.test', $2, $3, now() from chosen`,
    [id, person, other],
  );
  await client.query(
    `insert into evidence_link (org_id, evidence_id, assessment_id) select $1, id, assessment from chosen`,
    [id],
  );
  await client.query('drop table chosen');
  await client.query('analyze');
  const rows = async <T extends object>(statement: string) => (await client.query<T>(statement, [id])).rows;
  return {
    id,
    person,
    entities: (await rows<{ id: string }>('select id from entity where org_id = $1 order by name')).map(
      (row) => row.id,
    ),
    assessments: await rows('select id, version from assessment where org_id = $1 order by md5(id::text) limit 200'),
  };
}
