-- Standards that a county records between two releases of the program: what its city or province has published.
create table local_standard (
  county_code text not null,
  id text not null,
  programme text not null,
  amount bigint not null,
  valid_from text not null,
  document text not null,
  recorded_by text not null,
  recorded_by_name text not null,
  recorded_at bigint not null,
  withdrawn_by text,
  withdrawn_by_name text,
  withdrawn_at bigint,
  withdrawn_reason text,
  primary key (county_code, id)
);

create unique index local_standard_in_force on local_standard (county_code, programme, valid_from)
  where withdrawn_at is null;
