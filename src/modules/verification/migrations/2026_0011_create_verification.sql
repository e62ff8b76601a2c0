-- Orders to the verification agency and what it reported. An order has at most one report, so both share one id.
create table verification_order (
  county_code text not null,
  id text not null,
  case_id text not null,
  case_version bigint not null,
  reason text not null,
  note text not null,
  ordered_on text not null,
  due_on text,
  ordered_by text not null,
  ordered_by_name text not null,
  primary key (county_code, id),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create unique index verification_order_by_case on verification_order (county_code, case_id, case_version);

create table verification_report (
  county_code text not null,
  order_id text not null,
  outcome text not null,
  reported_on text not null,
  valid_until text not null,
  officer_id text not null,
  officer_name text not null,
  reported_at bigint not null,
  note text not null,
  primary key (county_code, order_id),
  foreign key (county_code, order_id) references verification_order (county_code, id)
);

-- Who was checked, under which number, so that a later change of persons shows.
create table verification_result (
  county_code text not null,
  order_id text not null,
  person_key text not null,
  role text not null,
  citizen_index text not null,
  result text not null,
  primary key (county_code, order_id, person_key),
  foreign key (county_code, order_id) references verification_report (county_code, order_id)
);

create table verification_finding (
  county_code text not null,
  order_id text not null,
  person_key text not null,
  position bigint not null,
  source text not null,
  content text not null,
  amount bigint,
  as_of text,
  primary key (county_code, order_id, person_key, position),
  foreign key (county_code, order_id, person_key)
    references verification_result (county_code, order_id, person_key)
);
