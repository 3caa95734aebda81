-- The house: who there is, what was received, what goes out, what happened.
-- Every row that belongs to a coordination body carries its id, and row-level security holds the wall:
-- work runs as coord_app, which owns nothing, with coord.body set for the length of one transaction.
-- Not walled, because they are read before the body is known or belong to none: bodies, inbound, adapter_store, data_keys.

create extension if not exists pg_trgm;

do $$ begin
  if not exists (select from pg_roles where rolname = 'coord_app') then create role coord_app nologin; end if;
exception when duplicate_object or unique_violation then null; -- another database of the cluster made it meanwhile
end $$;
do $$ begin
  if not pg_has_role(current_user, 'coord_app', 'member') then execute format('grant coord_app to %I', current_user); end if;
end $$;

create function current_body() returns uuid language sql stable
  as $$ select nullif(current_setting('coord.body', true), '')::uuid $$;

create table bodies (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,23}$'),
  name text not null,
  zone text not null,
  lang text not null default 'en',
  country text,
  work_days int[] not null default '{1,2,3,4,5}',
  work_from text not null default '09:00',
  work_to text not null default '17:00',
  holidays_added text[] not null default '{}',
  holidays_removed text[] not null default '{}',
  rules jsonb not null default '{}',
  created_at timestamptz not null default now()
);

create table agencies (
  id uuid primary key,
  handle text not null unique check (handle ~ '^[a-z0-9][a-z0-9_-]{0,31}$'),
  name text not null,
  country text,
  mandate text not null,
  langs text[] not null default '{en}',
  zone text not null,
  work_days int[] not null default '{1,2,3,4,5}',
  work_from text not null default '09:00',
  work_to text not null default '17:00',
  holidays_added text[] not null default '{}',
  holidays_removed text[] not null default '{}',
  hints boolean not null default false,
  created_at timestamptz not null default now()
);

create table members (
  body_id uuid not null references bodies default current_body(),
  agency_id uuid not null references agencies,
  observer boolean not null default false,
  -- The secretariat may act for it: nobody of it has ever been enrolled. Ends with the first person.
  represented boolean not null default true,
  -- Where notices to the whole agency go; null until a focal point binds a channel.
  channel jsonb,
  since timestamptz not null default now(),
  primary key (body_id, agency_id)
);
create index members_by_agency on members (agency_id);

create table persons (
  id uuid primary key,
  agency_id uuid not null references agencies,
  name text not null,
  email text,
  phone text,
  lang text not null default 'en',
  zone text not null,
  work_from text not null default '09:00',
  work_to text not null default '17:00',
  current_body uuid references bodies,
  -- Local hour of the morning digest, or off; empty days are the agency's working days.
  digest_at text not null default '08:00',
  digest_days int[] not null default '{}',
  active boolean not null default true,
  created_at timestamptz not null default now()
);
create index persons_by_agency on persons (agency_id);

create table roles (
  body_id uuid not null references bodies default current_body(),
  person_id uuid not null references persons,
  role text not null check (role in ('staff', 'focal_point', 'coordinator', 'rapporteur', 'observer', 'admin')),
  primary key (body_id, person_id, role)
);
create index roles_by_person on roles (person_id);

create table accounts (
  platform text not null,
  tenant text not null,
  user_id text not null,
  person_id uuid not null references persons,
  linked_at timestamptz not null default now(),
  -- Set when the platform says for good that this account cannot be reached; cleared when it speaks again.
  unreachable text,
  primary key (platform, tenant, user_id)
);
create index accounts_by_person on accounts (person_id);

create table absences (
  id uuid primary key,
  person_id uuid not null references persons,
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  deputy_id uuid references persons
);
create index absences_by_person on absences (person_id, until_at);

create table duties (
  id uuid primary key,
  agency_id uuid not null references agencies,
  person_id uuid not null references persons,
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at)
);
create index duties_by_agency on duties (agency_id, until_at);

-- One row from the code's issue to the focal point's decision. Only a hash of the code is kept.
create table enrolments (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  agency_id uuid not null references agencies,
  role text not null,
  code_hash text unique,
  name text,
  issued_by uuid references persons,
  expires_at timestamptz not null,
  -- The operator's own code for an agency that has nobody yet to confirm: its issue is the confirmation.
  confirmed_at_issue boolean not null default false,
  platform text,
  tenant text,
  user_id text,
  display_name text,
  state text not null check (state in ('issued', 'asked', 'active', 'refused')),
  asked_at timestamptz,
  decided_by uuid references persons,
  decided_at timestamptz
);

-- A conversation bound to a body, with its ceiling.
create table places (
  platform text not null,
  tenant text not null,
  conversation text not null,
  body_id uuid not null references bodies default current_body(),
  agency_id uuid references agencies,
  external boolean not null default false,
  ref jsonb not null,
  primary key (platform, tenant, conversation)
);

