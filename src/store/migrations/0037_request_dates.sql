-- Days that the clocks of a request run from or to, beside those of its states: an arrest, a surrender, a hearing.
alter table requests add column dates jsonb not null default '{}';
