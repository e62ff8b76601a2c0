-- Amounts that a person set may follow the standard by what the rules give more.
alter table standard_change add column raises_by_difference bigint not null default 0;
