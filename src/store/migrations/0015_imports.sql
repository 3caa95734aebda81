-- A list of identifiers is written in slices. Where it was broken off, the same file goes on after what stands.
create table match_imports (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  agency_id uuid not null references agencies,
  person_id uuid not null references persons,
  -- A keyed hash of the file: the same file is known again, and nobody can tell what was in it.
  digest text not null,
  rows int not null,
  written int not null default 0,
  -- It could not be brought to its end, and what it wrote is being taken back.
  undone boolean not null default false,
  begun_at timestamptz not null,
  -- Until then somebody writes it.
  lease_until timestamptz not null,
  unique (body_id, agency_id, digest)
);
grant select, insert, update, delete on match_imports to coord_app;
alter table match_imports enable row level security;
create policy wall on match_imports using (body_id = current_body());

-- The list that an entry came in, to be taken back with it where it cannot be brought to its end.
alter table match_entries add column import_id uuid;
create index match_entries_by_import on match_entries (import_id) where import_id is not null;
