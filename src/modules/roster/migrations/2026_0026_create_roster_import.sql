-- A file with the households that a county had in benefit before. The file itself lies sealed in the data folder until
-- the import is over.
create table roster_import (
  county_code text not null,
  id text not null,
  file_name text not null,
  file_digest text not null,
  state text not null,
  job_id text,
  uploaded_by text not null,
  uploaded_by_name text not null,
  uploaded_at bigint not null,
  person_count bigint not null,
  household_count bigint not null,
  good_count bigint not null,
  by_person_count bigint not null,
  amount bigint not null,
  bad_row_count bigint not null,
  findings text not null,
  unknown_columns text not null,
  file_fault_key text,
  file_fault_params text,
  extent text,
  payable_from text,
  applied_count bigint not null,
  applied_by_name text,
  applied_at bigint,
  primary key (county_code, id)
);

create index roster_import_by_digest on roster_import (county_code, file_digest);
