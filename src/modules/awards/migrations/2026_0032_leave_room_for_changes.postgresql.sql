-- A new standard changes every benefit and the last stretch of its amounts. With room on their pages PostgreSQL need
-- not touch the indexes for that.
alter table award set (fillfactor = 70);
alter table award_amount set (fillfactor = 70);
