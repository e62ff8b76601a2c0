-- Every award has an account; joined from the left, it is not looked up for whoever asks for the award alone.
drop view pub_award;

create view pub_award as
select a.county_code, a.id as award_id, a.case_id, a.case_number, a.programme, a.region, a.state, a.holder_name,
       a.payable_from, a.until_month, a.amount_sequence, c.kind as account_kind, c.number as account_number,
       c.number_masked as account_number_masked, c.holder_name as account_holder, c.bank, c.version as account_version,
       c.refused_reason
from award a
left join award_account c on c.county_code = a.county_code and c.award_id = a.id;
