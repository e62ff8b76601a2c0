-- Up to which month awards have been brought in is the same for all of a programme: one month in its ledger instead of
-- one a row, which every run had to move on. payment_progress keeps which amounts of an award were seen.
alter table payment_ledger add column through_month text;

update payment_ledger set through_month = (select max(r.month) from payment_run r
  where r.county_code = payment_ledger.county_code and r.programme = payment_ledger.programme);

alter table payment_progress drop column next_month;

-- 1: what is open of this month was sent once, and the bank sent it back. It was asked of the lines, row by row.
alter table payment_month add column came_back bigint not null default 0;

update payment_month set came_back = 1 where exists (
  select 1 from payment_line l
  join payment_item i on i.county_code = l.county_code and i.run_id = l.run_id and i.award_id = l.award_id
  where l.county_code = payment_month.county_code and l.award_id = payment_month.award_id
    and l.month = payment_month.month and l.is_reversed = 1 and l.paid_before = payment_month.committed
    and i.state = 'failed');

drop index payment_line_reversed;