-- What was received, so that a delivery repeated by a platform has no second effect. Kept a day.
create table inbound (
  platform text not null,
  tenant text not null,
  key text not null,
  received_at timestamptz not null default now(),
  primary key (platform, tenant, key)
);
create index inbound_by_age on inbound (received_at);

create table counters (
  body_id uuid not null references bodies default current_body(),
  kind text not null,
  value bigint not null,
  primary key (body_id, kind)
);

-- What goes out. A row names what is to be told and to whom; the words are made at the moment of sending,
-- from what is true then and what the reader may see then, so no content waits here.
create table outbox (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  notice text not null,
  params jsonb not null,
  person_id uuid references persons,
  place jsonb,
  -- Set: the live card is drawn anew. Null: a new message.
  card_id uuid,
  -- The item in whose thread it goes, where the reader has its card.
  thread_of uuid,
  -- The sender to be told when nobody can be reached.
  on_behalf_of uuid references persons,
  dedupe text,
  priority int not null default 10,
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'nothing', 'failed', 'dropped')),
  attempts int not null default 0,
  due_at timestamptz not null,
  -- The first of the failures in a row that it is in.
  failing_since timestamptz,
  lease_until timestamptz,
  -- Its place in the pace of sending is reserved already.
  slotted boolean not null default false,
  tried jsonb not null default '[]',
  reason text,
  sent_at timestamptz,
  -- The reader pressed one of its buttons: it was read.
  acknowledged_at timestamptz,
  message text,
  ref jsonb,
  created_at timestamptz not null default now(),
  unique (body_id, dedupe)
);
create index outbox_due on outbox (due_at) where state in ('pending', 'sending');
create index outbox_failed on outbox (body_id, created_at) where state = 'failed';
create index outbox_by_person on outbox (person_id, created_at);
create index outbox_by_message on outbox (message) where message is not null;
-- Bursts coalesce: one redraw of a card waits at a time.
create unique index outbox_one_redraw on outbox (card_id) where state = 'pending' and card_id is not null;

-- A message that shows an item, wherever it is, so that it can be kept true.
create table cards (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  notice text not null,
  params jsonb not null,
  item_kind text not null,
  item_id uuid not null,
  person_id uuid references persons,
  ref jsonb not null,
  platform text not null,
  tenant text not null,
  conversation text not null,
  message text not null,
  shown text not null,
  created_at timestamptz not null default now(),
  unique (platform, tenant, conversation, message)
);
create index cards_by_item on cards (item_kind, item_id);

-- The pace of sending, shared by all processes: a generic cell rate, one row a limit.
create table pace (key text primary key, free_at timestamptz not null);

-- What happened: metadata only. Free words lie encrypted beside a commitment to them.
create table events (
  id bigint generated always as identity primary key,
  body_id uuid references bodies default current_body(),
  at timestamptz not null,
  actor_id uuid,
  action text not null,
  item_kind text,
  item_id uuid,
  item_ref text,
  code text,
  detail jsonb not null default '{}',
  words text,
  commitment text,
  txid xid8 not null default pg_current_xact_id()
);
create index events_by_item on events (item_kind, item_id, id);
create index events_to_seal on events (body_id, txid);
create index events_by_action on events (body_id, action, at);

-- Batches of events in a chain of hashes.
create table seals (
  body_id uuid not null references bodies default current_body(),
  n int not null,
  event_ids bigint[] not null,
  previous text not null,
  hash text not null,
  sealed_at timestamptz not null,
  -- Every event of a transaction before it is sealed.
  horizon xid8 not null,
  primary key (body_id, n)
);

create table adapter_store (
  key text primary key,
  value text not null,
  expires_at timestamptz
);

-- One data key a body, wrapped by the deployment's secret key; the nil uuid is the deployment's own.
create table data_keys (
  id uuid primary key,
  scope uuid not null,
  wrapped text not null,
  created_at timestamptz not null default now()
);
create unique index data_keys_by_scope on data_keys (scope);

-- Due moments, whatever the kind of item. The queue holds only those within the horizon.
create table reminder_steps (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  item_kind text not null,
  item_id uuid not null,
  step text not null,
  audience text not null,
  -- The moment that it is about: a step told once about it is not told again by a ladder laid anew.
  about timestamptz,
  -- A moved deadline lays a new ladder; steps of an older one never fire.
  ladder int not null,
  due_at timestamptz not null,
  fired_at timestamptz,
  -- It could not be fired; the others go before it until then.
  held_until timestamptz,
  -- told, moved, closed, nobody: why it said something or nothing.
  outcome text,
  unique (item_kind, item_id, ladder, step, audience)
);
create index reminder_steps_due on reminder_steps (due_at) where fired_at is null;
create index reminder_steps_by_item on reminder_steps (item_kind, item_id);

