import { sql } from 'drizzle-orm';
import { may } from '@/lib/kernel/authorise';
import { defineQuery } from '@/lib/kernel/operation';
import { ListPeople, NoInput, type PersonItem, type RoleRequestItem } from './schema';

export const listPeople = defineQuery({
  name: 'listPeople',
  summary: 'The people of your organisation with their roles and functions.',
  permission: 'user:read',
  input: ListPeople,
  http: { method: 'GET', path: '/people' },
  async run({ db, organisationId }, { q, role, disabled }): Promise<{ items: PersonItem[]; next: null }> {
    const { rows } = await db.execute<PersonItem>(sql`
      select p.id, p.name, p.email, p.job_title as "jobTitle", p.functions, p.appointed_on as "appointedOn", p.is_disabled as "isDisabled", p.version,
        to_json(u.last_signed_in_at) #>> '{}' as "lastSignedInAt",
        coalesce((select json_agg(json_build_object('role', m.role, 'endsAt', m.ends_at, 'entities',
            (select json_agg(e.name order by e.name) from membership_entity me join entity e on e.org_id = me.org_id and e.id = me.entity_id
              where me.org_id = m.org_id and me.membership_id = m.id)) order by m.starts_at)
          from membership m where m.org_id = p.org_id and m.person_id = p.id and (m.ends_at is null or m.ends_at > now())), '[]') as roles
      from person p join user_account u on u.id = p.id
      where p.org_id = ${organisationId} and p.is_disabled = ${disabled === 'true'}
        ${q ? sql`and (p.name ilike ${`%${q}%`} or p.email ilike ${`%${q}%`} or p.job_title ilike ${`%${q}%`})` : sql``}
        ${role ? sql`and exists (select 1 from membership m where m.org_id = p.org_id and m.person_id = p.id and m.role = ${role} and (m.ends_at is null or m.ends_at > now()))` : sql``}
      order by lower(p.name) limit 1000`);
    return { items: rows, next: null };
  },
});

export const listRoleRequests = defineQuery({
  name: 'listRoleRequests',
  summary: 'Roles that were asked for and wait for a second person.',
  permission: 'user:read',
  input: NoInput,
  http: { method: 'GET', path: '/role-requests' },
  async run({ db, organisationId, actor }): Promise<{ items: RoleRequestItem[]; next: null }> {
    const { rows } = await db.execute<RoleRequestItem>(sql`
      select r.id, json_build_object('id', p.id, 'name', p.name) as person, r.role, r.change, r.reason,
        coalesce((select json_agg(e.name order by e.name) from entity e where e.org_id = r.org_id and e.id = any(r.entity_ids)), '[]') as entities,
        json_build_object('id', q.id, 'name', q.name) as "requestedBy", to_json(r.requested_at) #>> '{}' as "requestedAt",
        (r.requested_by <> ${actor.id}::uuid and r.person_id <> ${actor.id}::uuid and ${may(actor, 'role:approve')}) as "mayDecide"
      from role_request r
      join person p on p.org_id = r.org_id and p.id = r.person_id
      join person q on q.org_id = r.org_id and q.id = r.requested_by
      where r.org_id = ${organisationId} and r.decided_at is null order by r.requested_at limit 200`);
    return { items: rows, next: null };
  },
});
