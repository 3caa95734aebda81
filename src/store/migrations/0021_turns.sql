-- Whose turn it is, asked for one person at a time: each way that it is asked has an index of its own.
create index absences_by_end on absences (until_at);
create index enrolments_asked on enrolments (agency_id) where state = 'asked';
create index task_supporters_by_person on task_supporters (person_id) where person_id is not null;
create index share_openings_by_person on share_openings (person_id, share_id);
create index shares_drafted on shares (provider_id) where state = 'draft';
create index shares_to_review on shares (body_id, provider_agency_id) where state = 'review';
create index share_recipients_unopened on share_recipients (body_id, agency_id) where state = 'delivered';
create index use_requests_waiting on use_requests (body_id, created_at) where state = 'submitted';
create index meetings_by_organizer on meetings (organizer_id);
create index meetings_by_chair on meetings (chair_id) where chair_id is not null;
create index meetings_by_secretary on meetings (secretary_id) where secretary_id is not null;
create index occurrences_in_minutes on occurrences (meeting_id) where state = 'ended' and minutes_state in ('draft', 'circulated');
create index training_items_held on training_items (body_id) where state = 'met';
