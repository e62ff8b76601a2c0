-- What was paid, to whom, for which month.

-- One row a county and programme; whoever prepares, settles or discards locks it, so that runs never overlap.
create table payment_ledger (
  county_code text not null,
  programme text not null,
  last_number bigint not null,
  primary key (county_code, programme)
);

-- Up to which month an award has been brought into payment_month, and which of its amounts were seen.
create table payment_progress (
  county_code text not null,
  award_id text not null,
  next_month text not null,
  seen_sequence bigint not null,
  primary key (county_code, award_id),
  foreign key (county_code, award_id) references award (county_code, id)
);

-- Every month of every award: what it is worth, and what is paid or on its way. What is open is their difference.
create table payment_month (
  county_code text not null,
  award_id text not null,
  month text not null,
  entitled bigint not null,
  committed bigint not null check (committed >= 0),
  primary key (county_code, award_id, month),
  foreign key (county_code, award_id) references award (county_code, id)
);

create index payment_month_open on payment_month (county_code, award_id, month) where entitled <> committed;

create table payment_run (
  county_code text not null,
  id text not null,
  programme text not null,
  month text not null,
  run_number text not null,
  state text not null,
  item_count bigint not null,
  amount bigint not null,
  excluded_count bigint not null,
  paid_count bigint not null,
  paid_amount bigint not null,
  failed_count bigint not null,
  due_on text not null,
  prepared_by text not null,
  prepared_by_name text not null,
  prepared_at bigint not null,
  approved_by text,
  approved_by_name text,
  approved_at bigint,
  file_digest text,
  issued_at bigint,
  settled_on text,
  primary key (county_code, id)
);

create unique index payment_run_by_number on payment_run (county_code, run_number);
create unique index payment_run_open on payment_run (county_code, programme) where state = 'prepared';

-- One transfer to one household. `position` is its number in the bank's file.
create table payment_item (
  county_code text not null,
  run_id text not null,
  award_id text not null,
  position bigint not null,
  state text not null,
  amount bigint not null,
  month_amount bigint not null,
  previous_amount bigint,
  arrears bigint not null,
  repeated bigint not null,
  change_kind text,
  holder_name text not null,
  account_kind text not null,
  account_number bytea not null,
  account_number_masked text not null,
  account_holder text not null,
  bank text not null,
  account_version bigint not null,
  failure_reason text,
  settled_on text,
  primary key (county_code, run_id, award_id),
  foreign key (county_code, run_id) references payment_run (county_code, id),
  foreign key (county_code, award_id) references award (county_code, id)
);

create unique index payment_item_by_position on payment_item (county_code, run_id, position);
create index payment_item_by_award on payment_item (county_code, award_id);

-- Which months a transfer covers. `paid_before` is what was paid or on its way for that month before: two transfers
-- that would pay the same part of a month twice cannot both be written, whatever runs at once. A transfer that failed
-- or was discarded gives its part free again.
create table payment_line (
  county_code text not null,
  run_id text not null,
  award_id text not null,
  month text not null,
  kind text not null,
  amount bigint not null,
  paid_before bigint not null,
  is_reversed bigint not null,
  primary key (county_code, run_id, award_id, month),
  foreign key (county_code, run_id, award_id) references payment_item (county_code, run_id, award_id)
);

create unique index payment_line_once on payment_line (county_code, award_id, month, paid_before)
  where is_reversed = 0;
create index payment_line_reversed on payment_line (county_code, award_id, month) where is_reversed = 1;

-- Who is not in a run although he was paid before or is owed something, and why.
create table payment_exclusion (
  county_code text not null,
  run_id text not null,
  award_id text not null,
  reason text not null,
  amount bigint not null,
  primary key (county_code, run_id, award_id, reason),
  foreign key (county_code, run_id) references payment_run (county_code, id)
);

-- A file of results that was read. The same file again changes nothing.
create table payment_return (
  county_code text not null,
  run_id text not null,
  file_digest text not null,
  row_count bigint not null,
  paid_count bigint not null,
  failed_count bigint not null,
  unchanged_count bigint not null,
  read_by text not null,
  read_by_name text not null,
  read_at bigint not null,
  primary key (county_code, run_id, file_digest),
  foreign key (county_code, run_id) references payment_run (county_code, id)
);
