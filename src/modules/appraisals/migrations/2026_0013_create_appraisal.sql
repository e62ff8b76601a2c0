-- Democratic appraisals: who took part in which capacity, and what came of it. Never changed once written.
create table appraisal_session (
  county_code text not null,
  id text not null,
  case_id text not null,
  case_version bigint not null,
  held_on text not null,
  place text not null,
  result text not null,
  votes_true bigint,
  votes_untrue bigint,
  remarks text not null,
  recorded_by text not null,
  recorded_by_name text not null,
  recorded_at bigint not null,
  primary key (county_code, id),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create unique index appraisal_session_by_case on appraisal_session (county_code, case_id, case_version);

create table appraisal_participant (
  county_code text not null,
  session_id text not null,
  position bigint not null,
  name text not null,
  capacity text not null,
  user_id text,
  is_signed bigint not null,
  primary key (county_code, session_id, position),
  foreign key (county_code, session_id) references appraisal_session (county_code, id)
);
