create table user_account (
  id uuid primary key,
  email text not null unique check (email = lower(email) and length(email) <= 254),
  password_hash text,
  is_disabled boolean not null default false,
  created_at timestamptz not null default now(),
  last_signed_in_at timestamptz
);

-- A person as one organisation knows them; the id is that of the account.
create table person (
  org_id uuid not null references organisation (id),
  id uuid not null references user_account (id),
  name text not null check (length(name) between 1 and 120),
  email text not null,
  job_title text,
  appointed_on date, -- members of the management body: starts the three months of Article 20(2)
  is_disabled boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);
call make_tenant_table('person');

alter table user_account enable row level security;
alter table user_account force row level security;
create policy own_people on user_account to heptad_app, heptad_reader using (exists (select 1 from person p where p.id = user_account.id and p.org_id = current_org())) with check (true);
create policy owner_all on user_account to heptad_owner using (true) with check (true);
grant select (id, email, is_disabled, created_at, last_signed_in_at), insert, update (password_hash, is_disabled) on user_account to heptad_app;

create table membership (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  role text not null check (role in ('board', 'compliance', 'owner', 'auditor', 'admin', 'ciso', 'ai-officer')),
  starts_at timestamptz not null default now(),
  ends_at timestamptz,
  granted_by uuid,
  approved_by uuid,
  primary key (org_id, id),
  foreign key (org_id, person_id) references person (org_id, id),
  check (ends_at is null or ends_at > starts_at)
);
call make_tenant_table('membership');
create index membership_by_person on membership (org_id, person_id);

create table session (
  id_hash bytea primary key,
  org_id uuid not null,
  person_id uuid not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  authenticated_at timestamptz not null default now(),
  expires_at timestamptz not null,
  network text,
  user_agent text,
  foreign key (org_id, person_id) references person (org_id, id) on delete cascade
);
call make_tenant_table('session');
create policy owner_writes on session to heptad_owner using (true) with check (true);
create index session_by_person on session (org_id, person_id);

-- Delays after failed sign-ins, per account and network: never a hard lock. Unlogged: losing it is harmless.
create unlogged table sign_in_throttle (
  key text primary key,
  failures integer not null,
  blocked_until timestamptz not null,
  failed_at timestamptz not null default now()
);
grant select, insert, update, delete on sign_in_throttle to heptad_app;

create table api_token (
  org_id uuid not null references organisation (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 120),
  kind text not null check (kind in ('scanner', 'agent')),
  token_hash bytea not null unique,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, created_by) references person (org_id, id)
);
call make_tenant_table('api_token');

-- A role wish of one administrator waits for a second person (domain: nobody approves their own work).
create table role_request (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  role text not null check (role in ('board', 'compliance', 'owner', 'auditor', 'admin', 'ciso', 'ai-officer')),
  change text not null check (change in ('grant', 'revoke')),
  entity_ids uuid[] not null default '{}',
  reason text,
  requested_by uuid not null,
  requested_at timestamptz not null default now(),
  decided_by uuid,
  decided_at timestamptz,
  decision text check (decision in ('approved', 'refused')),
  primary key (org_id, id),
  foreign key (org_id, person_id) references person (org_id, id),
  foreign key (org_id, requested_by) references person (org_id, id),
  foreign key (org_id, decided_by) references person (org_id, id),
  check (decided_by is null or decided_by <> requested_by)
);
call make_tenant_table('role_request');
