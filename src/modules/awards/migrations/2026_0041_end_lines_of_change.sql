-- Where a line ends, with the line: looked up behind each of them, it cost more than writing it.
alter table standard_change_item add column until_month text not null default '9999-12';

update standard_change_item set until_month = coalesce((select n.from_month from standard_change_item n
  where n.county_code = standard_change_item.county_code and n.change_id = standard_change_item.change_id
    and n.award_id = standard_change_item.award_id and n.segment = standard_change_item.segment + 1), '9999-12');
