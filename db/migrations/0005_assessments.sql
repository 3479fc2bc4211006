create table assessment (
  org_id uuid not null,
  id uuid not null,
  entity_id uuid not null,
  control_id text not null references control (id),
  unit_id uuid,
  documentation smallint check (documentation between 0 and 5),
  implementation smallint check (implementation between 0 and 5),
  target smallint check (target between 1 and 5), -- null: the catalogue's target for class and weight
  applicability text not null default 'applicable' check (applicability in ('applicable', 'exclusion-proposed', 'excluded')),
  exclusion_reason text,
  exclusion_proposed_by uuid,
  exclusion_approved_by uuid,
  exclusion_until date,
  note text,
  owner_id uuid,
  due_on date,
  assessed_at timestamptz,
  assessed_by uuid,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique nulls not distinct (org_id, entity_id, control_id, unit_id),
  foreign key (org_id, entity_id) references entity (org_id, id),
  foreign key (org_id, entity_id, unit_id) references unit (org_id, entity_id, id),
  foreign key (org_id, owner_id) references person (org_id, id),
  foreign key (org_id, assessed_by) references person (org_id, id),
  foreign key (org_id, exclusion_proposed_by) references person (org_id, id),
  foreign key (org_id, exclusion_approved_by) references person (org_id, id),
  check (applicability = 'applicable' or (exclusion_reason is not null and exclusion_proposed_by is not null)),
  check (applicability <> 'excluded' or (exclusion_approved_by is not null and exclusion_approved_by <> exclusion_proposed_by and exclusion_until is not null))
);
call make_tenant_table('assessment');
create index assessment_by_owner on assessment (org_id, owner_id, due_on);
create index assessment_by_control on assessment (org_id, control_id, entity_id);

create table assessment_change (
  org_id uuid not null,
  id uuid not null,
  assessment_id uuid not null,
  at timestamptz not null default now(),
  changed_by uuid,
  before jsonb not null,
  after jsonb not null,
  primary key (org_id, id),
  foreign key (org_id, assessment_id) references assessment (org_id, id)
);
call make_tenant_table('assessment_change');
call make_append_only('assessment_change');
create index assessment_change_by_assessment on assessment_change (org_id, assessment_id, at desc);

create table raci (
  org_id uuid not null,
  entity_id uuid not null,
  control_id text not null references control (id),
  person_id uuid not null,
  part char(1) not null check (part in ('A', 'R', 'C', 'I')),
  assigned_by uuid,
  assigned_at timestamptz not null default now(),
  primary key (org_id, entity_id, control_id, person_id, part),
  foreign key (org_id, entity_id) references entity (org_id, id),
  foreign key (org_id, person_id) references person (org_id, id),
  foreign key (org_id, assigned_by) references person (org_id, id)
);
call make_tenant_table('raci');
create unique index raci_one_accountable on raci (org_id, entity_id, control_id) where part = 'A';
create index raci_by_person on raci (org_id, person_id);
