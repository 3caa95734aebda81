-- Whether somebody takes part in more than one body: their messages then say which one they speak of. No more than that
-- is told to a body: not how many, and not which.
create function in_several_bodies(person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  as $$ select count(distinct m.body_id) > 1
        from persons p join members m on m.agency_id = p.agency_id
          join roles r on r.body_id = m.body_id and r.person_id = p.id
        where p.id = person $$;
revoke all on function in_several_bodies from public;
grant execute on function in_several_bodies to coord_app;
