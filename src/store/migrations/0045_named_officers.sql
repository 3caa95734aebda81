-- What protects a witness is RED: it is seen by the officers who are named, on each side, and by nobody else.
alter table requests drop constraint requests_label_check;
alter table requests add constraint requests_label_check check (label in ('AMBER', 'AMBER+STRICT', 'RED'));
alter table requests add column officers uuid[] not null default '{}';
create index requests_of_officers on requests using gin (officers) where label = 'RED';
