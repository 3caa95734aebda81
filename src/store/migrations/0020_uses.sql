-- Every handling code can be asked about: H0 for another purpose, H3 for an exception from the provider's own condition.
alter table use_requests drop constraint use_requests_code_check;
alter table use_requests add constraint use_requests_code_check check (code in ('H0', 'H1', 'H2', 'H3'));
