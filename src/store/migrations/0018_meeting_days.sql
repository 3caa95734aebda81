-- Days on which a series does not take place though its rule says so (EXDATE, RFC 5545 3.8.5.1): YYYY-MM-DD, separated
-- by spaces. They are the rule's own, for all the years that are still to be written out; an occurrence that was called
-- off is a row.
alter table meetings add column except_days text;
