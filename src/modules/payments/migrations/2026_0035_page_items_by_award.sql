-- Positions follow the order of awards, so transfers are paged by their primary key.
drop index payment_item_by_position;
