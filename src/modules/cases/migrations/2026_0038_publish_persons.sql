-- For the watch over those in benefit: everybody in a case, and whether a letter lets registers be asked about them.
create view pub_case_person as
select county_code, case_id, person_key, role, name, birth_date, citizen_number, citizen_index, citizen_number_masked,
       authorised_on
from case_person;
