-- Work that outlives its request. A running job belongs to the runner that claimed it as long as its beat is fresh.
create table background_job (
  county_code text not null,
  id text not null,
  kind text not null,
  subject_id text not null,
  arguments text not null,
  state text not null,
  actor_user text not null,
  actor_name text not null,
  actor_grant text not null,
  actor_role text not null,
  actor_region text not null,
  requested_at bigint not null,
  runner text,
  beat_at bigint,
  attempt bigint not null,
  done_count bigint not null,
  total_count bigint not null,
  finished_at bigint,
  refusal_key text,
  refusal_params text,
  primary key (county_code, id)
);

create index background_job_unfinished on background_job (requested_at) where state in ('waiting', 'running');
