-- Cloned to every segment.
create trigger event_is_append_only before update or delete on log.event
  for each row execute function log.refuse_change();
