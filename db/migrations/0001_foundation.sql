-- Support for every later migration: how a tenant table and an append-only table are made.
-- The three roles (heptad_owner, heptad_app, heptad_reader) exist already: db/migrate.ts makes them.

create function current_org() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.org', true), '')::uuid;

-- Isolation of one organisation from another: enabled and forced row-level security, the owner may read
-- (backup, sign-in functions) but not write past it.
create procedure make_tenant_table(name text, org_column text default 'org_id') language plpgsql as $$
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format('create policy own_organisation on %I using (%I = current_org()) with check (%I = current_org())', name, org_column, org_column);
  execute format('create policy owner_reads on %I for select to heptad_owner using (true)', name);
  execute format('grant select, insert, update, delete on %I to heptad_app', name);
  execute format('grant select on %I to heptad_reader', name);
end $$;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'restrict_violation';
end $$;

-- Rows that are proof are written once. Grants are the first line, triggers the second.
create procedure make_append_only(name text) language plpgsql as $$
begin
  execute format('revoke update, delete, truncate on %I from heptad_app', name);
  execute format('create trigger append_only before update or delete on %I for each row execute function refuse_change()', name);
  execute format('create trigger append_only_truncate before truncate on %I for each statement execute function refuse_change()', name);
end $$;

create table organisation (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  slug text not null unique check (slug ~ '^[a-z0-9-]{1,60}$'),
  is_demo boolean not null default false,
  time_zone text not null default 'Europe/Brussels',
  -- Counts the organisation's events without a gap; also the key under which derived answers may be kept.
  revision bigint not null default 0,
  created_at timestamptz not null default now()
);
call make_tenant_table('organisation', 'id');

-- One line per change, written in the change's own transaction (lib/kernel/event.ts).
create table event (
  org_id uuid not null references organisation (id),
  position bigint not null,
  id uuid not null,
  at timestamptz not null default now(),
  actor_kind text not null check (actor_kind in ('user', 'token', 'agent', 'worker', 'supplier')),
  actor_id uuid,
  verb text not null,
  object_kind text not null,
  object_id text,
  entity_id uuid,
  before_hash text,
  after_hash text,
  detail jsonb not null default '{}',
  request_id text,
  primary key (org_id, position),
  unique (org_id, id)
);
call make_tenant_table('event');
call make_append_only('event');
create index event_by_object on event (org_id, object_kind, object_id, position desc);
create index event_by_actor on event (org_id, actor_id, position desc);
create index event_by_verb on event (org_id, verb, position desc);

-- Answers of writes that carried an Idempotency-Key, kept for 24 hours.
create table idempotency (
  org_id uuid not null references organisation (id),
  actor_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  operation text not null,
  body_hash text not null,
  status integer not null,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (org_id, actor_id, key)
);
call make_tenant_table('idempotency');
create index idempotency_by_age on idempotency (created_at);
