-- A new standard changes every benefit and the last stretch of its amounts. With room on their pages PostgreSQL need
-- not touch the indexes for that.
alter table award set (fillfactor = 70);
alter table award_amount set (fillfactor = 70);

-- As in payments (docs/decisions/0012): lines are written by the hundred thousand, with the change that they belong to,
-- and the amounts that follow from them join the award.
alter table standard_change_item drop constraint standard_change_item_county_code_change_id_fkey;
alter table award_amount drop constraint award_amount_county_code_award_id_fkey;
