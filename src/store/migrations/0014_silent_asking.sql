-- Who hears how often an agency's identifiers are asked about silently: named by the agency, and without one
-- its focal point.
alter table members add column officer_id uuid references persons;

-- What an agency asked silently within an hour and a day, removed since or not.
create index match_entries_silent on match_entries (body_id, agency_id, created_at) where silent;
