-- What the platform last said of an account's person: name, address, zone. What differs from it in the person's own row
-- was written by people, and stays.
alter table accounts add column told jsonb;

-- Every bound conversation of a workspace, in whatever body.
create function places_in(p text, t text) returns table (body_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select body_id, id from places where platform = p and tenant = t $$;
revoke all on function places_in from public;
grant execute on function places_in to coord_app;

-- A second account of whoever asked for it (issued_by), not somebody new: one side shows it, the other confirms.
alter table enrolments add column second boolean not null default false;
-- Whether somebody here says that an account nobody is known by is theirs.
create function second_account_of(p text, t text, u text, at timestamptz) returns table (body_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select body_id, id from enrolments
    where second and state = 'issued' and code_hash is null
      and platform = p and tenant = t and user_id = u and expires_at > at
    order by expires_at desc limit 1
  $$;
create index enrolments_second on enrolments (platform, user_id) where second and state = 'issued';
revoke all on function second_account_of from public;
grant execute on function second_account_of to coord_app;
