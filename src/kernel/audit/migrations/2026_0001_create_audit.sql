create table audit_chain (
  chain text primary key,
  sequence bigint not null,
  mac text not null,
  head_mac text not null
);

create table audit_record (
  chain text not null,
  sequence bigint not null,
  recorded_at bigint not null,
  actor_id text not null,
  actor_name text not null,
  actor_role text not null,
  actor_region text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  basis text not null,
  changes text not null,
  mac text not null,
  primary key (chain, sequence)
);

create index audit_record_by_time on audit_record (chain, recorded_at);
create index audit_record_by_subject on audit_record (chain, subject_id, recorded_at);
