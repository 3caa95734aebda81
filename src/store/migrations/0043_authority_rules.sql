-- Of several authorities of a State that are competent for something, which takes what: rules of the editors. An authority without
-- one takes every case.
create table authority_rules (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  authority_id uuid not null references authorities,
  function text not null,
  stage text check (stage in ('investigation', 'trial', 'after_judgment')),
  matter text,
  region text,
  urgent boolean not null,
  added_by uuid not null references persons,
  added_at timestamptz not null,
  constraint says_when check (stage is not null or matter is not null or region is not null or urgent)
);
create index authority_rules_of on authority_rules (authority_id);

grant select, insert, delete on authority_rules to coord_app;
alter table authority_rules enable row level security;
create policy wall on authority_rules using (body_id = current_body());
