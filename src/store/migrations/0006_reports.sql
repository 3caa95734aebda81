-- Activity summaries. Figures are counted from the events alone; here is what was counted, with the
-- rapporteur's own words, and what was published.
create table summaries (
  id uuid primary key,
  body_id uuid not null references bodies default current_body(),
  number int not null,
  -- ISO 8601 where it has a form for it: 2026-Q3, 2026-07, 2026-01-01/2026-03-31.
  period text not null,
  first_day text not null,
  last_day text not null,
  by uuid not null references persons,
  state text not null default 'making' check (state in ('making', 'ready', 'publishing', 'failed', 'cancelled', 'published')),
  -- Steps of the job that are done, and until when the process that makes it has it to itself.
  done int not null default 0,
  lease_until timestamptz,
  -- The figures as JSON, sealed: small numbers can point at somebody.
  report text,
  notes text,
  recommendations text,
  -- The breakdown that its card shows too.
  cut text check (cut in ('agency', 'kind')),
  -- Addresses of its charts and what they say, sealed: who knows one sees the chart.
  pictures text,
  made_at timestamptz,
  published_at timestamptz,
  published_by uuid references persons,
  created_at timestamptz not null,
  version int not null default 1,
  unique (body_id, number)
);
create index summaries_to_make on summaries (body_id) where state in ('making', 'publishing');
create index summaries_published on summaries (body_id, first_day desc) where state = 'published';

-- What was passed on: the figures as they were told, and every file with its hash. Nobody who works here may change one.
create table published_summaries (
  body_id uuid not null references bodies default current_body(),
  summary_id uuid primary key references summaries,
  told text not null
);
create table published_files (
  body_id uuid not null references bodies default current_body(),
  summary_id uuid not null references summaries,
  format text not null check (format in ('docx', 'xlsx', 'csv', 'json')),
  file text not null,
  sha256 text not null,
  primary key (summary_id, format)
);

-- Charts for chats, of a summary or of the plan: the platforms' servers fetch them by an address that cannot be guessed.
create table pictures (
  token_hash text primary key,
  body_id uuid not null references bodies default current_body(),
  item_id uuid not null,
  png text not null,
  expires_at timestamptz not null
);

-- Keys of the rapporteur's office to the same figures: read only, metadata only. Only a hash is kept.
create table report_keys (
  id uuid primary key,
  token_hash text not null unique,
  body_id uuid not null references bodies default current_body(),
  person_id uuid not null references persons,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);

create function body_of_picture(h text, moment timestamptz) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select body_id from pictures where token_hash = h and expires_at > moment $$;
create function body_of_report_key(h text, moment timestamptz) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select body_id from report_keys where token_hash = h and revoked_at is null and expires_at > moment $$;
revoke all on function body_of_picture, body_of_report_key from public;
grant execute on function body_of_picture, body_of_report_key to coord_app;

grant select, insert, update on summaries, report_keys to coord_app;
grant select, insert, delete on pictures to coord_app;
grant select, insert on published_summaries, published_files to coord_app;
alter table summaries enable row level security;
alter table published_summaries enable row level security;
alter table published_files enable row level security;
alter table pictures enable row level security;
alter table report_keys enable row level security;
create policy wall on summaries using (body_id = current_body());
create policy wall on published_summaries using (body_id = current_body());
create policy wall on published_files using (body_id = current_body());
create policy wall on pictures using (body_id = current_body());
create policy wall on report_keys using (body_id = current_body());

-- Whether an agency's channel gets its week with the body's digest.
alter table members add column weekly boolean not null default true;
