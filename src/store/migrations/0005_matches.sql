-- Deconfliction: agencies register identifiers for a case; only keyed hashes are kept. They are personal data
-- all the same: they run out, are removed with their entry, and are seen by nobody.
create table match_entries (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  -- Counted within the agency: no other one can tell how many there are.
  number int not null,
  agency_id uuid not null references agencies,
  person_id uuid not null references persons,
  kind text not null check (kind in ('phone', 'document', 'vessel', 'vehicle', 'account', 'name')),
  case_ref text not null,
  purpose text not null,
  -- A hit is told to its owner alone.
  silent boolean not null default false,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  removed_at timestamptz,
  ladder int not null default 0,
  unique (body_id, agency_id, number)
);
create index match_entries_live on match_entries (body_id, agency_id, expires_at) where removed_at is null;

create table match_hashes (
  body_id uuid not null references bodies default current_body(),
  hash text not null,
  -- A document number without its State, where the State is known: two that differ in it are two documents.
  loose boolean not null default false,
  entry_id uuid not null references match_entries,
  primary key (body_id, hash, entry_id)
);
create index match_hashes_by_entry on match_hashes (entry_id);

create table match_hits (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  -- The earlier one first.
  entry_id uuid not null references match_entries,
  other_id uuid not null references match_entries,
  at timestamptz not null,
  unique (entry_id, other_id)
);
create index match_hits_by_other on match_hits (other_id);

grant select, insert, update, delete on match_entries, match_hashes, match_hits to coord_app;
revoke delete on match_entries, match_hits from coord_app;
alter table match_entries enable row level security;
alter table match_hashes enable row level security;
alter table match_hits enable row level security;
create policy wall on match_entries using (body_id = current_body());
create policy wall on match_hashes using (body_id = current_body());
create policy wall on match_hits using (body_id = current_body());
