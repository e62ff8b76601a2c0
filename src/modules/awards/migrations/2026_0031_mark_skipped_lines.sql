-- Applying a change marks the few lines that do not fit any more instead of all the others.
alter table standard_change_item add column is_skipped bigint not null default 0;

update standard_change_item set is_skipped = 1 where outcome = 'raised' and is_applied = 0 and exists (
  select 1 from standard_change c where c.county_code = standard_change_item.county_code
    and c.id = standard_change_item.change_id and c.state = 'applied');

alter table standard_change_item drop column is_applied;
