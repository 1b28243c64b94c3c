-- The last event and the end of the segment it is in. Only under the append lock: marks segments that became full.
-- There is no counter row: it would be the one row that every append makes dead.
create function log.tail(out o_position bigint, out o_recorded_at timestamptz, out o_segment_end bigint)
language plpgsql
set search_path = log, pg_temp as $$
declare
  v_segment segment;
begin
  loop
    select * into v_segment from segment where state = 'open' order by lo limit 1;
    if not found then raise exception 'the log has no open segment: run log.keep_segments_ahead()'; end if;
    select position, recorded_at into o_position, o_recorded_at from event
    where position between v_segment.lo and v_segment.hi order by position desc limit 1;
    exit when o_position is null or o_position < v_segment.hi;
    update segment set state = 'full' where lo = v_segment.lo;
  end loop;
  o_segment_end := v_segment.hi;
  if o_position is null then
    o_position := v_segment.lo - 1;
    select recorded_at into o_recorded_at from event where position = o_position;
  end if;
end $$;
