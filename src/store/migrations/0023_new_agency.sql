-- A coordinator adds an agency to the body at work. Short names are one list for the whole deployment, and an agency is
-- seen from its bodies alone, so it is made beside the wall: only a new one, and only into this body.
create function new_agency(id uuid, handle text, name text, mandate text, country text, lang text, zone text)
  returns boolean language plpgsql security definer set search_path = public, pg_temp
  as $$
  begin
    if current_body() is null then return false; end if;
    insert into agencies (id, handle, name, mandate, country, langs, zone)
      values (id, handle, name, mandate, country, array[lang], zone)
      on conflict do nothing;
    if not found then return false; end if;
    insert into members (body_id, agency_id) values (current_body(), new_agency.id);
    return true;
  end $$;
revoke all on function new_agency from public;
grant execute on function new_agency to coord_app;
