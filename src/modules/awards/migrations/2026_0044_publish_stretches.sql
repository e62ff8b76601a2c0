-- For whoever has pub_award anyway: what a month is worth, as stretches that the award's own end may cut short.
-- pub_award_entitlement looks the award up once more for each.
create view pub_award_stretch as
select county_code, award_id, from_month, until_month, amount, kind
from award_amount
where superseded_by is null;
