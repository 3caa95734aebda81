-- Coordination meetings. A meeting is a series of one or more occurrences; whatever is held, recorded and decided
-- belongs to an occurrence.
create table meetings (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  number int not null,
  title text not null,
  label text not null default 'GREEN' check (label in ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
  state text not null check (state in ('polling', 'scheduled', 'cancelled')),
  zone text not null,
  -- Wall clock of the first occurrence in that zone, `YYYY-MM-DDTHH:mm`; null while a poll is open.
  starts text,
  -- RFC 5545 RRULE value; null: once.
  rule text,
  minutes int not null,
  place text,
  link text,
  organizer_id uuid not null references persons,
  organizer_agency_id uuid not null references agencies,
  chair_id uuid references persons,
  secretary_id uuid references persons,
  -- RFC 5546: rises with every change that calendars must follow.
  sequence int not null default 0,
  reason text,
  poll_until timestamptz,
  ladder int not null default 0,
  version int not null default 1,
  created_at timestamptz not null,
  unique (body_id, number)
);

-- Who is asked to come: a person, or an agency that has nobody here. The last who stood in somebody's place too.
create table invitees (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  meeting_id uuid not null references meetings,
  agency_id uuid not null references agencies,
  person_id uuid references persons,
  -- Came as somebody's deputy, or walked in: not asked to every occurrence.
  guest boolean not null default false,
  added_at timestamptz not null,
  unique nulls not distinct (meeting_id, agency_id, person_id)
);
create index invitees_by_person on invitees (person_id);
create index invitees_by_agency on invitees (agency_id);

create table occurrences (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  meeting_id uuid not null references meetings,
  n int not null,
  -- The wall time that the rule gives it: what calendars know it by.
  rule_wall text not null,
  wall text not null,
  minutes int not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state text not null default 'scheduled' check (state in ('scheduled', 'running', 'ended', 'cancelled')),
  place text,
  link text,
  reason text,
  -- What calendars were told of this occurrence alone.
  sequence int not null default 0,
  started_at timestamptz,
  ended_at timestamptz,
  started_by uuid references persons,
  -- none, draft, circulated, approved
  minutes_state text not null default 'none' check (minutes_state in ('none', 'draft', 'circulated', 'approved')),
  circulated_at timestamptz,
  correct_by timestamptz,
  approved_at timestamptz,
  ladder int not null default 0,
  version int not null default 1,
  unique (meeting_id, n)
);
create index occurrences_by_start on occurrences (body_id, state, starts_at);

-- n 0 rsvps for the whole series.
create table rsvps (
  body_id uuid not null references bodies default current_body(),
  invitee_id uuid not null references invitees,
  n int not null,
  answer text not null check (answer in ('yes', 'maybe', 'no', 'deputy', 'none')),
  deputy_id uuid references persons,
  by uuid not null references persons,
  at timestamptz not null,
  primary key (invitee_id, n)
);

create table poll_slots (
  body_id uuid not null references bodies default current_body(),
  meeting_id uuid not null references meetings,
  n int not null,
  wall text not null,
  starts_at timestamptz not null,
  primary key (meeting_id, n)
);
create table poll_votes (
  body_id uuid not null references bodies default current_body(),
  invitee_id uuid not null references invitees,
  n int not null,
  answer text not null check (answer in ('yes', 'maybe', 'no')),
  by uuid not null references persons,
  at timestamptz not null,
  primary key (invitee_id, n)
);

create table agenda_items (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  meeting_id uuid not null references meetings,
  -- Null: a standing item, on the agenda of every occurrence.
  occurrence_id uuid references occurrences,
  position int not null,
  title text not null,
  minutes int,
  presenter_id uuid references persons,
  agency_id uuid not null references agencies,
  proposed_by uuid not null references persons,
  -- late: proposed after the freeze, waits for the chair's leave
  state text not null default 'on' check (state in ('on', 'late', 'off')),
  at timestamptz not null
);
create index agenda_by_occurrence on agenda_items (occurrence_id);
create index agenda_standing on agenda_items (meeting_id) where occurrence_id is null;

create table papers (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  occurrence_id uuid not null references occurrences,
  item_id uuid references agenda_items,
  title text not null,
  url text not null,
  by uuid not null references persons,
  at timestamptz not null
);
create index papers_by_occurrence on papers (occurrence_id);

create table attendance (
  body_id uuid not null references bodies default current_body(),
  occurrence_id uuid not null references occurrences,
  invitee_id uuid not null references invitees,
  present boolean not null,
  by uuid not null references persons,
  at timestamptz not null,
  primary key (occurrence_id, invitee_id)
);

-- One row a line, so that two secretaries never write over one another.
create table record_lines (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  occurrence_id uuid not null references occurrences,
  n int not null,
  item_id uuid references agenda_items,
  words text not null,
  by uuid not null references persons,
  at timestamptz not null,
  version int not null default 1,
  removed boolean not null default false,
  unique (occurrence_id, n)
);

create table decisions (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  number int not null,
  meeting_id uuid not null references meetings,
  occurrence_id uuid not null references occurrences,
  words text not null,
  label text not null,
  votes_for int,
  votes_against int,
  votes_abstain int,
  -- Agencies present, invited and needed at that moment; needed is null where the body asks for no quorum.
  present int not null,
  invited int not null,
  needed int,
  by uuid not null references persons,
  at timestamptz not null,
  withdrawn_at timestamptz,
  unique (body_id, number)
);
create index decisions_by_occurrence on decisions (occurrence_id);
create index decisions_words on decisions using gin (words gin_trgm_ops) where label in ('CLEAR', 'GREEN');

create table corrections (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  occurrence_id uuid not null references occurrences,
  n int not null,
  words text not null,
  by uuid not null references persons,
  at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'taken', 'refused')),
  unique (occurrence_id, n)
);

