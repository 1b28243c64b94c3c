-- Makes the timers due that wait for a stream, and voids claims on them.
create function log.wake_timers(p_stream text) returns void language plpgsql
set search_path = log, pg_temp as $$
begin
  if not exists (select from timer where waits_for = p_stream) then return; end if;
  perform pg_advisory_xact_lock(7305); -- an append that sets several of them could wait for this, and this for it
  update timer
  set due_at = least(due_at, date_trunc('milliseconds', clock_timestamp())),
    claimed_by = null, claimed_at = null, claimed_until = null
  where waits_for = p_stream;
end $$;
