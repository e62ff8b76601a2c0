-- The decision on an application with everything it rested on, and the delivery of its notice.
create table decision_counter (
  county_code text not null,
  year bigint not null,
  last_number bigint not null,
  primary key (county_code, year)
);

create table case_decision (
  county_code text not null,
  case_id text not null,
  id text not null,
  outcome text not null,
  amount bigint,
  first_month text,
  assessed_outcome text not null,
  computed_amount bigint,
  publicised_amount bigint,
  member_count bigint not null,
  reasons text not null,
  law text not null,
  facts_revision bigint not null,
  trace text not null,
  decided_by text not null,
  decided_by_name text not null,
  decided_at bigint not null,
  decided_on text not null,
  notice_number text not null,
  notice_due_on text,
  delivered_on text,
  delivery_method text,
  received_by text,
  delivery_recorded_by text,
  primary key (county_code, case_id),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create unique index case_decision_by_number on case_decision (county_code, notice_number);