-- Who was reminded by which step; a bundle is one message.
create table reminder_tellings (
  body_id uuid not null references bodies default current_body(),
  step_id uuid not null references reminder_steps,
  person_id uuid not null references persons,
  bundle text not null,
  told_at timestamptz not null,
  primary key (step_id, person_id)
);
create index reminder_tellings_by_bundle on reminder_tellings (person_id, bundle);

-- What somebody had typed when a form had to be opened by another click. Sealed, kept a day.
create table drafts (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  person_id uuid not null references persons,
  words text not null,
  at timestamptz not null
);

-- Who is there, before any body is known. Owned by the migrating role: coord_app sees only the answer.
create function who_is(p text, t text, u text)
  returns table (person_id uuid, active boolean, unreachable boolean, current_body uuid, bodies uuid[])
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select p0.id, p0.active, a.unreachable is not null, p0.current_body,
      array(select distinct m.body_id from members m join roles r on r.body_id = m.body_id and r.person_id = p0.id
            where m.agency_id = p0.agency_id order by 1)
    from accounts a join persons p0 on p0.id = a.person_id
    where a.platform = p and a.tenant = t and a.user_id = u
  $$;
create function body_of_place(p text, t text, c text) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select body_id from places where platform = p and tenant = t and conversation = c $$;
create function body_of_message(p text, t text, c text, m text) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select body_id from cards where platform = p and tenant = t and conversation = c and message = m
    union all
    select body_id from outbox where message = m and ref->'conversation'->>'id' = c and ref->'conversation'->>'tenant' = t
    limit 1
  $$;
-- An account is known to one deployment once, also to the body that does not see its person.
create function person_of_account(p text, t text, u text) returns table (person_id uuid, agency_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select p0.id, p0.agency_id from accounts a join persons p0 on p0.id = a.person_id
        where a.platform = p and a.tenant = t and a.user_id = u $$;
create function has_role_anywhere(person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  as $$ select exists (select from roles where person_id = person) $$;
-- The account of somebody who has left every body is free again.
create function release_account(p text, t text, u text) returns void
  language sql security definer set search_path = public, pg_temp
  as $$ delete from accounts a where a.platform = p and a.tenant = t and a.user_id = u
        and not exists (select from roles r where r.person_id = a.person_id) $$;
create function body_of_code(h text) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select body_id from enrolments where code_hash = h $$;

grant usage on schema public to coord_app;
grant select, insert, update, delete on all tables in schema public to coord_app;
revoke update, delete on events, seals from coord_app;
revoke insert, update, delete on bodies from coord_app;
grant update on bodies to coord_app;
revoke all on function who_is, body_of_place, body_of_message, body_of_code, person_of_account, has_role_anywhere, release_account from public;
grant execute on function who_is, body_of_place, body_of_message, body_of_code, person_of_account, has_role_anywhere, release_account to coord_app;

alter table members enable row level security;
alter table roles enable row level security;
alter table enrolments enable row level security;
alter table places enable row level security;
alter table counters enable row level security;
alter table outbox enable row level security;
alter table cards enable row level security;
alter table events enable row level security;
alter table seals enable row level security;
alter table reminder_steps enable row level security;
alter table reminder_tellings enable row level security;
alter table drafts enable row level security;
alter table agencies enable row level security;
alter table persons enable row level security;
alter table accounts enable row level security;
alter table absences enable row level security;
alter table duties enable row level security;

alter table bodies enable row level security;
create policy seen on bodies for select using (true);
create policy wall on bodies for update using (id = current_body());
create policy wall on members using (body_id = current_body());
create policy wall on roles using (body_id = current_body());
create policy wall on enrolments using (body_id = current_body());
create policy wall on places using (body_id = current_body());
create policy wall on counters using (body_id = current_body());
create policy wall on outbox using (body_id = current_body());
create policy wall on cards using (body_id = current_body());
create policy wall on events using (body_id is not distinct from current_body());
create policy wall on seals using (body_id = current_body());
create policy wall on reminder_steps using (body_id = current_body());
create policy wall on reminder_tellings using (body_id = current_body());
create policy wall on drafts using (body_id = current_body());

-- An agency and its people are seen from every body that the agency is a member of.
create function in_this_body(agency uuid) returns boolean language sql stable security definer set search_path = public, pg_temp
  as $$ select exists (select from members where agency_id = agency and body_id = current_body()) $$;
create function person_in_this_body(person uuid) returns boolean language sql stable security definer set search_path = public, pg_temp
  as $$ select exists (select from persons p join members m on m.agency_id = p.agency_id
                       where p.id = person and m.body_id = current_body()) $$;
revoke all on function in_this_body, person_in_this_body from public;
grant execute on function in_this_body, person_in_this_body to coord_app;
create policy wall on agencies using (in_this_body(id));
create policy wall on persons using (in_this_body(agency_id));
create policy wall on accounts using (person_in_this_body(person_id));
create policy wall on absences using (person_in_this_body(person_id));
create policy wall on duties using (in_this_body(agency_id));
