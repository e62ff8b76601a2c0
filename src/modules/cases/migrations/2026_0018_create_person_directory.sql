-- Who is a member of which application that is open or in benefit, over all counties: the only key that no county
-- leads. A sharded installation distributes it by the person's index (docs/decisions/0008-person-directory.md).
create table person_directory (
  citizen_index text primary key,
  county_code text not null,
  case_id text not null
);

create index person_directory_by_case on person_directory (county_code, case_id);

-- Where two counties have filed the same person already, the earlier application has the entry.
insert into person_directory (citizen_index, county_code, case_id)
select p.citizen_index, p.county_code, p.case_id from case_person p
join assistance_case c on c.county_code = p.county_code and c.id = p.case_id
where p.role = 'member' and c.state not in ('refused', 'withdrawn', 'terminated', 'ended')
order by c.filed_on, c.id
on conflict (citizen_index) do nothing;

-- Kin of handlers who come out after acceptance: when, through whom and how it was learnt. Empty for declared ones.
alter table case_kin add column added_on text;
alter table case_kin add column added_by_name text;
alter table case_kin add column added_reason text;
