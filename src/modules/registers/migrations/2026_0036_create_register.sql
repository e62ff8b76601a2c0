-- Registers of other departments (核对数据). What a register is stands in policy/registers; a county says which of them it
-- receives and what their columns are called.
create table county_register (
  county_code text not null,
  register text not null,
  is_used bigint not null,
  shape text not null,
  columns text not null,
  version bigint not null,
  changed_by_name text not null,
  changed_at bigint not null,
  primary key (county_code, register)
);

-- A file that a department gave. Its contents lie in the data folder until they are erased; this record stays.
create table register_delivery (
  county_code text not null,
  id text not null,
  register text not null,
  file_name text not null,
  as_of text not null,
  size bigint not null,
  received bigint not null,
  digest text not null,
  state text not null,
  job_id text,
  shape text not null,
  columns text not null,
  delivered_by text not null,
  delivered_by_name text not null,
  delivered_at bigint not null,
  row_count bigint not null,
  matched_count bigint not null,
  not_ours_count bigint not null,
  filtered_count bigint not null,
  malformed text not null,
  fault_key text,
  fault_params text,
  accepted_at bigint,
  erased_on text,
  primary key (county_code, id)
);

create index register_delivery_by_register on register_delivery (county_code, register, state);
