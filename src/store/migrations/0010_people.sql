-- Names that were told before they were cleaned where they come in: nothing that does not show, no line break, no mark.
create function one_line(words text) returns text language sql immutable as $$
  select coalesce(nullif(trim(regexp_replace(regexp_replace(words, '[[:space:]\u0001-\u001f\u007f-\u009f\u2028\u2029]+', ' ', 'g'),
    '[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ue000-\uf8ff\ufeff]', '', 'g')), ''), '–') $$;
update persons set name = one_line(name) where name <> one_line(name);
update agencies set name = one_line(name) where name <> one_line(name);
update bodies set name = one_line(name) where name <> one_line(name);
update enrolments set name = one_line(name), display_name = one_line(display_name)
  where name <> one_line(name) or display_name <> one_line(display_name);
drop function one_line(text);

-- One item that could not be dealt with while the others went on; gone once it can. What `coord doctor` tells of.
create table held_back (
  body_id uuid not null references bodies default current_body(),
  part text not null,
  item_id text not null,
  -- The kind of the error; never its words, which may quote a row.
  code text not null,
  since timestamptz not null,
  primary key (body_id, part, item_id)
);
grant select, insert, update, delete on held_back to coord_app;
alter table held_back enable row level security;
create policy wall on held_back using (body_id = current_body());

-- Which workspaces are one organisation: within a Slack Enterprise Grid an id of a user is given once. Told by the
-- platform alone, at the installation and with what it delivers. Not walled: read before a body is known.
create table tenants (
  platform text not null,
  tenant text not null,
  enterprise text not null,
  primary key (platform, tenant)
);
create index tenants_by_enterprise on tenants (platform, enterprise);
grant select, insert, update, delete on tenants to coord_app;
create index accounts_by_user on accounts (platform, user_id);

-- The organisation of a workspace, or the workspace where it is not known to belong to one.
create function organisation_of(p text, t text) returns text
  language sql stable security definer set search_path = public, pg_temp
  as $$ select coalesce((select enterprise from tenants where platform = p and tenant = t), t) $$;
-- The account meant: the very one, else the one that the same user has in another workspace of the organisation.
create function account_meant(p text, t text, u text) returns setof accounts
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select a.* from accounts a
    where a.platform = p and a.user_id = u
      and (a.tenant = t or organisation_of(p, a.tenant) = organisation_of(p, t))
    order by a.tenant = t desc, a.linked_at, a.tenant limit 1
  $$;
create or replace function who_is(p text, t text, u text)
  returns table (person_id uuid, active boolean, unreachable boolean, current_body uuid, bodies uuid[])
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select p0.id, p0.active, a.unreachable is not null, p0.current_body,
      array(select distinct m.body_id from members m join roles r on r.body_id = m.body_id and r.person_id = p0.id
            where m.agency_id = p0.agency_id order by 1)
    from account_meant(p, t, u) a join persons p0 on p0.id = a.person_id
  $$;
create or replace function person_of_account(p text, t text, u text) returns table (person_id uuid, agency_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select p0.id, p0.agency_id from account_meant(p, t, u) a join persons p0 on p0.id = a.person_id $$;
create or replace function release_account(p text, t text, u text) returns void
  language sql security definer set search_path = public, pg_temp
  as $$ delete from accounts a using account_meant(p, t, u) m
        where (a.platform, a.tenant, a.user_id) = (m.platform, m.tenant, m.user_id)
        and not exists (select from roles r where r.person_id = a.person_id) $$;
revoke all on function organisation_of, account_meant from public;
grant execute on function organisation_of to coord_app;
