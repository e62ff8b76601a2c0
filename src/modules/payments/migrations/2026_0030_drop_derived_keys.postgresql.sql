-- Rows that one statement makes of their parents by the hundred thousand: PostgreSQL looks for the parent of each again,
-- which is half of a payment run (docs/decisions/0012). The statements join the parent, nothing is ever deleted, and
-- SQLite, where the look costs little, keeps the keys under the same tests.
alter table payment_progress drop constraint payment_progress_county_code_award_id_fkey;
alter table payment_month drop constraint payment_month_county_code_award_id_fkey;
alter table payment_item drop constraint payment_item_county_code_run_id_fkey;
alter table payment_item drop constraint payment_item_county_code_award_id_fkey;
alter table payment_line drop constraint payment_line_county_code_run_id_award_id_fkey;
