-- Claims timers of a queue that are due, for p_lease_ms: of the urgent ones and of the others the one that waits longest,
-- the urgent first; after two of them in a row one of the others, so that neither waits for ever.
create function log.claim_timers(
  p_queue text, p_limit int, p_lease_ms bigint, p_claimant text,
  p_urgent_run int, -- urgent ones that the claimant took in a row before
  p_most_held int -- of the queue, by all claimants together; null is any number
)
returns table (r_stream text, r_queue text, r_due_at timestamptz, r_claimed_at timestamptz, r_urgent boolean)
language plpgsql set search_path = log, pg_temp as $$
declare
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_run int := p_urgent_run;
  v_limit int := p_limit;
begin
  if p_most_held is not null then
    if not exists (select from timer where queue = p_queue and wake_at <= v_now) then
      return;
    end if;
    -- One at a time counts and claims.
    perform pg_advisory_xact_lock(7306, hashtext(p_queue));
    v_now := date_trunc('milliseconds', clock_timestamp());
    select least(p_limit, p_most_held - count(*)) into v_limit from timer
    where queue = p_queue and claimed_until > v_now;
  end if;
  for pick in 1 .. v_limit loop
    r_stream := null;
    foreach r_urgent in array array[v_run < 2, v_run >= 2] loop
      update timer t
      set claimed_by = p_claimant, claimed_at = v_now, claimed_until = v_now + p_lease_ms * interval '1 ms'
      where t.stream_id = (
        select stream_id from timer where queue = p_queue and urgent = r_urgent and wake_at <= v_now
        order by wake_at limit 1 for update skip locked
      )
      returning t.stream_id, t.queue, t.due_at, t.claimed_at into r_stream, r_queue, r_due_at, r_claimed_at;
      exit when r_stream is not null;
    end loop;
    exit when r_stream is null;
    v_run := case when r_urgent then v_run + 1 else 0 end;
    return next;
  end loop;
end $$;
