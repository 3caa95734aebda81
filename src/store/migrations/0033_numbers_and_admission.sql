-- Numbers of items come from sequences, one for each kind in each body: who takes one waits for nobody, and what is
-- undone leaves a gap. They stand apart from the tables, and the role that works reaches them through one function.
create schema numbers;

create function number_sequence(kind text) returns regclass
  language plpgsql security definer set search_path = public, pg_temp
  as $$
  declare
    name constant text := 'numbers.of_' || md5(current_body()::text || ' ' || kind);
  begin
    if to_regclass(name) is null then
      -- Of two who need the first number of a kind at once the second waits for the first.
      perform pg_advisory_xact_lock(hashtextextended(name, 0));
      execute 'create sequence if not exists ' || name;
    end if;
    return to_regclass(name);
  end
  $$;

create function next_number(kind text) returns bigint
  language sql security definer set search_path = public, pg_temp
  as $$ select nextval(number_sequence(kind)) $$;

revoke all on function number_sequence, next_number from public;
grant execute on function next_number to coord_app;

do $$
  declare
    kept record;
  begin
    for kept in select body_id, kind, value from counters where value > 0 loop
      perform set_config('coord.body', kept.body_id::text, true);
      perform setval(number_sequence(kept.kind), kept.value);
    end loop;
    perform set_config('coord.body', '', true);
  end
$$;

drop table counters;

-- Who speaks (platform p, tenant t, user u), in which of their bodies, and whether the delivery is new. From here on the
-- transaction works in that body, as the role that owns nothing; called by the owner, since it changes the role.
--   named     the slug of the body that a card's button or a form names
--   cp, ct, place  the conversation where they speak: its platform, tenant and id
--   own       it is their own, which is bound to nobody
--   message   the message that they answer
--   delivery  the key of the delivery, noted in the same transaction; null where it may come again
create function admit(p text, t text, u text, named text, cp text, ct text, place text, own boolean, message text,
                      delivery text)
  returns table (person_id uuid, active boolean, unreachable boolean, current_body uuid, bodies uuid[], body uuid,
                 stale boolean, fresh boolean, home bodies)
  language plpgsql
  as $$
  declare
    meant uuid;
  begin
    select * into person_id, active, unreachable, current_body, bodies from who_is(p, t, u) who;
    stale := false;
    fresh := true;
    if active and named is not null then
      select b.id into body from bodies b where b.slug = named and b.id = any (admit.bodies);
      -- A card of a body that the person has left speaks of nothing here: never of what has the same number elsewhere.
      stale := body is null;
    elsif active then
      meant := body_of_message(cp, ct, place, message);
      if not own and (meant is null or not meant = any (bodies)) then
        meant := body_of_place(cp, ct, place);
      end if;
      body := case
        when meant = any (bodies) then meant
        when current_body = any (bodies) then current_body
        else bodies[1]
      end;
    end if;
    if body is not null then
      select b.* into home from bodies b where b.id = admit.body;
      if delivery is not null then
        insert into inbound (platform, tenant, key) values (p, t, delivery) on conflict do nothing;
        fresh := found;
      end if;
    end if;
    -- Somebody waits for the answer. The same delivery once more waits above as long as the first takes.
    perform set_config('coord.body', coalesce(body::text, ''), true), set_config('role', 'coord_app', true),
      set_config('lock_timeout', '2s', true);
    return next;
  end
  $$;
revoke all on function admit from public;

-- The words of a name in small letters without accents, where that comes to plain ASCII; null where only `fold`
-- (src/people/names.ts) knows what people type of it.
create function plain_names(name text) returns text[]
  language sql immutable
  as $$
    select case when plain ~ '^[\x01-\x7f]*$' then regexp_split_to_array(lower(plain), '[\s.]+') end
    from regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]', '', 'g') plain
  $$;
