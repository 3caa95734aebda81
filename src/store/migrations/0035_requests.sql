-- An authority of the directory that is an agency of this body: a request to it reaches the agency.
alter table authorities add column agency_id uuid references agencies;
create unique index authorities_of_agencies on authorities (body_id, agency_id, id) where agency_id is not null;

-- Requests for cooperation between agencies of different States, asked and received: one row, two views.
create table requests (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  -- Drawn by lot: it tells nobody how many there are.
  number int not null,
  kind text not null,
  state text not null default 'draft' check (state in
    ('draft', 'ready', 'approved', 'sent', 'received', 'agreed', 'answered', 'refused', 'closed', 'withdrawn')),
  flags text[] not null default '{}',
  label text not null check (label in ('AMBER', 'AMBER+STRICT')),
  urgency text not null check (urgency in ('life-safety', 'urgent', 'normal')),
  -- Sealed.
  subject text not null,
  content text not null,
  from_agency_id uuid not null references agencies,
  drafter_id uuid not null references persons,
  entered boolean not null default false,
  to_agency_id uuid references agencies,
  authority_id uuid references authorities,
  approver_id uuid references persons,
  executor_id uuid references persons,
  approved_hash text,
  created_at timestamptz not null,
  sent_at timestamptz,
  received_at timestamptz,
  decided_at timestamptz,
  answered_at timestamptz,
  closed_at timestamptz,
  clock text,
  due_at timestamptz,
  original_due_at timestamptz,
  left_ms bigint,
  postponed_until timestamptz,
  paper_due_at timestamptz,
  report_due_at timestamptz,
  follows_id uuid references requests,
  version int not null default 0,
  ladder int not null default 0,
  check (to_agency_id is not null or authority_id is not null),
  check (to_agency_id is distinct from from_agency_id),
  unique (body_id, number)
);
create index requests_from on requests (from_agency_id, state);
create index requests_to on requests (to_agency_id, state);
create index requests_due on requests (body_id, due_at) where due_at is not null;

-- What was done with a request, by whom and when; its words are sealed.
create table request_moves (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  request_id uuid not null references requests,
  act text not null,
  at timestamptz not null,
  person_id uuid not null references persons,
  agency_id uuid not null references agencies,
  recorded boolean not null default false,
  words text,
  code text
);
create index request_moves_of on request_moves (request_id, at);

grant select, insert, update on requests to coord_app;
grant select, insert on request_moves to coord_app;
alter table requests enable row level security;
alter table request_moves enable row level security;
create policy wall on requests using (body_id = current_body());
create policy wall on request_moves using (body_id = current_body());
