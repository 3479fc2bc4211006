-- What a person is in the organisation, in the catalogue's terms (roles.json): RACI defaults and findings read it.
alter table person add column functions text[] not null default '{}';
grant select (id, email, is_disabled, created_at, last_signed_in_at) on user_account to heptad_reader;
