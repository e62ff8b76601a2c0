-- One application with everything the family declared. Every key starts with the county (architecture.md, section 5).
create table case_counter (
  county_code text not null,
  year bigint not null,
  last_number bigint not null,
  primary key (county_code, year)
);

create table assistance_case (
  county_code text not null,
  id text not null,
  case_number text not null,
  programme text not null,
  region text not null,
  state text not null,
  version bigint not null,
  applicant_name text not null,
  member_count bigint not null,
  filed_on text not null,
  accepted_on text,
  entered_on text not null,
  due_on text not null,
  overall_due_on text not null,
  proposal text not null,
  proposed_amount bigint,
  is_kin_filed bigint not null,
  is_doubtful bigint not null,
  is_reported bigint not null,
  is_promise_given bigint not null,
  is_kin_asked bigint not null,
  entrusted_to text,
  created_by text not null,
  closed_on text,
  primary key (county_code, id)
);

create unique index assistance_case_by_number on assistance_case (county_code, case_number);
create index assistance_case_by_region on assistance_case (region, due_on, id);

create table case_person (
  county_code text not null,
  case_id text not null,
  person_key text not null,
  role text not null,
  name text not null,
  birth_date text not null,
  citizen_number bytea not null,
  citizen_index text not null,
  citizen_number_masked text not null,
  phone bytea,
  authorised_on text,
  authorised_by text,
  primary key (county_code, case_id, person_key),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create index case_person_by_citizen on case_person (citizen_index);

create table case_facts (
  county_code text not null,
  case_id text not null,
  revision bigint not null,
  facts text not null,
  reason text not null,
  recorded_by text not null,
  recorded_at bigint not null,
  primary key (county_code, case_id, revision),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create table case_kin (
  county_code text not null,
  case_id text not null,
  position bigint not null,
  person_key text not null,
  handler_user text,
  handler_name text not null,
  handler_post text not null,
  relation_code text not null,
  outcome text not null,
  primary key (county_code, case_id, position),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create index case_kin_by_handler on case_kin (county_code, handler_user);

create table case_account (
  county_code text not null,
  case_id text not null,
  kind text not null,
  number bytea not null,
  number_masked text not null,
  holder_key text not null,
  bank text not null,
  primary key (county_code, case_id),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create table case_step (
  county_code text not null,
  case_id text not null,
  sequence bigint not null,
  action text not null,
  from_state text not null,
  to_state text not null,
  actor_id text not null,
  actor_name text not null,
  actor_role text not null,
  taken_at bigint not null,
  taken_on text not null,
  note text not null,
  primary key (county_code, case_id, sequence),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);
