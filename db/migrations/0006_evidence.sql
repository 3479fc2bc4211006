create table evidence (
  org_id uuid not null references organisation (id),
  id uuid not null,
  title text not null check (length(title) between 1 and 200),
  type text not null,
  kind text not null check (kind in ('file', 'link', 'form', 'record')),
  state text not null default 'submitted' check (state in ('submitted', 'accepted', 'rejected', 'superseded', 'withdrawn')),
  strength text not null check (strength in ('attestation', 'document', 'system', 'independent')),
  collected_on date not null,
  period_from date,
  period_to date,
  valid_until date,
  source text,
  note text,
  url text,
  form jsonb,
  file_name text,
  media_type text,
  size_bytes bigint check (size_bytes >= 0),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  storage_key text,
  uploaded_by uuid,
  uploaded_at timestamptz not null default now(),
  reviewed_by uuid,
  reviewed_at timestamptz,
  review_comment text,
  revises_id uuid,
  withdrawal_reason text,
  withdrawal_proposed_by uuid,
  withdrawal_proposed_at timestamptz,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, uploaded_by) references person (org_id, id),
  foreign key (org_id, reviewed_by) references person (org_id, id),
  foreign key (org_id, revises_id) references evidence (org_id, id),
  foreign key (org_id, withdrawal_proposed_by) references person (org_id, id),
  foreign key (org_id, withdrawn_by) references person (org_id, id),
  check (kind <> 'file' or (storage_key is not null and sha256 is not null and size_bytes is not null and file_name is not null)),
  check (reviewed_by is null or uploaded_by is null or reviewed_by <> uploaded_by),
  check (withdrawn_by is null or withdrawn_by <> withdrawal_proposed_by),
  check (state <> 'accepted' or reviewed_at is not null)
);
call make_tenant_table('evidence');
revoke delete on evidence from heptad_app;
create index evidence_by_state on evidence (org_id, state, uploaded_at desc);
create index evidence_by_uploader on evidence (org_id, uploaded_by, uploaded_at desc);
create index evidence_by_hash on evidence (org_id, sha256);
create index evidence_by_revised on evidence (org_id, revises_id) where revises_id is not null;

create table evidence_link (
  org_id uuid not null,
  evidence_id uuid not null,
  assessment_id uuid not null,
  linked_by uuid,
  linked_at timestamptz not null default now(),
  primary key (org_id, assessment_id, evidence_id),
  foreign key (org_id, evidence_id) references evidence (org_id, id),
  foreign key (org_id, assessment_id) references assessment (org_id, id),
  foreign key (org_id, linked_by) references person (org_id, id)
);
call make_tenant_table('evidence_link');
create index evidence_link_by_evidence on evidence_link (org_id, evidence_id);

-- A requested piece of evidence: an empty slot somebody owes.
create table evidence_slot (
  org_id uuid not null,
  id uuid not null,
  assessment_id uuid not null,
  type text not null,
  note text,
  owner_id uuid not null,
  due_on date not null,
  requested_by uuid,
  requested_at timestamptz not null default now(),
  evidence_id uuid,
  cancelled_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, assessment_id) references assessment (org_id, id),
  foreign key (org_id, owner_id) references person (org_id, id),
  foreign key (org_id, requested_by) references person (org_id, id),
  foreign key (org_id, evidence_id) references evidence (org_id, id)
);
call make_tenant_table('evidence_slot');
create index evidence_slot_by_owner on evidence_slot (org_id, owner_id, due_on) where evidence_id is null and cancelled_at is null;
create index evidence_slot_by_assessment on evidence_slot (org_id, assessment_id);

create table comment (
  org_id uuid not null,
  id uuid not null,
  kind text not null default 'comment' check (kind in ('comment', 'request', 'finding', 'answer')),
  assessment_id uuid,
  evidence_id uuid,
  engagement_id uuid,
  answers_id uuid,
  addressed_to uuid,
  author_id uuid not null,
  body text not null check (length(body) between 1 and 5000),
  created_at timestamptz not null default now(),
  resolved_at timestamptz,
  resolved_by uuid,
  primary key (org_id, id),
  foreign key (org_id, assessment_id) references assessment (org_id, id),
  foreign key (org_id, evidence_id) references evidence (org_id, id),
  foreign key (org_id, engagement_id) references engagement (org_id, id),
  foreign key (org_id, answers_id) references comment (org_id, id),
  foreign key (org_id, addressed_to) references person (org_id, id),
  foreign key (org_id, author_id) references person (org_id, id),
  foreign key (org_id, resolved_by) references person (org_id, id),
  check (num_nonnulls(assessment_id, evidence_id, engagement_id) >= 1)
);
call make_tenant_table('comment');
revoke delete on comment from heptad_app;
create index comment_by_assessment on comment (org_id, assessment_id, created_at);
create index comment_by_evidence on comment (org_id, evidence_id, created_at);
create index comment_by_engagement on comment (org_id, engagement_id, created_at);
