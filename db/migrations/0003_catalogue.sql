-- The catalogue belongs to nobody: the same legal and control content for every organisation, versions never edited.
create table catalogue_document (
  version text not null,
  name text not null,
  sha256 text not null,
  body jsonb not null,
  loaded_at timestamptz not null default now(),
  primary key (version, name)
);
create table control (
  id text primary key,
  layer text not null,
  first_version text not null
);
create index control_by_layer on control (layer);
grant select on catalogue_document, control to heptad_app, heptad_reader;
call make_append_only('catalogue_document');
