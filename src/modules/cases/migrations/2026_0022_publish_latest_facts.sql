-- For modules that judge many households at once: what is known about each now.
create view pub_case_latest_facts as
select f.county_code, f.case_id, f.revision, f.facts
from case_facts f
where f.revision = (select max(l.revision) from case_facts l
                    where l.county_code = f.county_code and l.case_id = f.case_id);
