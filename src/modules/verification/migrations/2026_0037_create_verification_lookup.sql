-- What the registers said about the people of one order, before an officer looked through it. Replaced by the next
-- look-up of the order.
create table verification_lookup (
  county_code text not null,
  id text not null,
  order_id text not null,
  made_at bigint not null,
  made_by text not null,
  made_by_name text not null,
  answer text not null,
  primary key (county_code, id),
  foreign key (county_code, order_id) references verification_order (county_code, id)
);

create index verification_lookup_by_order on verification_lookup (county_code, order_id, made_at);

-- Which look-up a report rests on, and where each finding of it comes from; all null or empty for what an officer
-- entered by hand.
alter table verification_report add column lookup_id text;
alter table verification_finding add column register_code text;
alter table verification_finding add column delivery_id text;
alter table verification_finding add column rules text not null default '[]';
alter table verification_finding add column name_grade text;
alter table verification_finding add column dismissed_reason text;
