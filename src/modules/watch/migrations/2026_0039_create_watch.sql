-- The watch over those in benefit: checks of everybody in a region, and alerts that wait for a visit.
create table recipient_check (
  county_code text not null,
  id text not null,
  region text not null,
  state text not null,
  job_id text,
  requested_by text not null,
  requested_by_name text not null,
  requested_at bigint not null,
  finished_at bigint,
  registers text not null,
  household_count bigint not null,
  person_count bigint not null,
  unauthorised_count bigint not null,
  clear_count bigint not null,
  clue_count bigint not null,
  exceeds_count bigint not null,
  incomplete_count bigint not null,
  alert_count bigint not null,
  primary key (county_code, id)
);

-- One check of a region at a time, whoever asks for it.
create unique index recipient_check_running on recipient_check (county_code, region) where state = 'running';

create table checked_household (
  county_code text not null,
  check_id text not null,
  award_id text not null,
  region text not null,
  case_number text not null,
  holder_name text not null,
  outcome text not null,
  rules text not null,
  answer text not null,
  primary key (county_code, check_id, award_id),
  foreign key (county_code, check_id) references recipient_check (county_code, id)
);

create index checked_household_by_outcome on checked_household (county_code, check_id, outcome, region, award_id);

create table watch_alert (
  county_code text not null,
  id text not null,
  award_id text not null,
  case_id text not null,
  region text not null,
  kind text not null,
  register_code text not null,
  rule_code text not null,
  case_number text not null,
  holder_name text not null,
  state text not null,
  version bigint not null,
  opened_on text not null,
  due_on text not null,
  checked_on text,
  checked_by_name text,
  check_found text,
  household_statement text,
  proposal text,
  decided_on text,
  decided_by_name text,
  decision text,
  decision_note text,
  amount_sequence bigint,
  muted_until text,
  muted_by_name text,
  muted_reason text,
  primary key (county_code, id),
  foreign key (county_code, award_id) references award (county_code, id)
);

create index watch_alert_by_region on watch_alert (region, id);
create index watch_alert_by_award on watch_alert (county_code, award_id, kind);

-- What made an alert: each fact wakes the watch once.
create table watch_fact (
  county_code text not null,
  award_id text not null,
  kind text not null,
  digest text not null,
  alert_id text not null,
  person_key text not null,
  person_name text not null,
  source text not null,
  content text not null,
  amount bigint,
  as_of text not null,
  name_grade text not null,
  register_name text not null,
  first_seen_on text not null,
  primary key (county_code, award_id, kind, digest),
  foreign key (county_code, alert_id) references watch_alert (county_code, id)
);

create index watch_fact_by_alert on watch_fact (county_code, alert_id);
