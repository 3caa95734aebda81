-- The record withstands its owner. Seals of version 2 hold a Merkle tree of their events and say all that they cover;
-- seals of version 1 stay as they are and still verify.
alter table events
  -- In the leaf of the event's tree: a proof shows the hashes of its neighbours, and nobody can guess at those.
  add column salt text;
-- In the order in which they are sealed, however many a transaction wrote.
drop index events_to_seal;
create index events_to_seal on events (body_id, txid, id);
-- An export asks for an item by its reference.
create index events_by_ref on events (body_id, item_ref) where item_ref is not null;

create function least_of(ids bigint[]) returns bigint language sql immutable
  as $$ select min(one) from unnest(ids) as one $$;
create function greatest_of(ids bigint[]) returns bigint language sql immutable
  as $$ select max(one) from unnest(ids) as one $$;

alter table seals
  add column version smallint not null default 1,
  -- RFC 9162 root of the events.
  add column root text,
  -- Hash of an earlier seal, further back than the one before: the way from a head to any seal is short.
  add column skip text,
  -- How many events are sealed with this one.
  add column size bigint,
  -- In which cluster transactions were counted, and up to which event another one had counted them.
  add column cluster text,
  add column floor bigint not null default 0,
  add column first_id bigint generated always as (least_of(event_ids)) stored,
  add column last_id bigint generated always as (greatest_of(event_ids)) stored;
-- Which seal holds an event: numbers of events and of seals grow together.
create index seals_by_last_id on seals (body_id, last_id);

-- A dump restored elsewhere counts transactions from the beginning.
create function cluster_of_record() returns text language plpgsql stable
  as $$
  begin
    return (select system_identifier::text from pg_control_system());
  exception when insufficient_privilege or undefined_function then
    return '';
  end
  $$;

-- Up to which seal the heads of a body were posted, and when to try again.
create table head_posts (
  body_id uuid primary key references bodies default current_body(),
  n int not null default 0,
  attempts int not null default 0,
  due_at timestamptz not null
);
grant select, insert, update, delete on head_posts to coord_app;
alter table head_posts enable row level security;
create policy wall on head_posts using (body_id = current_body());
