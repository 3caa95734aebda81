-- Tasks across agencies.
create table tasks (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  number int not null,
  title text not null,
  detail text,
  label text not null default 'GREEN' check (label in ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
  priority text not null default 'normal' check (priority in ('life-safety', 'urgent', 'normal', 'low')),
  state text not null default 'asked' check (state in ('asked', 'agreed', 'done', 'closed', 'declined', 'cancelled')),
  requester_id uuid not null references persons,
  requester_agency_id uuid not null references agencies,
  -- The secretariat acting for an agency on neither platform.
  entered_by uuid references persons,
  lead_agency_id uuid not null references agencies,
  assignee_id uuid references persons,
  due_at timestamptz,
  due_zone text,
  original_due_at timestamptz,
  -- Another date put forward by the side that does not decide it; null when nothing is on the table.
  proposed_due_at timestamptz,
  proposed_due_zone text,
  proposed_by uuid references persons,
  proposed_by_agency uuid references agencies,
  proposed_reason text,
  blocked_reason text,
  evidence text,
  outcome_reason text,
  source_kind text,
  source_id text,
  created_at timestamptz not null,
  agreed_at timestamptz,
  done_at timestamptz,
  closed_at timestamptz,
  -- Rises with every change; a stale button carries an older one.
  version int not null default 1,
  ladder int not null default 0,
  -- Reminders of its own, in the notation of src/reminders/notation.ts.
  own_ladder text,
  unique (body_id, number)
);
create index tasks_by_lead on tasks (body_id, lead_agency_id, state, due_at);
create index tasks_by_requester on tasks (body_id, requester_agency_id, state, due_at);
create index tasks_by_requester_person on tasks (requester_id, state, due_at);
create index tasks_by_assignee on tasks (assignee_id, state, due_at);
create index tasks_similar on tasks using gin (title gin_trgm_ops) where label in ('CLEAR', 'GREEN');

create table task_supporters (
  body_id uuid not null references bodies default current_body(),
  task_id uuid not null references tasks,
  agency_id uuid not null references agencies,
  person_id uuid references persons,
  state text not null default 'asked' check (state in ('asked', 'agreed', 'declined')),
  primary key (task_id, agency_id)
);
create index task_supporters_by_agency on task_supporters (agency_id);

create table task_comments (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  task_id uuid not null references tasks,
  author_id uuid not null references persons,
  at timestamptz not null,
  words text not null
);
create index task_comments_by_task on task_comments (task_id, at);

-- The state before a person's last act, for undo within five minutes.
create table undos (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  person_id uuid not null references persons,
  item_kind text not null,
  item_id uuid not null,
  act text not null,
  before jsonb not null,
  version int not null,
  at timestamptz not null,
  undone boolean not null default false
);
create index undos_by_person on undos (person_id, at);

grant select, insert, update, delete on tasks, task_supporters, task_comments, undos to coord_app;
revoke delete on tasks from coord_app;
alter table tasks enable row level security;
alter table task_supporters enable row level security;
alter table task_comments enable row level security;
alter table undos enable row level security;
create policy wall on tasks using (body_id = current_body());
create policy wall on task_supporters using (body_id = current_body());
create policy wall on task_comments using (body_id = current_body());
create policy wall on undos using (body_id = current_body());
