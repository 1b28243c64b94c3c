-- Appends units of parts of events. A unit is written whole or not at all: one part whose stream does not have the
-- expected version refuses its unit and leaves the others alone. Parts of a unit see the parts before them.
-- Returns one row. The events that were written have consecutive positions from the first on, in their order.
create function log.append(
  -- One element per part, ascending by unit.
  p_unit int[],
  p_stream text[],
  p_expected int[], -- version the stream must have; -1: any
  p_time timestamptz[],
  p_meta json[],
  p_queue text[], -- timer to set; '' clears the timer, null leaves it; no array where no part has one
  p_since timestamptz[], -- what the timer counts from; null: the recorded time
  p_after_ms bigint[],
  p_urgent boolean[],
  p_waits_for text[], -- stream whose events may make the timer due sooner, or null
  -- One element per event, ascending by part.
  p_part int[],
  p_type text[],
  p_data json[],
  p_hash bytea[],
  out r_position bigint, -- of the first event
  out r_recorded_at timestamptz,
  out r_sequences int[], -- one element per event; null for one of a refused unit
  out r_refused json -- [unit, stream, expected version, actual version] of each refused unit's part at fault, or null
) language plpgsql security definer
set search_path = log, pg_temp
set plan_cache_mode = force_generic_plan as $$
declare
  v_tail record;
  v_each record;
  v_ignored text;
  v_refused int[];
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'log.append needs READ COMMITTED';
  end if;
  -- A second append in one transaction would wait for stream rows while it holds the lock: that can deadlock.
  if current_setting('log.in_append', true) = 'on' then
    raise exception 'only one log.append per transaction, as its last statement';
  end if;
  -- Assignments, because they cost less than statements do.
  v_ignored := set_config('log.in_append', 'on', true);

  -- From here to the commit there is one writer: the order of positions is the order of commits.
  v_ignored := pg_advisory_xact_lock(7305);
  v_tail := tail();
  r_recorded_at := greatest(date_trunc('milliseconds', clock_timestamp()), v_tail.o_recorded_at);

  r_position := v_tail.o_position + 1;

  if v_tail.o_position + cardinality(p_part) >= v_tail.o_segment_end then
    begin
      perform keep_segments_ahead(v_tail.o_position + cardinality(p_part));
    exception
      when lock_not_available then null; -- maintenance holds the table; the segments ahead are there for this
    end;
  end if;

  if p_queue is null and p_part = p_unit and p_unit[cardinality(p_unit)] = cardinality(p_unit)
    and cardinality(p_unit) <= 64
  then
    v_each := append_each(r_position, r_recorded_at, p_stream, p_expected, p_time, p_meta, p_type, p_data, p_hash);
    r_sequences := v_each.r_sequences;
    r_refused := v_each.r_refused;
    return;
  end if;

  select array_agg(unit), json_agg(json_build_array(unit, stream_id, expected, actual) order by unit)
  into v_refused, r_refused from refused_parts(p_unit, p_stream, p_expected, p_part);

  with part as materialized (
    select p.* from unnest(p_unit, p_stream, p_time, p_meta, p_queue, p_since, p_after_ms, p_urgent, p_waits_for)
      with ordinality p (unit, stream_id, occurred_at, meta, queue, since, after_ms, urgent, waits_for, part)
    where v_refused is null or unit <> all (v_refused)
  ), input as materialized (
    select part.stream_id, part.occurred_at, part.meta, e.ordinal, e.type, e.data, e.hash,
      v_tail.o_position + row_number() over (order by e.ordinal) as position,
      row_number() over (partition by part.stream_id order by e.ordinal) as place
    from unnest(p_part, p_type, p_data, p_hash) with ordinality e (part, type, data, hash, ordinal)
    join part on part.part = e.part
  ), touched as (
    select stream_id, count(*)::int as events, min(position) as first_position, max(position) as last_position
    from input group by stream_id
  ), head as (
    insert into stream as s (stream_id, version, first_position, last_position) select * from touched
    on conflict (stream_id) do update
      set version = s.version + excluded.version, last_position = excluded.last_position
    returning s.stream_id, s.stream_no, s.version
  ), placed as (
    select input.*, head.stream_no, (head.version - touched.events + input.place)::int as version
    from input join head using (stream_id) join touched using (stream_id)
  ), written as (
    insert into event (position, stream_no, version, type, recorded_at, occurred_at, data, meta, hash)
    select position, stream_no, version, type, r_recorded_at, occurred_at, data, meta, hash from placed order by position
  ), alarm as (
    select distinct on (stream_id) stream_id, queue, coalesce(since, r_recorded_at) + after_ms * interval '1 ms' as due_at,
      urgent, waits_for
    from part where queue is not null order by stream_id, part desc
  ), set_timer as (
    insert into timer as t (stream_id, queue, due_at, urgent, waits_for) select * from alarm where queue <> ''
    on conflict (stream_id) do update set queue = excluded.queue, due_at = excluded.due_at,
      urgent = excluded.urgent, waits_for = excluded.waits_for,
      claimed_by = null, claimed_at = null, claimed_until = null
  ), cleared_timer as (
    delete from timer t using alarm where alarm.queue = '' and t.stream_id = alarm.stream_id
  )
  select array_agg(placed.version order by e.ordinal) into r_sequences
  from unnest(p_part) with ordinality e (part, ordinal) left join placed using (ordinal);
end $$;
