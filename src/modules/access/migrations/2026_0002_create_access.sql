-- Users, what they may act as, and who is signed in. Small tables that a sharded installation replicates.
create table app_user (
  id text primary key,
  login text not null unique,
  name text not null,
  region text not null,
  password_hash text not null,
  is_disabled bigint not null,
  failed_count bigint not null,
  locked_until bigint not null,
  must_change_password bigint not null,
  totp_secret bytea,
  totp_counter bigint not null,
  last_login_at bigint,
  created_at bigint not null
);

create index app_user_by_region on app_user (region, id);

create table role_grant (
  id text primary key,
  user_id text not null references app_user (id),
  role text not null,
  region text not null,
  granted_at bigint not null,
  revoked_at bigint
);

create index role_grant_by_user on role_grant (user_id);

create table session (
  token_digest text primary key,
  user_id text not null references app_user (id),
  grant_id text not null references role_grant (id),
  csrf_token text not null,
  created_at bigint not null,
  last_seen_at bigint not null
);

create index session_by_user on session (user_id);
