-- Home visits: who went, when and where, what they saw, and who signed.
create table home_visit (
  county_code text not null,
  id text not null,
  case_id text not null,
  case_version bigint not null,
  kind text not null,
  mode text not null,
  visited_on text not null,
  place text not null,
  emergency text,
  present_key text not null,
  is_present_signed bigint not null,
  conclusion text not null,
  has_facts bigint not null,
  recorded_by text not null,
  recorded_by_name text not null,
  recorded_at bigint not null,
  primary key (county_code, id),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create unique index home_visit_by_case on home_visit (county_code, case_id, case_version);

create table home_visit_investigator (
  county_code text not null,
  visit_id text not null,
  user_id text not null,
  position bigint not null,
  name text not null,
  role text not null,
  is_signed bigint not null,
  primary key (county_code, visit_id, user_id),
  foreign key (county_code, visit_id) references home_visit (county_code, id)
);

create table home_visit_finding (
  county_code text not null,
  visit_id text not null,
  position bigint not null,
  topic text not null,
  content text not null,
  primary key (county_code, visit_id, position),
  foreign key (county_code, visit_id) references home_visit (county_code, id)
);

create table home_visit_photo (
  county_code text not null,
  visit_id text not null,
  position bigint not null,
  attachment text not null,
  primary key (county_code, visit_id, position),
  foreign key (county_code, visit_id) references home_visit (county_code, id)
);
