-- The segment that an event of the log says something about, locked. Nothing is done to a segment that no event in the
-- log tells of: what the functions beside this one do has always been recorded before.
create function log.segment_named_by(p_event bigint, p_type text) returns log.segment language plpgsql
set search_path = log, pg_temp as $$
declare
  v_data json;
  v_segment segment;
begin
  select e.data into v_data from event e join stream s using (stream_no)
  where e.position = p_event and e.type = p_type and s.stream_id = 'log';
  select * into v_segment from segment
  where lo = (v_data ->> 'from')::bigint and hi = (v_data ->> 'to')::bigint for update;
  if not found then
    raise exception 'position % has no event % about a segment of this log', p_event, p_type
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  return v_segment;
end $$;
