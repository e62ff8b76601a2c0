-- The township's opinion, notices with what they showed, and objections with their handling.
create table township_opinion (
  county_code text not null,
  case_id text not null,
  sequence bigint not null,
  proposal text not null,
  amount bigint,
  computed_amount bigint,
  reason text not null,
  reasons text not null,
  given_by text not null,
  given_by_name text not null,
  given_on text not null,
  primary key (county_code, case_id, sequence),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create table public_notice (
  county_code text not null,
  id text not null,
  case_id text not null,
  case_version bigint not null,
  region text not null,
  programme text not null,
  round text not null,
  applicant_name text not null,
  member_count bigint not null,
  member_names text not null,
  proposed_amount bigint not null,
  places text not null,
  posted_on text not null,
  last_day text not null,
  posted_by text not null,
  posted_by_name text not null,
  removed_on text,
  primary key (county_code, id),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create index public_notice_by_case on public_notice (county_code, case_id, round);
create index public_notice_by_last_day on public_notice (last_day, region);

create table publicity_objection (
  county_code text not null,
  id text not null,
  case_id text not null,
  notice_id text not null,
  received_on text not null,
  channel text not null,
  objector bytea,
  content text not null,
  recorded_by text not null,
  recorded_by_name text not null,
  recorded_on text not null,
  outcome text not null,
  handling text not null,
  handled_by text,
  handled_by_name text,
  handled_on text,
  primary key (county_code, id),
  foreign key (county_code, case_id) references assistance_case (county_code, id),
  foreign key (county_code, notice_id) references public_notice (county_code, id)
);

create index publicity_objection_by_case on publicity_objection (county_code, case_id);

create table publicity_setting (
  county_code text not null,
  applicant_name text not null,
  changed_by text not null,
  changed_at bigint not null,
  primary key (county_code)
);
