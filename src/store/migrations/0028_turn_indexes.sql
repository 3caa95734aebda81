-- Whose turn it is, with a history of any length behind it: no question of an inbox or digest reads a table through.
create index absences_by_deputy on absences (deputy_id, until_at) where deputy_id is not null;
create index tasks_by_creation on tasks (body_id, created_at);
create index tasks_by_closing on tasks (body_id, closed_at) where state = 'closed';
drop index task_supporters_by_agency;
create index task_supporters_by_agency on task_supporters (agency_id, state);
create index share_recipients_of_person on share_recipients (person_id)
  where person_id is not null and state in ('delivered', 'in_use');
create index share_recipients_in_use on share_recipients (body_id, agency_id, outcome_due)
  where state = 'in_use' and outcome <> 'final';
create index shares_in_review_of on shares (reviewer_id) where state = 'review';
create index shares_red_of on shares (provider_id) where label = 'RED' and state = 'released';
create index indicator_versions_by_agency on indicator_versions (agency_id, indicator_id) where not dropped;
