-- The county's opinion, why a case is looked at more closely, and the samples drawn for home checks.
create table county_review (
  county_code text not null,
  case_id text not null,
  sequence bigint not null,
  opinion text not null,
  content text not null,
  reviewed_by text not null,
  reviewed_by_name text not null,
  reviewed_on text not null,
  primary key (county_code, case_id, sequence),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create table case_flag (
  county_code text not null,
  id text not null,
  case_id text not null,
  kind text not null,
  reason text not null,
  raised_by text not null,
  raised_by_name text not null,
  raised_on text not null,
  primary key (county_code, id),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create index case_flag_by_case on case_flag (county_code, case_id);

create table review_draw_counter (
  county_code text not null,
  last_number bigint not null,
  primary key (county_code)
);

create table review_draw (
  county_code text not null,
  id text not null,
  number bigint not null,
  seed text not null,
  ratio text not null,
  priority_count bigint not null,
  population_count bigint not null,
  chosen_count bigint not null,
  drawn_by text not null,
  drawn_by_name text not null,
  drawn_at bigint not null,
  drawn_on text not null,
  primary key (county_code, id)
);

create unique index review_draw_by_number on review_draw (county_code, number);

create table review_draw_case (
  county_code text not null,
  draw_id text not null,
  case_id text not null,
  case_version bigint not null,
  is_chosen bigint not null,
  primary key (county_code, draw_id, case_id),
  foreign key (county_code, draw_id) references review_draw (county_code, id),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create index review_draw_case_by_case on review_draw_case (county_code, case_id);
