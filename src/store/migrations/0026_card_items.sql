-- A message that speaks of several items is drawn anew when any of them changes.
create table card_items (
  body_id uuid not null references bodies default current_body(),
  card_id uuid not null references cards on delete cascade,
  item_id uuid not null,
  primary key (card_id, item_id)
);
create index card_items_by_item on card_items (item_id);
alter table card_items enable row level security;
create policy wall on card_items using (body_id = current_body());
grant select, insert, update, delete on card_items to coord_app;
