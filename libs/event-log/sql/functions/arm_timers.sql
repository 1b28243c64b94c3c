-- Sets a timer that is due at once for each stream of some categories that has none: of the p_limit streams behind one.
-- Returns the last of these, null where there is none.
create function log.arm_timers(p_after bigint, p_limit int, p_categories text[], p_queue text, p_waits_for text)
returns bigint language plpgsql
set search_path = log, pg_temp as $$
declare
  v_last bigint;
begin
  perform pg_advisory_xact_lock(7305); -- an append that sets several of them could wait for this, and this for it
  with page as (
    select stream_no, stream_id from stream where stream_no > p_after order by stream_no limit p_limit
  ), armed as (
    insert into timer (stream_id, queue, due_at, waits_for)
    select stream_id, p_queue, date_trunc('milliseconds', clock_timestamp()), p_waits_for
    from page where split_part(stream_id, '/', 1) = any (p_categories)
    on conflict (stream_id) do nothing
  )
  select max(stream_no) into v_last from page;
  return v_last;
end $$;
