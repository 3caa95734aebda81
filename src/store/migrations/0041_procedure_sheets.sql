-- What another State does for a request of a kind, and how: a sheet for each State and each kind or type of assistance.
create table procedure_sheets (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  number int not null,
  -- ISO 3166-1 alpha-2, or one of the codes that it leaves to its users.
  country text not null check (country ~ '^[A-Z]{2}$'),
  -- A kind of request, or a type of assistance.
  measure text not null,
  possible text not null check (possible in ('yes', 'partly', 'no')),
  instead text,
  scope text,
  framework text,
  receives_id uuid references authorities,
  executes text,
  authorises text,
  langs text[] not null default '{}',
  takes text,
  requirements text,
  costs text,
  notes text,
  source text,
  -- `YYYY-MM-DD`, in the zone of the body.
  verified_on text check (verified_on ~ '^\d{4}-\d{2}-\d{2}$'),
  verified_by uuid references persons,
  keeper_id uuid not null references agencies,
  removed boolean not null default false,
  created_at timestamptz not null,
  version int not null default 0,
  unique (body_id, number),
  check (possible <> 'no' or instead is not null)
);
-- One that is in force for each State and measure.
create unique index procedure_sheets_in_force on procedure_sheets (body_id, country, measure) where not removed;

grant select, insert, update on procedure_sheets to coord_app;
alter table procedure_sheets enable row level security;
create policy wall on procedure_sheets using (body_id = current_body());
