-- Nobody looks for transfers by household alone; keeping the index cost a twentieth of a payment run.
drop index payment_item_by_award;
