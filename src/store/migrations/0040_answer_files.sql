-- Files of the side that is asked: seen there alone until an act gives them to the side that asks. What they are called, of
-- which type and with which hash is sealed beside them; of a file of the request itself it stands in the request.
alter table request_files
  add column agency_id uuid references agencies,
  add column about text,
  add column move_id uuid references request_moves,
  add constraint of_an_agency check ((agency_id is null) = (about is null) and (move_id is null or agency_id is not null));

grant update (move_id) on request_files to coord_app;
