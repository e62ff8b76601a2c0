-- Where a county sets the limits of a rule of the catalogue itself, or does not want it.
create table county_rule (
  county_code text not null,
  code text not null,
  is_off bigint not null,
  condition text not null,
  version bigint not null,
  changed_by_name text not null,
  changed_at bigint not null,
  primary key (county_code, code)
);
