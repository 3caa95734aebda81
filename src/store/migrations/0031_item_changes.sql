-- Which transaction last changed what an item's cards show. A message that was on its way meanwhile compares it with what
-- its drawing could see, and is drawn anew only where something has changed.
create table item_changes (
  body_id uuid not null references bodies default current_body(),
  item_id uuid not null,
  changed xid8 not null,
  primary key (body_id, item_id)
);
alter table item_changes enable row level security;
create policy wall on item_changes using (body_id = current_body());
grant select, insert, update, delete on item_changes to coord_app;
