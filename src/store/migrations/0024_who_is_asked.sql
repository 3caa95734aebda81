-- A meeting asks agencies, and whoever speaks for them: their people come and go, the question stays. A seat that somebody
-- has because they speak for their agency passes on; what was answered from it stays with the agency.
create table meeting_agencies (
  body_id uuid not null references bodies default current_body(),
  meeting_id uuid not null references meetings,
  agency_id uuid not null references agencies,
  primary key (meeting_id, agency_id)
);
create index meeting_agencies_by_agency on meeting_agencies (agency_id);
-- All members were asked, those too that join the body later.
alter table meetings add column asks_all boolean not null default false;
alter table invitees add column for_agency boolean not null default false;
-- Set: they speak for their agency no longer. The row stays for what was answered and recorded.
alter table invitees add column left_at timestamptz;

-- What was called before this was written down: whoever speaks for an agency was asked for it, unless they run the meeting.
update invitees i set for_agency = true
  from meetings m
  where m.id = i.meeting_id and m.label <> 'RED' and not i.guest
    and (i.person_id is null or (
      i.person_id not in (m.organizer_id, coalesce(m.chair_id, m.organizer_id), coalesce(m.secretary_id, m.organizer_id))
      and exists (select from roles r where r.body_id = i.body_id and r.person_id = i.person_id and r.role = 'focal_point')));
insert into meeting_agencies (body_id, meeting_id, agency_id)
  select distinct body_id, meeting_id, agency_id from invitees where for_agency;
-- A series to which every member but observers was asked was called with all of them.
update meetings m set asks_all = true
  where m.rule is not null and m.label <> 'RED'
    and (select count(*) from members a where a.body_id = m.body_id and not a.observer) > 2
    and not exists (
      select from members a where a.body_id = m.body_id and not a.observer
        and not exists (select from invitees i where i.meeting_id = m.id and i.agency_id = a.agency_id and not i.guest));

-- Invitations to be looked at again: of one meeting, or of all to which an agency is asked. Rows are only added, so that
-- nobody who joins waits for anybody; whoever has dealt with one takes it away.
create table to_follow (
  id bigint generated always as identity primary key,
  body_id uuid not null references bodies default current_body(),
  meeting_id uuid references meetings,
  agency_id uuid references agencies,
  -- Not before: where it could not be dealt with.
  at timestamptz not null default '-infinity',
  check ((meeting_id is null) <> (agency_id is null))
);
grant select, insert, update, delete on meeting_agencies, to_follow to coord_app;
alter table meeting_agencies enable row level security;
alter table to_follow enable row level security;
create policy wall on meeting_agencies using (body_id = current_body());
create policy wall on to_follow using (body_id = current_body());

-- Whichever way somebody comes to speak for an agency, or ceases to (chat, an import, the command line).
create function speakers_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp
  as $$ begin
    insert into to_follow (body_id, agency_id)
      select distinct c.body_id, p.agency_id from changed c join persons p on p.id = c.person_id
      where c.role in ('staff', 'focal_point', 'observer');
    return null;
  end $$;
create function members_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp
  as $$ begin
    insert into to_follow (body_id, agency_id) select distinct c.body_id, c.agency_id from changed c;
    return null;
  end $$;
create trigger speakers_come after insert on roles referencing new table as changed
  for each statement execute function speakers_changed();
create trigger speakers_go after delete on roles referencing old table as changed
  for each statement execute function speakers_changed();
create trigger members_come after insert on members referencing new table as changed
  for each statement execute function members_changed();
revoke all on function speakers_changed, members_changed from public;

-- What is still to be held or to be said of, and polls, whatever lies behind.
create index occurrences_open on occurrences (meeting_id) where state in ('scheduled', 'running');
create index meetings_polling on meetings (body_id) where state = 'polling';
