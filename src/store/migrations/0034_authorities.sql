-- The directory of authorities of other States: whom a request goes to, and how they are reached.
create table authorities (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  number int not null,
  name text not null,
  other_names text[] not null default '{}',
  -- ISO 3166-1 alpha-2, or one of the codes that it leaves to its users; how such a State is called.
  country text not null check (country ~ '^[A-Z]{2}$'),
  country_name text,
  functions text[] not null check (cardinality(functions) > 0),
  kind text not null,
  phone text,
  email text,
  address text,
  -- AMBER: sealed.
  urgent text,
  hours text,
  langs text[] not null default '{}',
  channels text[] not null default '{}',
  requirements text,
  networks text[] not null default '{}',
  source text,
  state text not null default 'active' check (state in ('active', 'paused', 'closed')),
  replaced_by uuid references authorities,
  -- `YYYY-MM-DD`, in the zone of the body.
  verified_on text check (verified_on ~ '^\d{4}-\d{2}-\d{2}$'),
  verified_by uuid references persons,
  keeper_id uuid not null references agencies,
  -- Its names and networks as words of a search: small letters without accents.
  plain text not null,
  created_at timestamptz not null,
  version int not null default 0,
  unique (body_id, number)
);
create index authorities_by_country on authorities (body_id, country);
-- States that no list of countries has: few, and read with every search.
create index authorities_of_own_states on authorities (body_id, country, country_name) where country_name is not null;

grant select, insert, update on authorities to coord_app;
alter table authorities enable row level security;
create policy wall on authorities using (body_id = current_body());
