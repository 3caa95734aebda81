-- Lists in their order: by agency or for the whole body, each state and priority by its date (src/store/ordered.ts). What is
-- open stands under the day on which it is due, what is over under that on which it ended.
alter table tasks add column listed_at timestamptz not null generated always as (
  case when state in ('closed', 'declined', 'cancelled') then coalesce(closed_at, '-infinity') else coalesce(due_at, 'infinity') end) stored;
drop index tasks_by_lead;
drop index tasks_by_requester;
create index tasks_by_lead on tasks (body_id, lead_agency_id, state, priority, listed_at, number);
create index tasks_by_requester on tasks (body_id, requester_agency_id, state, priority, listed_at, number);
create index tasks_by_urgency on tasks (body_id, state, priority, listed_at, number);

alter table requests add column listed_at timestamptz not null generated always as (
  case when state in ('closed', 'withdrawn') then coalesce(closed_at, '-infinity') else coalesce(due_at, 'infinity') end) stored;
drop index requests_from;
drop index requests_to;
create index requests_from on requests (body_id, from_agency_id, state, listed_at, number);
create index requests_to on requests (body_id, to_agency_id, state, listed_at, number);
create index requests_by_state on requests (body_id, state, listed_at, number);
create index requests_entered on requests (drafter_id) where entered;
