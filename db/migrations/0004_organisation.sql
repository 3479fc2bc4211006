create table entity (
  org_id uuid not null references organisation (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  legal_name text,
  country char(2) not null check (country ~ '^[A-Z]{2}$'),
  city text,
  sector text,
  subsector text,
  entity_type text,
  -- Facts of the classification rules (sectors.json) and of applicability (controls.json); a missing key is unknown.
  facts jsonb not null default '{}',
  criticality smallint not null default 2 check (criticality between 1 and 3),
  classification text not null default 'out_of_scope',
  classification_rule text,
  override_classification text,
  override_reason text,
  override_by uuid,
  override_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, override_by) references person (org_id, id),
  check ((override_classification is null) = (override_reason is null))
);
call make_tenant_table('entity');
create unique index entity_name on entity (org_id, lower(name)) where archived_at is null;

create table membership_entity (
  org_id uuid not null,
  membership_id uuid not null,
  entity_id uuid not null,
  primary key (org_id, membership_id, entity_id),
  foreign key (org_id, membership_id) references membership (org_id, id) on delete cascade,
  foreign key (org_id, entity_id) references entity (org_id, id)
);
call make_tenant_table('membership_entity');

-- What some controls are assessed for: an essential service, an AI system, an agent or a supplier of one entity.
create table unit (
  org_id uuid not null,
  id uuid not null,
  entity_id uuid not null,
  kind text not null check (kind in ('essential_service', 'ai_system', 'agent', 'supplier')),
  name text not null check (length(name) between 1 and 120),
  purpose text,
  criticality smallint not null default 2 check (criticality between 1 and 3),
  ai_act_class text check (ai_act_class in ('prohibited', 'high', 'limited', 'minimal', 'unknown')),
  expires_on date,
  owner_id uuid,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (org_id, id),
  unique (org_id, entity_id, id),
  foreign key (org_id, entity_id) references entity (org_id, id),
  foreign key (org_id, owner_id) references person (org_id, id)
);
call make_tenant_table('unit');
create index unit_by_entity on unit (org_id, entity_id);

create table engagement (
  org_id uuid not null,
  id uuid not null,
  auditor_id uuid not null,
  title text not null check (length(title) between 1 and 160),
  purpose text,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  -- The frozen group month the auditor reads (no foreign key: snapshots are younger than this table; set by the freeze job).
  snapshot_id uuid,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, auditor_id) references person (org_id, id),
  foreign key (org_id, created_by) references person (org_id, id),
  foreign key (org_id, ended_by) references person (org_id, id),
  check (ends_at > starts_at)
);
call make_tenant_table('engagement');
create index engagement_by_auditor on engagement (org_id, auditor_id);

-- No row = every entity of the organisation.
create table engagement_entity (
  org_id uuid not null,
  engagement_id uuid not null,
  entity_id uuid not null,
  primary key (org_id, engagement_id, entity_id),
  foreign key (org_id, engagement_id) references engagement (org_id, id),
  foreign key (org_id, entity_id) references entity (org_id, id)
);
call make_tenant_table('engagement_entity');

-- Sign-in needs a look across organisations before one is chosen; these two functions are the only way.
create function sign_in_candidates(wanted_email text)
returns table (user_id uuid, password_hash text, org_id uuid, org_name text)
language sql security definer set search_path = heptad, pg_temp stable as $$
  select u.id, u.password_hash, o.id, o.name
  from user_account u
  left join person p on p.id = u.id and not p.is_disabled
    and exists (select 1 from membership m where m.org_id = p.org_id and m.person_id = p.id
                and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))
  left join organisation o on o.id = p.org_id
  where u.email = lower(wanted_email) and not u.is_disabled
  order by p.created_at
$$;

-- One indexed read per request: session -> person, roles, limits. Idle and absolute limits are judged here, by the database clock.
create function open_session(wanted_hash bytea, idle_seconds integer)
returns table (
  person_id uuid, name text, email text, org_id uuid, org_name text, org_is_demo boolean, time_zone text, revision bigint,
  authenticated_at timestamptz, expires_at timestamptz, now timestamptz, roles jsonb, engagement jsonb, has_entities boolean
)
language plpgsql security definer set search_path = heptad, pg_temp volatile as $$
begin
  update session s set last_seen_at = now() where s.id_hash = wanted_hash
    and s.last_seen_at < now() - interval '30 seconds'
    and s.last_seen_at > now() - make_interval(secs => idle_seconds) and s.expires_at > now();
  return query
  select p.id, p.name, p.email, o.id, o.name, o.is_demo, o.time_zone, o.revision, s.authenticated_at, s.expires_at, now(),
    (select coalesce(jsonb_agg(jsonb_build_object('role', m.role, 'entityIds',
        (select jsonb_agg(me.entity_id) from membership_entity me where me.org_id = m.org_id and me.membership_id = m.id))), '[]')
      from membership m where m.org_id = p.org_id and m.person_id = p.id and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())),
    (select jsonb_build_object('id', e.id, 'title', e.title, 'startsAt', e.starts_at, 'endsAt', e.ends_at, 'snapshotId', e.snapshot_id,
        'entityIds', (select jsonb_agg(ee.entity_id) from engagement_entity ee where ee.org_id = e.org_id and ee.engagement_id = e.id))
      from engagement e where e.org_id = p.org_id and e.auditor_id = p.id and e.ended_at is null and e.starts_at <= now() and e.ends_at > now()
      order by e.ends_at desc limit 1),
    exists (select 1 from entity x where x.org_id = p.org_id)
  from session s
  join person p on p.org_id = s.org_id and p.id = s.person_id and not p.is_disabled
  join user_account u on u.id = p.id and not u.is_disabled
  join organisation o on o.id = s.org_id
  where s.id_hash = wanted_hash and s.expires_at > now()
    and s.last_seen_at > now() - make_interval(secs => idle_seconds);
end $$;

create function open_token(wanted_hash bytea)
returns table (token_id uuid, name text, kind text, org_id uuid, org_name text, time_zone text, revision bigint, now timestamptz)
language sql security definer set search_path = heptad, pg_temp stable as $$
  select t.id, t.name, t.kind, o.id, o.name, o.time_zone, o.revision, now()
  from api_token t join organisation o on o.id = t.org_id
  where t.token_hash = wanted_hash and t.revoked_at is null and t.expires_at > now()
$$;

create function start_session(new_hash bytea, for_org uuid, for_person uuid, lifetime_seconds integer, from_network text, agent text)
returns void language sql security definer set search_path = heptad, pg_temp as $$
  update user_account set last_signed_in_at = now() where id = for_person;
  insert into session (id_hash, org_id, person_id, expires_at, network, user_agent)
  values (new_hash, for_org, for_person, now() + make_interval(secs => lifetime_seconds), from_network, agent);
$$;

create function change_password_hash(for_user uuid, new_hash text)
returns void language sql security definer set search_path = heptad, pg_temp as $$
  update user_account set password_hash = new_hash where id = for_user;
$$;

create function end_session(wanted_hash bytea) returns void language sql security definer set search_path = heptad, pg_temp as $$
  delete from session where id_hash = wanted_hash;
$$;

create function organisation_ids() returns setof uuid language sql security definer set search_path = heptad, pg_temp stable as $$
  select id from organisation order by created_at
$$;

revoke execute on function sign_in_candidates, open_session, open_token, start_session, change_password_hash, end_session, organisation_ids from public;
grant execute on function sign_in_candidates, open_session, open_token, start_session, change_password_hash, end_session, organisation_ids to heptad_app;
