-- Files that belong to a request. What they are called, of which type and with which hash stands sealed in the request itself, so
-- that an approval covers it.
create table request_files (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  request_id uuid not null references requests,
  file text not null,
  added_by uuid not null references persons,
  added_at timestamptz not null
);
create index request_files_of on request_files (request_id);

grant select, insert, delete on request_files to coord_app;
alter table request_files enable row level security;
create policy wall on request_files using (body_id = current_body());
