-- One frozen month of the group or of one entity. The content is canonical JSON, the digest is over exactly those bytes.
create table snapshot (
  org_id uuid not null references organisation (id),
  id uuid not null,
  scope text not null check (scope in ('group', 'entity')),
  entity_id uuid,
  group_id uuid,
  month date not null check (extract(day from month) = 1),
  as_of timestamptz not null,
  kind text not null check (kind in ('month-end', 'on-demand', 'engagement')),
  restates_id uuid,
  method text not null,
  catalogue_version text not null,
  proven integer not null check (proven between 0 and 10000), -- basis points
  claimed integer not null check (claimed between 0 and 10000),
  open integer not null check (open between 0 and 10000),
  level smallint not null check (level between 0 and 5),
  content text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  made_by uuid,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  foreign key (org_id, entity_id) references entity (org_id, id),
  foreign key (org_id, group_id) references snapshot (org_id, id),
  foreign key (org_id, restates_id) references snapshot (org_id, id),
  foreign key (org_id, made_by) references person (org_id, id),
  check ((scope = 'entity') = (entity_id is not null and group_id is not null))
);
call make_tenant_table('snapshot');
call make_append_only('snapshot');
create index snapshot_by_month on snapshot (org_id, scope, month desc, created_at desc);
create index snapshot_by_entity on snapshot (org_id, entity_id, month desc) where entity_id is not null;
create index snapshot_by_group on snapshot (org_id, group_id);

create table report (
  org_id uuid not null,
  id uuid not null,
  snapshot_id uuid not null,
  prepared_by uuid not null,
  prepared_at timestamptz not null default now(),
  note text,
  released_by uuid,
  released_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, snapshot_id),
  foreign key (org_id, snapshot_id) references snapshot (org_id, id),
  foreign key (org_id, prepared_by) references person (org_id, id),
  foreign key (org_id, released_by) references person (org_id, id),
  check (released_by is null or released_by <> prepared_by)
);
call make_tenant_table('report');

create table report_reading (
  org_id uuid not null,
  report_id uuid not null,
  person_id uuid not null,
  format text not null,
  at timestamptz not null default now(),
  id uuid not null,
  primary key (org_id, id),
  foreign key (org_id, report_id) references report (org_id, id),
  foreign key (org_id, person_id) references person (org_id, id)
);
call make_tenant_table('report_reading');
call make_append_only('report_reading');
create index report_reading_by_report on report_reading (org_id, report_id, at);
alter table engagement add foreign key (org_id, snapshot_id) references snapshot (org_id, id);
