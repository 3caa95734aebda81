-- Permission to use what was shared in one request for cooperation, to one authority: it is for that and nothing else.
alter table use_requests
  add column request_id uuid references requests,
  add column authority_id uuid references authorities,
  add constraint to_an_authority check (authority_id is null or request_id is not null);