-- The approved minutes as they were signed off: a sealed Word file and its hash. Nobody who works here may change one.
create table approved_minutes (
  body_id uuid not null references bodies default current_body(),
  occurrence_id uuid primary key references occurrences,
  file text not null,
  sha256 text not null,
  approved_at timestamptz not null,
  -- Null: by silence.
  approved_by uuid references persons
);

-- A person's calendar subscription; the address itself is known to the person alone.
create table feeds (
  token_hash text primary key,
  person_id uuid not null unique references persons,
  made_at timestamptz not null
);

-- Short-lived addresses of files; what they give is made when they are opened, by the rights of then.
create table file_links (
  token_hash text primary key,
  body_id uuid not null references bodies default current_body(),
  person_id uuid not null references persons,
  kind text not null,
  item_id uuid not null,
  expires_at timestamptz not null
);

create function feed_of(h text) returns table (person_id uuid, bodies uuid[])
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select f.person_id, array(select distinct r.body_id from roles r where r.person_id = f.person_id order by 1)
    from feeds f join persons p on p.id = f.person_id where f.token_hash = h and p.active
  $$;
create function body_of_file(h text, moment timestamptz) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select body_id from file_links where token_hash = h and expires_at > moment $$;
revoke all on function feed_of, body_of_file from public;
grant execute on function feed_of, body_of_file to coord_app;

grant select, insert, update, delete on meetings, invitees, occurrences, rsvps, poll_slots, poll_votes, agenda_items, papers,
  attendance, record_lines, decisions, corrections, feeds, file_links to coord_app;
grant select, insert on approved_minutes to coord_app;
revoke delete on meetings, decisions, record_lines, corrections from coord_app;

alter table meetings enable row level security;
alter table invitees enable row level security;
alter table occurrences enable row level security;
alter table rsvps enable row level security;
alter table poll_slots enable row level security;
alter table poll_votes enable row level security;
alter table agenda_items enable row level security;
alter table papers enable row level security;
alter table attendance enable row level security;
alter table record_lines enable row level security;
alter table decisions enable row level security;
alter table corrections enable row level security;
alter table approved_minutes enable row level security;
alter table feeds enable row level security;
alter table file_links enable row level security;
create policy wall on meetings using (body_id = current_body());
create policy wall on invitees using (body_id = current_body());
create policy wall on occurrences using (body_id = current_body());
create policy wall on rsvps using (body_id = current_body());
create policy wall on poll_slots using (body_id = current_body());
create policy wall on poll_votes using (body_id = current_body());
create policy wall on agenda_items using (body_id = current_body());
create policy wall on papers using (body_id = current_body());
create policy wall on attendance using (body_id = current_body());
create policy wall on record_lines using (body_id = current_body());
create policy wall on decisions using (body_id = current_body());
create policy wall on corrections using (body_id = current_body());
create policy wall on approved_minutes using (body_id = current_body());
create policy wall on feeds using (person_in_this_body(person_id));
create policy wall on file_links using (body_id = current_body());
