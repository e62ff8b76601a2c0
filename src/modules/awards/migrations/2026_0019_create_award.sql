-- Benefits in force: who draws how much from which month on, and into which account.
create table award (
  county_code text not null,
  id text not null,
  case_id text not null,
  case_number text not null,
  programme text not null,
  region text not null,
  state text not null,
  version bigint not null,
  holder_name text not null,
  member_count bigint not null,
  amount bigint not null,
  amount_from text not null,
  amount_sequence bigint not null,
  basis text not null,
  first_month text not null,
  payable_from text not null,
  until_month text not null,
  opened_on text not null,
  review_due_on text,
  ended_on text,
  end_reason text,
  end_note text,
  primary key (county_code, id),
  foreign key (county_code, case_id) references assistance_case (county_code, id)
);

create unique index award_by_case on award (county_code, case_id);
create index award_by_region on award (region, id);

-- What a month is worth: the row that is not superseded with from_month <= month < until_month. Rows are never changed
-- but for superseded_by, the sequence of the row that stands in their place, and until_month, which a later row moves.
create table award_amount (
  county_code text not null,
  award_id text not null,
  sequence bigint not null,
  from_month text not null,
  until_month text not null,
  amount bigint not null,
  kind text not null,
  reasons text not null,
  change_id text,
  facts_revision bigint not null,
  set_by text not null,
  set_by_name text not null,
  set_on text not null,
  superseded_by bigint,
  primary key (county_code, award_id, sequence),
  foreign key (county_code, award_id) references award (county_code, id)
);

create unique index award_amount_in_force on award_amount (county_code, award_id, from_month)
  where superseded_by is null;

-- Whom an award feeds. The index makes a person draw from one award of a county at a time, whatever runs at once.
create table award_member (
  county_code text not null,
  award_id text not null,
  person_key text not null,
  citizen_index text not null,
  from_month text not null,
  until_month text,
  primary key (county_code, award_id, person_key),
  foreign key (county_code, award_id) references award (county_code, id)
);

create unique index award_member_in_force on award_member (county_code, citizen_index) where until_month is null;
create index award_member_by_citizen on award_member (citizen_index);

create table award_account (
  county_code text not null,
  award_id text not null,
  kind text not null,
  number bytea not null,
  number_masked text not null,
  holder_name text not null,
  bank text not null,
  version bigint not null,
  refused_reason text,
  changed_on text not null,
  changed_by text not null,
  changed_by_name text not null,
  primary key (county_code, award_id),
  foreign key (county_code, award_id) references award (county_code, id)
);

-- A new standard worked out for every award of a county: first a preview, then exactly what was previewed is applied.
create table standard_change (
  county_code text not null,
  id text not null,
  programme text not null,
  from_month text not null,
  state text not null,
  standard_before text not null,
  standard_after text not null,
  award_count bigint not null,
  raised_count bigint not null,
  unchanged_count bigint not null,
  open_count bigint not null,
  amount_before bigint not null,
  amount_after bigint not null,
  arrears bigint not null,
  skipped_count bigint not null,
  items_digest text not null,
  prepared_by text not null,
  prepared_by_name text not null,
  prepared_at bigint not null,
  decided_by text,
  decided_by_name text,
  decided_at bigint,
  primary key (county_code, id)
);

-- One line for an award and the month from which its amount changes; unchanged awards have none. `segment` counts an
-- award's lines from 1.
create table standard_change_item (
  county_code text not null,
  change_id text not null,
  award_id text not null,
  segment bigint not null,
  outcome text not null,
  from_month text not null,
  amount_before bigint not null,
  amount_after bigint not null,
  arrears bigint not null,
  award_version bigint not null,
  facts_revision bigint not null,
  is_applied bigint not null,
  primary key (county_code, change_id, award_id, segment),
  foreign key (county_code, change_id) references standard_change (county_code, id)
);

-- For payments: what each award is worth in each month, as stretches from from_month up to but not including
-- until_month. A stretch may be empty where the award ends before that month.
create view pub_award_entitlement as
select a.county_code, a.id as award_id, a.programme, s.from_month, s.amount, s.kind,
       case when s.until_month > a.until_month then a.until_month else s.until_month end as until_month
from award a
join award_amount s on s.county_code = a.county_code and s.award_id = a.id and s.superseded_by is null;

-- For payments: into which account. amount_sequence grows with every change of what a month is worth.
create view pub_award as
select a.county_code, a.id as award_id, a.case_id, a.case_number, a.programme, a.region, a.state, a.holder_name,
       a.payable_from, a.until_month, a.amount_sequence, c.kind as account_kind, c.number as account_number,
       c.number_masked as account_number_masked, c.holder_name as account_holder, c.bank, c.version as account_version,
       c.refused_reason
from award a
join award_account c on c.county_code = a.county_code and c.award_id = a.id;
