-- Papers and photos of cases. Contents lie in files named by their digest; a row of document_content says that the
-- county has, or had, such a file, and is what adding and erasing lock.
create table document_content (
  county_code text not null,
  digest text not null,
  media_type text not null,
  size bigint not null,
  state text not null,
  stored_at bigint not null,
  primary key (county_code, digest)
);

create index document_content_unnamed on document_content (county_code, digest) where state = 'unnamed';

create table case_document (
  county_code text not null,
  id text not null,
  case_id text not null,
  kind text not null,
  person_key text,
  title text not null,
  digest text not null,
  added_by text not null,
  added_by_name text not null,
  added_role text not null,
  added_at bigint not null,
  removed_by text,
  removed_by_name text,
  removed_at bigint,
  removal_reason text,
  primary key (county_code, id),
  foreign key (county_code, case_id) references assistance_case (county_code, id),
  foreign key (county_code, digest) references document_content (county_code, digest)
);

create index case_document_by_case on case_document (county_code, case_id, added_at, id);
create index case_document_by_digest on case_document (county_code, digest);
-- The same contents stand once in a case, whatever two uploads do at the same time.
create unique index case_document_once on case_document (county_code, case_id, digest) where removed_at is null;
