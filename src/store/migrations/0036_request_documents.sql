-- A request as it was approved, in the very bytes that go out: sealed, with their hash. Nobody who works here may change one.
create table request_documents (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  request_id uuid not null references requests,
  lang text not null,
  file text not null,
  sha256 text not null,
  -- Of what it says, as the request bears it while it is approved.
  approved_hash text not null,
  made_at timestamptz not null
);
create index request_documents_of on request_documents (request_id, made_at);

-- An agency's own letterhead and wording, a Word file a language; sealed, since nobody outside it need see one.
create table request_templates (
  body_id uuid not null references bodies default current_body(),
  agency_id uuid not null references agencies,
  lang text not null,
  file text not null,
  sha256 text not null,
  set_at timestamptz not null,
  set_by uuid not null references persons,
  primary key (body_id, agency_id, lang)
);

grant select, insert on request_documents to coord_app;
grant select, insert, update, delete on request_templates to coord_app;
alter table request_documents enable row level security;
alter table request_templates enable row level security;
create policy wall on request_documents using (body_id = current_body());
create policy wall on request_templates using (body_id = current_body());
