-- Whoever visited after an alert does not decide on it or mute it, whatever posts he holds: their ids, separated by blanks.
alter table watch_alert add column visitors text not null default '';

update watch_alert set visitors = coalesce((select r.actor_id from audit_record r
  where r.action = 'watch.alert_checked' and r.subject_id = watch_alert.id
  order by r.sequence desc limit 1), '');
