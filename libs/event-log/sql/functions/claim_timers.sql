-- Claims timers that are due, of the queue p_queue and of those under it (p_queue/…), for p_lease_ms.
create function log.claim_timers(p_queue text, p_limit int, p_lease_ms bigint, p_claimant text)
returns table (r_stream text, r_queue text, r_due_at timestamptz, r_claimed_at timestamptz) language plpgsql
set search_path = log, pg_temp as $$
declare
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
begin
  return query
  with due as (
    select stream_id from timer
    where (queue = p_queue or (queue >= p_queue || '/' and queue < p_queue || '0')) -- '0' is the character after '/'
      and wake_at <= v_now
    order by wake_at limit p_limit for update skip locked
  )
  update timer t
  set claimed_by = p_claimant, claimed_at = v_now, claimed_until = v_now + p_lease_ms * interval '1 ms'
  from due where t.stream_id = due.stream_id
  returning t.stream_id, t.queue, t.due_at, t.claimed_at;
end $$;
