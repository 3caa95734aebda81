-- A special technique runs in several States: one request goes to each, and all of them are one operation, which is stopped
-- as one. The first of them names it.
alter table requests add column operation_id uuid references requests;
create index requests_of_operation on requests (operation_id) where operation_id is not null;
-- Since when it is stopped, and for what.
alter table requests add column stopped_at timestamptz;
alter table requests add column stopped_for text;

-- A team, a line between posts, a permission: until when goes on what the answer began.
alter table requests add column goes_on_until timestamptz;
