-- Who reads a bound conversation: asked of its platform at once, when something changes, and daily. Unknown counts as
-- outsiders. What the platform said stands apart from what a person lowered by hand.
alter table places
  add column id uuid not null unique default gen_random_uuid(),
  add column audience text not null default 'unknown' check (audience in ('members', 'outsiders', 'unknown')),
  -- Why it is not `members`; null: nobody was asked yet.
  add column audience_reason text,
  add column audience_scope text,
  add column answered_at timestamptz,
  -- Something changed since: the answer counts no longer.
  add column stale boolean not null default false,
  -- Something was drawn for outsiders while that was so.
  add column drawn_low boolean not null default false,
  add column lowered boolean not null default false,
  -- The ceiling that the agency was last told of; whoever binds is told to expect GREEN.
  add column told text not null default 'GREEN',
  -- When it is asked next. `changes` tells an answer that was overtaken by another change while it was on its way.
  add column ask_at timestamptz not null default now(),
  add column ask_lease timestamptz,
  add column ask_attempts integer not null default 0,
  add column changes integer not null default 0;
update places set audience = 'outsiders', audience_reason = 'shared', answered_at = now(), told = 'CLEAR' where external;
alter table places drop column external;
create index places_to_ask on places (body_id, ask_at);
create index places_of_group on places (platform, tenant, (ref ->> 'group'));

-- The conversations, of every body, whose readers change with that one.
create function places_read_with(p text, t text, c text) returns table (body_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select body_id, id from places where platform = p and tenant = t and conversation = c
    union
    select body_id, id from places where platform = p and tenant = t and ref ->> 'group' = c
  $$;
revoke all on function places_read_with from public;
grant execute on function places_read_with to coord_app;
