-- Training and technical assistance: what agencies need and offer, what they hold together, what came of it.
-- A session is a meeting: when it is, who is asked and who was there is kept with the meeting, and nowhere twice.
create table training_items (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  number int not null,
  kind text not null check (kind in ('need', 'offer', 'session')),
  what text not null check (what in ('training', 'assistance', 'equipment')),
  topic text not null,
  words text not null,
  -- Every member of the body reads it, so nothing above GREEN is taken.
  label text not null check (label in ('CLEAR', 'GREEN')),
  state text not null default 'open' check (state in ('open', 'matched', 'met', 'withdrawn', 'lapsed')),
  agency_id uuid not null references agencies,
  person_id uuid not null references persons,
  country text,
  role text not null default 'none' check (role in ('origin', 'transit', 'destination', 'none')),
  people int check (people > 0),
  -- Of a need: by when. Of an offer: from and until when it stands.
  from_at timestamptz,
  until_at timestamptz,
  langs text[] not null default '{}',
  format text check (format in ('in_person', 'online', 'mixed')),
  -- Somebody outside the body; null: the agency itself.
  provider text,
  -- Of a need its offer, of an offer its need.
  matched_id uuid references training_items,
  -- Of a session alone: the need or offer that it answers, its meeting, how many places there are (null: as many as come),
  -- and after how many days it is asked what was put into practice.
  of_id uuid references training_items,
  meeting_id uuid unique references meetings,
  seats int check (seats > 0),
  follow_days int not null default 90,
  held_at timestamptz,
  created_at timestamptz not null,
  ladder int not null default 0,
  version int not null default 0,
  unique (body_id, number),
  check ((kind = 'session') = (meeting_id is not null))
);
create index training_items_open on training_items (body_id, kind, topic) where state = 'open';
create index training_items_by_source on training_items (of_id) where of_id is not null;

create table training_enrolments (
  body_id uuid not null references bodies default current_body(),
  training_id uuid not null references training_items,
  person_id uuid not null references persons,
  agency_id uuid not null references agencies,
  -- In line: the first to come is the first to move up.
  place int not null,
  state text not null check (state in ('enrolled', 'waiting', 'left')),
  by uuid not null references persons,
  at timestamptz not null,
  primary key (training_id, person_id)
);

-- Who answered is known, so that nobody is asked twice; what they wrote rests sealed.
create table training_evaluations (
  body_id uuid not null references bodies default current_body(),
  training_id uuid not null references training_items,
  person_id uuid not null references persons,
  usefulness int not null check (usefulness between 1 and 5),
  relevance int not null check (relevance between 1 and 5),
  trainer int not null check (trainer between 1 and 5),
  words text,
  at timestamptz not null,
  primary key (training_id, person_id)
);

create table training_followups (
  body_id uuid not null references bodies default current_body(),
  training_id uuid not null references training_items,
  agency_id uuid not null references agencies,
  answer text not null check (answer in ('yes', 'partly', 'no')),
  words text,
  by uuid not null references persons,
  at timestamptz not null,
  primary key (training_id, agency_id)
);

-- What agencies added to the library; what comes with Coord is in its code.
create table resources (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  number int not null,
  title text not null,
  kind text not null,
  topics text[] not null,
  langs text[] not null,
  url text not null,
  publisher text not null,
  year int,
  label text not null check (label in ('CLEAR', 'GREEN')),
  agency_id uuid not null references agencies,
  person_id uuid not null references persons,
  added_at timestamptz not null,
  removed_at timestamptz,
  unique (body_id, number)
);

-- A card that shows something of a second item is drawn anew when that one changes.
alter table cards add column follows_id uuid;
create index cards_by_followed on cards (follows_id) where follows_id is not null;

grant select, insert, update, delete on training_items, training_enrolments, training_evaluations, training_followups,
  resources to coord_app;
revoke delete on training_items, training_enrolments, training_followups, resources from coord_app;
revoke update, delete on training_evaluations from coord_app;
alter table training_items enable row level security;
alter table training_enrolments enable row level security;
alter table training_evaluations enable row level security;
alter table training_followups enable row level security;
alter table resources enable row level security;
create policy wall on training_items using (body_id = current_body());
create policy wall on training_enrolments using (body_id = current_body());
create policy wall on training_evaluations using (body_id = current_body());
create policy wall on training_followups using (body_id = current_body());
create policy wall on resources using (body_id = current_body());
