-- Statement triggers are not cloned: log.add_segment gives each segment its own.
create trigger event_is_not_truncated before truncate on log.event
  for each statement execute function log.refuse_change();
