-- The dictionary of places. A code that was abolished keeps its row with the day it ended: old cases still name it.
create table region (
  code text primary key,
  name text not null,
  parent text not null,
  valid_from text not null,
  valid_until text
);

create index region_by_parent on region (parent, code);
