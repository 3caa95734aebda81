-- Words are looked for below the wall. What compares words is not leakproof, so under row-level security every row of the
-- body is read before its words are looked at, and no index of words is of use. These functions take the body from the
-- session and from nothing else, and answer with ids alone: the statement that asks reads their rows as the wall lets it.
create index meetings_words on meetings using gin (title gin_trgm_ops) where label in ('CLEAR', 'GREEN');

create function tasks_saying(pattern text) returns setof uuid
  language sql stable security definer rows 100 set search_path = public, pg_temp
  as $$ select id from tasks where body_id = current_body() and label in ('CLEAR', 'GREEN') and title ilike pattern $$;
create function meetings_saying(pattern text) returns setof uuid
  language sql stable security definer rows 100 set search_path = public, pg_temp
  as $$ select id from meetings where body_id = current_body() and label in ('CLEAR', 'GREEN') and title ilike pattern $$;
create function decisions_saying(pattern text) returns setof uuid
  language sql stable security definer rows 100 set search_path = public, pg_temp
  as $$ select id from decisions where body_id = current_body() and label in ('CLEAR', 'GREEN') and words ilike pattern $$;

-- Open tasks of a title like this one, by pg_trgm's measure, at least `at_least` of 1.
create function open_tasks_like(said text, at_least real) returns table (id uuid)
  language sql stable security definer rows 10 set search_path = public, pg_temp
  as $$
    select t.id from tasks t
    where t.body_id = current_body() and t.label in ('CLEAR', 'GREEN') and t.state in ('asked', 'agreed')
      and t.title % said and similarity(t.title, said) >= at_least
  $$;

revoke all on function tasks_saying, meetings_saying, decisions_saying, open_tasks_like from public;
grant execute on function tasks_saying, meetings_saying, decisions_saying, open_tasks_like to coord_app;
