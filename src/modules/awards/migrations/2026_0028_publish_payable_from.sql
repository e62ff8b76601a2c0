-- Payments bring every month in from the entitlement alone; they need to know from which month an award is paid here.
drop view pub_award_entitlement;

create view pub_award_entitlement as
select a.county_code, a.id as award_id, a.programme, a.payable_from, s.from_month, s.amount, s.kind,
       case when s.until_month > a.until_month then a.until_month else s.until_month end as until_month
from award a
join award_amount s on s.county_code = a.county_code and s.award_id = a.id and s.superseded_by is null;
