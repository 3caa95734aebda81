-- The action plan: what is measured, promised and reported is only ever added to. An objective and an
-- indicator are series of versions, and a figure is corrected by a newer one, so that what stood at an instant can be
-- told at any later one.
create table objectives (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  number int not null,
  created_at timestamptz not null,
  -- Raised with every act; its row is what acts on one objective wait for.
  version int not null default 1,
  unique (body_id, number)
);

create table objective_versions (
  body_id uuid not null references bodies default current_body(),
  objective_id uuid not null references objectives,
  n int not null,
  at timestamptz not null,
  by_id uuid not null references persons,
  title text not null,
  pillar text not null check (pillar in ('prosecution', 'protection', 'prevention', 'cooperation')),
  requirement text,
  measure text,
  -- The measure is a review of legislation (para 26).
  legal_review boolean not null default false,
  lead_agency_id uuid not null references agencies,
  supporting uuid[] not null default '{}',
  state text not null check (state in ('planned', 'under_way', 'achieved', 'stalled', 'dropped')),
  -- Known to everybody in the body: nothing stricter is entered.
  label text not null check (label in ('CLEAR', 'GREEN')),
  -- Days in the zone of the body.
  starts_on text not null check (starts_on ~ '^\d{4}-\d{2}-\d{2}$'),
  due_on text not null check (due_on ~ '^\d{4}-\d{2}-\d{2}$'),
  primary key (objective_id, n)
);

create table indicators (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  objective_id uuid not null references objectives,
  -- O-5/2 is the second one of O-5.
  n int not null,
  ladder int not null default 0,
  unique (objective_id, n)
);

create table indicator_versions (
  body_id uuid not null references bodies default current_body(),
  indicator_id uuid not null references indicators,
  n int not null,
  at timestamptz not null,
  by_id uuid not null references persons,
  name text not null,
  unit text not null,
  baseline numeric not null,
  target numeric not null check (target <> baseline),
  frequency text not null check (frequency in ('monthly', 'quarterly', 'half_yearly', 'yearly', 'once')),
  source text not null,
  agency_id uuid not null references agencies,
  -- The first day on which a figure is due; the others follow by the frequency.
  first_due text not null check (first_due ~ '^\d{4}-\d{2}-\d{2}$'),
  -- No longer measured.
  dropped boolean not null default false,
  primary key (indicator_id, n)
);

create table plan_progress (
  body_id uuid not null references bodies default current_body(),
  indicator_id uuid not null references indicators,
  n int not null,
  at timestamptz not null,
  by_id uuid not null references persons,
  agency_id uuid not null references agencies,
  value numeric not null,
  -- The day on which the period ends that it is for.
  period text not null check (period ~ '^\d{4}-\d{2}-\d{2}$'),
  -- An https address, or a reference such as T-104.
  evidence text,
  words text,
  primary key (indicator_id, n)
);

create table plan_obstacles (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  objective_id uuid not null references objectives,
  n int not null,
  words text not null,
  by_id uuid not null references persons,
  agency_id uuid not null references agencies,
  at timestamptz not null,
  resolved_at timestamptz,
  resolved_by uuid references persons,
  unique (objective_id, n)
);

create table plan_links (
  body_id uuid not null references bodies default current_body(),
  objective_id uuid not null references objectives,
  kind text not null check (kind in ('task', 'decision', 'training', 'information')),
  item_id uuid not null,
  by_id uuid not null references persons,
  at timestamptz not null,
  primary key (objective_id, kind, item_id)
);

grant select, insert on objective_versions, indicator_versions, plan_progress to coord_app;
grant select, insert, update on objectives, indicators, plan_obstacles to coord_app;
grant select, insert, delete on plan_links to coord_app;
alter table objectives enable row level security;
alter table objective_versions enable row level security;
alter table indicators enable row level security;
alter table indicator_versions enable row level security;
alter table plan_progress enable row level security;
alter table plan_obstacles enable row level security;
alter table plan_links enable row level security;
create policy wall on objectives using (body_id = current_body());
create policy wall on objective_versions using (body_id = current_body());
create policy wall on indicators using (body_id = current_body());
create policy wall on indicator_versions using (body_id = current_body());
create policy wall on plan_progress using (body_id = current_body());
create policy wall on plan_obstacles using (body_id = current_body());
create policy wall on plan_links using (body_id = current_body());
