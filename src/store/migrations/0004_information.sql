-- Information shared under its provider's conditions. Whatever somebody wrote rests sealed, whatever its label.
create table shares (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  -- Not in sequence: volume is information.
  number int not null,
  codename text not null,
  kind text not null check (kind in ('a', 'b', 'c', 'd', 'e', 'f')),
  label text not null check (label in ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
  codes text[] not null default '{}',
  other_code text,
  source_grade text check (source_grade in ('A', 'B', 'C', 'X')),
  content_grade text check (content_grade in ('1', '2', '3', '4')),
  title text,
  content text,
  attribution boolean not null default false,
  valid_until timestamptz,
  valid_zone text,
  outcome_days int not null default 14,
  state text not null default 'draft' check (state in ('draft', 'review', 'released', 'recalled', 'expired', 'closed')),
  provider_id uuid not null references persons,
  provider_agency_id uuid not null references agencies,
  reviewer_id uuid references persons,
  reason text,
  -- Rises when the conditions are tightened: an acknowledgement of older ones does not hold any more.
  conditions int not null default 1,
  created_at timestamptz not null,
  released_at timestamptz,
  ended_at timestamptz,
  at timestamptz not null generated always as (coalesce(released_at, created_at)) stored,
  version int not null default 1,
  unique (body_id, number)
);
-- Lists show the latest first and go each way by an index of its own, so that a million shares of others cost nothing.
create index shares_by_provider on shares (body_id, provider_agency_id, at desc);
create index shares_by_codename on shares (body_id, codename, at desc);
create index shares_to_find on shares (body_id, at desc) where state = 'released' and label in ('CLEAR', 'GREEN');

create table share_recipients (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  share_id uuid not null references shares,
  agency_id uuid not null references agencies,
  person_id uuid references persons,
  state text not null default 'delivered' check (state in ('delivered', 'in_use', 'declined', 'closed')),
  reason text,
  suspended boolean not null default false,
  outcome text not null default 'none' check (outcome in ('none', 'interim', 'final')),
  outcome_due timestamptz,
  ladder int not null default 0,
  -- When it was received; null before the release.
  received_at timestamptz,
  added_at timestamptz not null,
  unique nulls not distinct (share_id, agency_id, person_id)
);
create index share_recipients_by_agency on share_recipients (body_id, agency_id, received_at desc);
create index share_recipients_owing on share_recipients (body_id, agency_id, outcome_due)
  where outcome <> 'final' and state <> 'declined' and received_at is not null;
create index share_recipients_by_person on share_recipients (person_id);

-- Every opening: who, when, why, under which conditions. The provider sees it.
create table share_openings (
  id bigint generated always as identity primary key,
  body_id uuid not null references bodies default current_body(),
  share_id uuid not null references shares,
  person_id uuid not null references persons,
  agency_id uuid not null references agencies,
  conditions int not null,
  purpose text not null,
  -- The first one under these conditions: the person accepted them.
  accepted boolean not null default false,
  -- A file of it was downloaded.
  attachment_id uuid,
  at timestamptz not null
);
create index share_openings_by_share on share_openings (share_id, person_id, conditions);

-- Keyed hashes of the words of a share, for search by who may open it; no word rests here.
create table share_words (
  body_id uuid not null references bodies default current_body(),
  share_id uuid not null references shares,
  hash text not null,
  primary key (body_id, hash, share_id)
);

create table use_requests (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  number int not null,
  share_id uuid not null references shares,
  -- H1: in judicial proceedings; H2: to pass it on.
  code text not null check (code in ('H1', 'H2')),
  agency_id uuid not null references agencies,
  person_id uuid not null references persons,
  -- Of an H2 request: the agencies and persons it would go to.
  recipients jsonb not null default '[]',
  purpose text not null,
  legal_basis text,
  needed_by timestamptz,
  state text not null default 'submitted'
    check (state in ('submitted', 'granted', 'refused', 'withdrawn', 'lapsed', 'void')),
  -- What the provider adds to a grant, or why it refuses.
  answer text,
  expires_at timestamptz,
  decided_by uuid references persons,
  decided_at timestamptz,
  -- The conditions under which it was granted: tightening voids it.
  conditions int not null,
  created_at timestamptz not null,
  ladder int not null default 0,
  version int not null default 1,
  unique (body_id, number)
);
create index use_requests_by_share on use_requests (share_id, state);
-- Whom a grant of passing on admitted: their place holds as long as the grant does.
alter table share_recipients add column grant_id uuid references use_requests;

create table outcomes (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  share_id uuid not null references shares,
  recipient_id uuid not null references share_recipients,
  kind text not null,
  final boolean not null,
  direct boolean,
  happened_on text,
  count int,
  narrative text,
  label text not null check (label in ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
  by uuid not null references persons,
  agency_id uuid not null references agencies,
  at timestamptz not null,
  thanked_at timestamptz
);
create index outcomes_by_share on outcomes (share_id);

-- Files that belong to a share: name and bytes sealed. Each download is an opening.
create table attachments (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  share_id uuid not null references shares,
  name text not null,
  type text not null,
  size int not null,
  content text not null,
  by uuid not null references persons,
  at timestamptz not null
);
create index attachments_by_share on attachments (share_id, at);

-- A breach of the conditions (para 16).
create table breaches (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  share_id uuid not null references shares,
  recipient_id uuid not null references share_recipients,
  words text not null,
  by uuid not null references persons,
  at timestamptz not null
);

-- A second person of the agency looks at what it releases.
alter table members add column share_review boolean not null default false;

grant select, insert, update, delete on shares, share_recipients, share_openings, share_words, use_requests, outcomes, attachments, breaches to coord_app;
revoke update, delete on share_openings, breaches from coord_app;
revoke delete on shares, share_recipients, use_requests, outcomes from coord_app;
alter table shares enable row level security;
alter table share_recipients enable row level security;
alter table share_openings enable row level security;
alter table share_words enable row level security;
alter table use_requests enable row level security;
alter table outcomes enable row level security;
alter table attachments enable row level security;
alter table breaches enable row level security;
create policy wall on shares using (body_id = current_body());
create policy wall on share_recipients using (body_id = current_body());
create policy wall on share_openings using (body_id = current_body());
create policy wall on share_words using (body_id = current_body());
create policy wall on use_requests using (body_id = current_body());
create policy wall on outcomes using (body_id = current_body());
create policy wall on attachments using (body_id = current_body());
create policy wall on breaches using (body_id = current_body());
