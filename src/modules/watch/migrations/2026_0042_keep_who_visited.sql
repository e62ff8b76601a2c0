-- Whoever visited after an alert does not decide on it, whatever posts he holds.
alter table watch_alert add column checked_by text;
